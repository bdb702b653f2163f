package content

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Ignored is a finding that somebody put aside for good in one text, with the reason. It stands for every place in
// the text where the same rule marks the same words.
type Ignored struct {
	ID      string
	Entry   string
	Lang    Lang
	Rule    string
	Quote   string // what was marked
	Reason  string
	User    string
	Created time.Time
}

// IgnoredStore keeps them.
type IgnoredStore interface {
	// Ignored lists those of an entry in one language, oldest first; every language where lang is EveryLang.
	Ignored(ctx context.Context, entry string, lang Lang) ([]Ignored, error)
	// AddIgnored writes over the reason where the finding is put aside already.
	AddIgnored(ctx context.Context, i Ignored, audit Audit) (Ignored, error)
	// DeleteIgnored answers NotFound with CodeIgnoredUnknown.
	DeleteIgnored(ctx context.Context, id string, audit Audit) error
}

// Limits of what is put aside.
const (
	maxQuote   = 2000
	maxIgnored = 200
	maxRuleID  = 60
)

// Ignored lists what was put aside in a text.
func (s *Checks) Ignored(ctx context.Context, actor Actor, entry string, lang Lang) ([]Ignored, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	return s.Store.Ignored(ctx, entry, lang)
}

// Ignore puts a finding aside for good. An error closes the gate, so only who may override the gate may put it aside.
func (s *Checks) Ignore(ctx context.Context, actor Actor, i Ignored) (Ignored, error) {
	if err := actor.May(WriteRevision); err != nil {
		return Ignored{}, err
	}
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return Ignored{}, err
	}
	if _, err := s.Store.Entry(ctx, i.Entry); err != nil {
		return Ignored{}, err
	}
	i.Reason, i.Rule = strings.TrimSpace(lines(i.Reason)), strings.TrimSpace(i.Rule)
	if err := s.checkIgnored(i, settings.Languages); err != nil {
		return Ignored{}, err
	}
	if s.canBeError(i.Rule, i.Lang) {
		if err := settings.Gates.mayOverride(actor); err != nil {
			return Ignored{}, err
		}
	}
	there, err := s.Store.Ignored(ctx, i.Entry, i.Lang)
	if err != nil {
		return Ignored{}, err
	}
	if len(there) >= maxIgnored {
		return Ignored{}, Fail(Conflict, CodeTooMany, Args{"Count": len(there) + 1, "Limit": maxIgnored})
	}
	now := s.Now()
	i.ID, i.User, i.Created = NewID(now), actor.UserID, now
	return s.Store.AddIgnored(ctx, i, NewAudit(actor, now, "finding.ignore", i.Entry, map[string]string{"lang": string(i.Lang), "rule": i.Rule}))
}

func (s *Checks) checkIgnored(i Ignored, languages []Lang) error {
	var p problems
	checkLang(&p, "lang", i.Lang, languages)
	if i.Reason == "" {
		p.add("reason", CodeIgnoreReason, nil)
	}
	checkLength(&p, "reason", i.Reason, maxReason)
	checkLength(&p, "quote", i.Quote, maxQuote)
	checkLength(&p, "rule", i.Rule, maxRuleID)
	if !slices.ContainsFunc(s.Checker.Rules(i.Lang), func(r RuleInfo) bool { return r.ID == i.Rule }) {
		p.add("rule", CodeRuleUnknown, Args{"Value": i.Rule})
	}
	if strings.TrimSpace(i.Quote) == "" {
		p.add("quote", CodeRequired, nil)
	}
	return p.err()
}

func (s *Checks) canBeError(rule string, lang Lang) bool {
	for _, r := range s.Checker.Rules(lang) {
		if r.ID == rule {
			return slices.Contains(r.Severities, SeverityError)
		}
	}
	return false
}

// Unignore takes a finding up again.
func (s *Checks) Unignore(ctx context.Context, actor Actor, id string) error {
	if err := actor.May(WriteRevision); err != nil {
		return err
	}
	return s.Store.DeleteIgnored(ctx, id, NewAudit(actor, s.Now(), "finding.take_up", id, nil))
}

// putAside notes in the findings which of them were put aside.
func putAside(findings []Finding, list []Ignored) []Finding {
	if len(list) == 0 {
		return findings
	}
	out := slices.Clone(findings)
	for n := range out {
		f := &out[n]
		at := slices.IndexFunc(list, func(i Ignored) bool { return i.Rule == f.Rule && i.Quote == f.Quote })
		if at >= 0 {
			f.Ignored = list[at].Reason
		}
	}
	return out
}
