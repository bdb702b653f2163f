package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ChangeInput is what people write in a change; nil fields stay as they are.
type ChangeInput struct {
	Slug          *string
	Title         Text
	Summary       Text
	Why           Text
	Materiality   *Materiality
	EffectiveDate *string
	Perspectives  map[Lang][]Perspective
	Revisions     *[]string
	Withdraw      *[]Withdrawal
	// Edition is the edition that was read; 0 writes over whatever is there.
	Edition int
}

// resolved is what an input refers to, read before the transaction that writes it.
type resolved struct {
	settings  Settings
	revisions []RevisionRef
	writers   []string // user ids of all who wrote what readers have not seen yet
}

// resolve reads what the input names, outside the transaction: revisions never change and entries never go away.
func (s *Changes) resolve(ctx context.Context, in ChangeInput) (resolved, error) {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return resolved{}, fmt.Errorf("read settings: %w", err)
	}
	found := resolved{settings: settings}
	var p problems
	if in.Revisions != nil {
		if found.revisions, err = s.resolveRevisions(ctx, *in.Revisions, &p); err != nil {
			return found, err
		}
		if found.writers, err = s.writers(ctx, found.revisions); err != nil {
			return found, err
		}
	}
	if in.Withdraw != nil {
		if err := s.checkWithdrawn(ctx, *in.Withdraw, &p); err != nil {
			return found, err
		}
	}
	return found, p.err()
}

// checkWithdrawn checks that there is what shall be taken down. Of too many none
// is looked for: each costs a query.
func (s *Changes) checkWithdrawn(ctx context.Context, list []Withdrawal, p *problems) error {
	if len(list) > maxWithdrawals {
		checkCount(p, "withdraw", len(list), maxWithdrawals)
		return nil
	}
	for i, w := range list {
		if _, err := s.Store.Entry(ctx, w.Entry); KindOf(err) == NotFound {
			p.add(fmt.Sprintf("withdraw.%d.entry", i), CodeEntryUnknown, Args{"Value": w.Entry})
		} else if err != nil {
			return fmt.Errorf("read entry %s: %w", w.Entry, err)
		}
	}
	return nil
}

func (s *Changes) resolveRevisions(ctx context.Context, ids []string, p *problems) ([]RevisionRef, error) {
	checkCount(p, "revisions", len(ids), maxRevisions)
	if len(*p) > 0 {
		return nil, nil
	}
	refs := make([]RevisionRef, 0, len(ids))
	for i, id := range ids {
		r, err := s.Store.Revision(ctx, id)
		if KindOf(err) == NotFound {
			p.add(fmt.Sprintf("revisions.%d", i), CodeRevisionUnknown, Args{"Value": id})
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read revision %s: %w", id, err)
		}
		if slices.ContainsFunc(refs, func(o RevisionRef) bool { return o.Entry == r.Entry && o.Lang == r.Lang }) {
			p.add(fmt.Sprintf("revisions.%d", i), CodeTwice, Args{"Value": id})
		}
		refs = append(refs, r.RevisionRef)
	}
	return refs, nil
}

// writers lists who wrote any revision from the one that readers see to the one
// that the change would publish: who mends a comma does not take a text over.
func (s *Changes) writers(ctx context.Context, refs []RevisionRef) ([]string, error) {
	var users []string
	for _, r := range refs {
		state, err := s.Store.Entry(ctx, r.Entry)
		if err != nil {
			return nil, fmt.Errorf("read entry %s: %w", r.Entry, err)
		}
		list, err := s.Store.Revisions(ctx, r.Entry, r.Lang)
		if err != nil {
			return nil, fmt.Errorf("read who wrote %s: %w", r.Entry, err)
		}
		seen := state.Lang(r.Lang).Head.RevisionNumber
		for _, one := range list {
			if one.ID == r.ID || one.Number > seen && one.Number < r.Number {
				users = append(users, one.Author)
			}
		}
	}
	return users, nil
}

// apply writes the input into the change and checks the whole. It is pure.
func (c *Change) apply(in ChangeInput, found resolved) error {
	if in.Slug != nil {
		c.Slug = strings.TrimSpace(*in.Slug)
	}
	for _, field := range []struct {
		to   *Text
		from Text
	}{{&c.Title, in.Title}, {&c.Summary, in.Summary}, {&c.Why, in.Why}} {
		if field.from != nil {
			*field.to = field.from.trimmed()
		}
	}
	if in.Materiality != nil {
		c.Materiality = *in.Materiality
	}
	if in.EffectiveDate != nil {
		c.EffectiveDate = Date(strings.TrimSpace(*in.EffectiveDate))
	}
	if in.Perspectives != nil {
		c.Perspectives = in.Perspectives
	}
	if in.Revisions != nil {
		c.Revisions = found.revisions
		c.dropOverrides()
	}
	if in.Withdraw != nil {
		c.Withdraw = *in.Withdraw
	}
	for _, writer := range found.writers {
		c.contributes(writer)
	}
	return c.check(in, found.settings)
}

// check holds what came in against the site's languages, and nothing else: what was
// written before the site gave a language up must not stand in the way of other edits.
func (c *Change) check(in ChangeInput, settings Settings) error {
	var p problems
	checkSlug(&p, "slug", c.Slug)
	in.Title.trimmed().check(&p, "title", settings.Languages, maxChangeTitle)
	in.Summary.trimmed().check(&p, "summary", settings.Languages, maxChangeText)
	in.Why.trimmed().check(&p, "why", settings.Languages, maxChangeText)
	if c.Materiality != Material && c.Materiality != Editorial {
		p.add("materiality", CodeMateriality, Args{"Value": string(c.Materiality)})
	}
	if c.EffectiveDate != "" {
		if _, err := ParseDate(string(c.EffectiveDate)); err != nil {
			p.addErr("effective_date", err)
		}
	}
	for lang, views := range in.Perspectives {
		checkLang(&p, "perspectives."+string(lang), lang, settings.Languages)
		checkPerspectives(&p, "perspectives."+string(lang), views)
		for i, view := range views {
			checkLength(&p, fmt.Sprintf("perspectives.%s.%d.text", lang, i), view.Text, maxPerspective)
		}
	}
	c.checkWithdrawals(&p, settings)
	return p.err()
}

func (c *Change) checkWithdrawals(p *problems, settings Settings) {
	for i := range c.Withdraw {
		w := &c.Withdraw[i]
		w.Reason = strings.TrimSpace(w.Reason)
		field := fmt.Sprintf("withdraw.%d", i)
		checkLang(p, field+".lang", w.Lang, settings.Languages)
		checkLength(p, field+".reason", w.Reason, maxReason)
		twice := slices.ContainsFunc(c.Withdraw[:i], func(o Withdrawal) bool { return o.Entry == w.Entry && o.Lang == w.Lang })
		if _, both := c.Revision(w.Entry, w.Lang); both || twice {
			p.add(field+".entry", CodeTwice, Args{"Value": w.Entry})
		}
	}
}

func checkLang(p *problems, field string, lang Lang, languages []Lang) {
	if !slices.Contains(languages, lang) {
		p.add(field, CodeLangUnknown, Args{"Lang": string(lang), "Languages": joinLangs(languages)})
	}
}

// proposeSlug makes an address of the day and the title, with room for a number behind it.
func proposeSlug(title Text, settings Settings, now time.Time) string {
	words, _ := title.In("en", settings.Languages...)
	slug := string(DateOf(now, settings.Zone()))
	if made := Slug(words); made != "" {
		slug += "-" + made
	}
	return strings.TrimRight(slug[:min(len(slug), maxSlug-len("-999"))], "-")
}
