package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// settingsJSON are the site's settings. What concerns those who write is for them alone.
type settingsJSON struct {
	SiteName          content.Text   `json:"site_name"`
	Languages         []content.Lang `json:"languages" doc:"the first is the default"`
	TimeZone          string         `json:"time_zone" doc:"IANA name"`
	ApprovalsRequired int            `json:"approvals_required" doc:"how many people other than the writers must agree: 0, 1 or 2"`
	Featured          []string       `json:"featured" doc:"ids of the entries that the front page shows first"`
	Look              lookJSON       `json:"look"`
	TrustPages        bool           `json:"trust_pages" doc:"posts do not wait until this server reaches the page that they link to"`
	Gates             *gatesJSON     `json:"gates,omitempty" doc:"with a token: what a text must keep to before it may be published"`
	ClarityLine       bool           `json:"clarity_line" doc:"whether readers are told how hard an entry is to read"`
	ShowLag           bool           `json:"show_language_lag" doc:"tell readers which language is behind another, and since when"`
	Theme             *themeJSON     `json:"theme,omitempty" doc:"with a token: the theme that the operator set with KLARTEXT_THEME; it cannot be changed here"`
}

func (h *Handlers) settingsOf(s content.Settings, inside bool) settingsJSON {
	out := settingsJSON{
		SiteName: text(s.SiteName), Languages: list(s.Languages), TimeZone: s.TimeZone, ApprovalsRequired: s.ApprovalsRequired,
		Featured: list(s.Featured), Look: lookOf(s.Look), TrustPages: s.TrustPages, ClarityLine: s.ClarityLine, ShowLag: s.ShowLag,
	}
	if inside {
		gates := gatesOf(s.Gates)
		out.Gates, out.Theme = &gates, themeOf(h.Theme)
	}
	return out
}

// ShowSettings answers with the site's settings.
func (h *Handlers) ShowSettings(c *fiber.Ctx) error {
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.settingsOf(settings, insider(c)))
}

type settingsInput struct {
	SiteName          content.Text   `json:"site_name"`
	Languages         []content.Lang `json:"languages"`
	TimeZone          *string        `json:"time_zone"`
	ApprovalsRequired *int           `json:"approvals_required"`
	Gates             *gatesInput    `json:"gates"`
	ClarityLine       *bool          `json:"clarity_line"`
	Featured          []string       `json:"featured" doc:"ids of at most 5 entries, in the order in which the front page shows them"`
	Look              *lookInput     `json:"look"`
	TrustPages        *bool          `json:"trust_pages"`
	ShowLag           *bool          `json:"show_language_lag"`
}

// EditSettings changes what is given of the site's settings.
func (h *Handlers) EditSettings(c *fiber.Ctx) error {
	in, err := read[settingsInput](h, c)
	if err != nil {
		return err
	}
	settings, err := h.Site.Update(c.UserContext(), web.Actor(c), func(s *content.Settings) {
		if in.SiteName != nil {
			s.SiteName = in.SiteName
		}
		if in.Languages != nil {
			s.Languages = in.Languages
		}
		if in.TimeZone != nil {
			s.TimeZone = *in.TimeZone
		}
		if in.ApprovalsRequired != nil {
			s.ApprovalsRequired = *in.ApprovalsRequired
		}
		if in.Featured != nil {
			s.Featured = in.Featured
		}
		if in.Look != nil {
			in.Look.over(&s.Look)
		}
		if in.TrustPages != nil {
			s.TrustPages = *in.TrustPages
		}
		in.Gates.into(&s.Gates)
		if in.ClarityLine != nil {
			s.ClarityLine = *in.ClarityLine
		}
		if in.ShowLag != nil {
			s.ShowLag = *in.ShowLag
		}
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.settingsOf(settings, insider(c)))
}
