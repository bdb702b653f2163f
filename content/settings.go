package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Settings of the site, changed by an admin.
type Settings struct {
	SiteName  Text   `json:"site_name"`
	Languages []Lang `json:"languages"` // the first is the default
	TimeZone  string `json:"time_zone"` // IANA name
	// ApprovalsRequired is how many people other than the writers must agree: 0, 1 or 2.
	ApprovalsRequired int `json:"approvals_required"`
	// Gates are what a text must keep to before it may be published.
	Gates Gate `json:"gates"`
	// ClarityLine shows readers how hard an entry is to read.
	ClarityLine bool `json:"clarity_line"`
	// Featured are the ids of the entries that the front page shows first, in that order.
	Featured []string `json:"featured"`
	Look     Look     `json:"look"`
	// TrustPages says that the site's pages are there although this server cannot reach them by their public address,
	// so that posts need not wait for them.
	TrustPages bool `json:"trust_pages,omitempty"`
	// ShowLag tells readers which language is behind another, and since when.
	ShowLag bool `json:"show_language_lag"`
}

// MaxFeatured is how many entries the front page shows first.
const MaxFeatured = 5

// DefaultSettings of a new site.
func DefaultSettings() Settings {
	return Settings{
		SiteName:  Text{"de": "Klartext", "en": "Klartext"},
		Languages: []Lang{"de", "en"}, TimeZone: "Europe/Berlin", ApprovalsRequired: 1, Gates: DefaultGate(),
	}
}

// Zone is the site's time zone.
func (s Settings) Zone() *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

func (s *Settings) check() error {
	var p problems
	s.SiteName = s.SiteName.trimmed()
	if len(s.Languages) == 0 {
		p.add("languages", CodeRequired, nil)
	}
	for i, lang := range s.Languages {
		if !langForm.MatchString(string(lang)) {
			p.add(fmt.Sprintf("languages.%d", i), CodeLangForm, Args{"Value": string(lang)})
		}
		if slices.Contains(s.Languages[:i], lang) {
			p.add(fmt.Sprintf("languages.%d", i), CodeTwice, Args{"Value": string(lang)})
		}
	}
	s.SiteName.check(&p, "site_name", s.Languages, maxLabel)
	if len(s.SiteName) == 0 {
		p.add("site_name", CodeRequired, nil)
	}
	if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "" || strings.EqualFold(s.TimeZone, "local") {
		p.add("time_zone", CodeZoneUnknown, Args{"Value": s.TimeZone})
	}
	if s.ApprovalsRequired < 0 || s.ApprovalsRequired > 2 {
		p.add("approvals_required", CodeApprovalsRange, Args{"Value": s.ApprovalsRequired})
	}
	s.Gates.check(&p, s.Languages)
	s.checkFeatured(&p)
	s.Look.check(&p, s.Languages)
	return p.err()
}

// SettingsStore keeps the site's settings.
type SettingsStore interface {
	Settings(ctx context.Context) (Settings, error)
	// UpdateSettings runs change on the stored settings in one transaction. Where pages are trusted after it, what waits
	// for a person to say so goes on in the same transaction.
	UpdateSettings(ctx context.Context, change func(*Settings) error, audit Audit) (Settings, error)
	// Logo is the one that was set last; NotFound where none ever was.
	Logo(ctx context.Context) (Logo, error)
	// SetLogo keeps the picture and puts its name into the settings, in one transaction; nil takes it away.
	SetLogo(ctx context.Context, logo *Logo, audit Audit) (Settings, error)
}

// SiteStore is what the Site needs.
type SiteStore interface {
	SettingsStore
	// Entry answers NotFound where there is none.
	Entry(ctx context.Context, id string) (EntryState, error)
}

// LogoMaker makes a fresh picture of what somebody sent, so that nothing of the
// file itself reaches a reader. It answers Invalid for what is no picture or too large.
type LogoMaker interface {
	Logo(raw []byte) (Logo, error)
}

// Site is the service for the site's settings.
type Site struct {
	Store SiteStore
	Logos LogoMaker
	// Checker knows which rules there are; without it their names are taken as they come.
	Checker Checker
	Now     Clock
	// Wake is told when posts may go on; it must not block. May be nil.
	Wake func()
}

// Settings are public, all of them.
func (s *Site) Settings(ctx context.Context) (Settings, error) { return s.Store.Settings(ctx) }

// Update changes settings; f gets the stored ones. A language that is taken away is no longer shown, and its name of
// the site goes; texts in it stay as they are, and come back with it.
func (s *Site) Update(ctx context.Context, actor Actor, f func(*Settings)) (Settings, error) {
	if err := actor.May(ManageSettings); err != nil {
		return Settings{}, err
	}
	if err := s.checkFeatured(ctx, f); err != nil {
		return Settings{}, err
	}
	after, err := s.Store.UpdateSettings(ctx, func(settings *Settings) error {
		before, logo := slices.Clone(settings.Languages), settings.Look.Logo
		f(settings)
		settings.Look.Logo = logo
		for _, lang := range before {
			if !slices.Contains(settings.Languages, lang) {
				delete(settings.SiteName, lang)
				settings.Look.drop(lang)
			}
		}
		if err := settings.check(); err != nil {
			return err
		}
		return s.checkRules(settings.Gates.RulesOff)
	}, NewAudit(actor, s.Now(), "settings.update", "site", nil))
	if err == nil && after.TrustPages && s.Wake != nil {
		s.Wake()
	}
	return after, err
}

// checkRules refuses to switch off what is no rule: a typing mistake would look as if it worked.
func (s *Site) checkRules(off []string) error {
	if s.Checker == nil {
		return nil
	}
	var p problems
	for i, id := range off {
		if !slices.ContainsFunc(s.Checker.Rules("en"), func(r RuleInfo) bool { return r.ID == id }) {
			p.add(fmt.Sprintf("gates.rules_off.%d", i), CodeRuleUnknown, Args{"Value": id})
		}
	}
	return p.err()
}
