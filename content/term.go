package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Term is a word that the site explains, in one language.
type Term struct {
	ID          string    `json:"id"`
	Lang        Lang      `json:"lang"`
	Term        string    `json:"term"`
	Forms       []string  `json:"forms"`       // inflected forms and other spellings
	Explanation string    `json:"explanation"` // at most two plain sentences
	Example     string    `json:"example"`     // one sentence from everyday life
	Edition     int       `json:"edition"`     // counts writes; a write that names an old edition fails
	Created     time.Time `json:"created_at"`
	Updated     time.Time `json:"updated_at"`
}

// Limits of a glossary.
const (
	maxTerm        = 100
	maxForms       = 40
	maxExplanation = 400
	maxTermExample = 300
	maxTerms       = 2000
)

// Key is what tells terms of one language apart.
func (t *Term) Key() string { return strings.ToLower(t.Term) }

// Anchor is the term's place on the glossary's page.
func (t *Term) Anchor() string {
	if slug := Slug(t.Term); slug != "" {
		return "term-" + slug
	}
	return "term-" + t.ID
}

func (t *Term) check(languages []Lang) error {
	var p problems
	t.Term, t.Explanation, t.Example = oneBlank(t.Term), oneBlank(t.Explanation), oneBlank(t.Example)
	t.Forms = slices.DeleteFunc(distinct(t.Forms), func(form string) bool { return form == t.Term })
	checkLang(&p, "lang", t.Lang, languages)
	for _, field := range []struct {
		name, text string
		limit      int
		need       bool
	}{{"term", t.Term, maxTerm, true}, {"explanation", t.Explanation, maxExplanation, true}, {"example", t.Example, maxTermExample, false}} {
		if field.need && field.text == "" {
			p.add(field.name, CodeRequired, nil)
		}
		checkLength(&p, field.name, field.text, field.limit)
	}
	checkCount(&p, "forms", len(t.Forms), maxForms)
	for i, form := range t.Forms {
		checkLength(&p, fmt.Sprintf("forms.%d", i), form, maxTerm)
	}
	return p.err()
}

// TermStore keeps the glossary. Every write is seen by readers at once.
type TermStore interface {
	// Terms lists all terms by language and term.
	Terms(ctx context.Context) ([]Term, error)
	// CreateTerms writes all of them or none; it answers Conflict with CodeTermTaken where one is there.
	CreateTerms(ctx context.Context, terms []Term, audit Audit) error
	UpdateTerm(ctx context.Context, id string, change func(*Term) error, audit Audit) (Term, error)
	DeleteTerm(ctx context.Context, id string, audit Audit) error
}

// GlossaryStore is what the Glossary needs.
type GlossaryStore interface {
	TermStore
	SettingsStore
}

// Glossary is the service for the terms that the site explains. What it writes is public at once, so authors may not.
type Glossary struct {
	Store   GlossaryStore
	Checker Checker
	// Published is told after a write; it must not block. May be nil.
	Published func()
	Now       Clock
}

// Terms of all languages, or of one. They are public.
func (g *Glossary) Terms(ctx context.Context, lang Lang) ([]Term, error) {
	terms, err := g.Store.Terms(ctx)
	if err != nil {
		return nil, err
	}
	return TermsIn(terms, lang), nil
}

// TermsIn picks the terms of one language; NoLang picks all.
func TermsIn(terms []Term, lang Lang) []Term {
	if lang == NoLang {
		return terms
	}
	var out []Term
	for _, t := range terms {
		if t.Lang == lang {
			out = append(out, t)
		}
	}
	return out
}

// Starters are the built-in terms of a language that the glossary does not have yet.
func (g *Glossary) Starters(ctx context.Context, actor Actor, lang Lang) ([]Term, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	terms, err := g.Terms(ctx, lang)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(g.Checker.Starters(lang), func(s Term) bool {
		return slices.ContainsFunc(terms, func(t Term) bool { return t.Key() == s.Key() })
	}), nil
}

// Create adds a term.
func (g *Glossary) Create(ctx context.Context, actor Actor, t Term) (Term, error) {
	made, err := g.create(ctx, actor, "glossary.create", []Term{t})
	if err != nil {
		return Term{}, err
	}
	return made[0], nil
}

func (g *Glossary) create(ctx context.Context, actor Actor, action string, terms []Term) ([]Term, error) {
	if err := actor.May(EditGlossary); err != nil {
		return nil, err
	}
	settings, err := g.Store.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	there, err := g.Store.Terms(ctx)
	if err != nil {
		return nil, err
	}
	if len(there)+len(terms) > maxTerms {
		return nil, Fail(Conflict, CodeTooMany, Args{"Count": len(there) + len(terms), "Limit": maxTerms})
	}
	now := g.Now()
	for i := range terms {
		t := &terms[i]
		t.ID, t.Created, t.Updated, t.Edition = NewID(now), now, now, 1
		if err := t.check(settings.Languages); err != nil {
			return nil, err
		}
	}
	audit := NewAudit(actor, now, action, terms[0].ID, map[string]string{"term": terms[0].Term, "count": fmt.Sprint(len(terms))})
	if err := g.Store.CreateTerms(ctx, terms, audit); err != nil {
		return nil, err
	}
	g.tell()
	return terms, nil
}

// Adopt takes built-in terms over, those with these names, or all where names is nil. What the glossary has already stays.
func (g *Glossary) Adopt(ctx context.Context, actor Actor, lang Lang, names []string) ([]Term, error) {
	if err := actor.May(EditGlossary); err != nil {
		return nil, err
	}
	starters, err := g.Starters(ctx, actor, lang)
	if err != nil {
		return nil, err
	}
	if names != nil {
		starters = slices.DeleteFunc(starters, func(t Term) bool { return !slices.Contains(names, t.Term) })
	}
	if len(starters) == 0 {
		return nil, nil
	}
	return g.create(ctx, actor, "glossary.adopt", starters)
}

// Update changes a term; edition is the one that was read, 0 writes over whatever is there.
func (g *Glossary) Update(ctx context.Context, actor Actor, id string, edition int, f func(*Term)) (Term, error) {
	if err := actor.May(EditGlossary); err != nil {
		return Term{}, err
	}
	settings, err := g.Store.Settings(ctx)
	if err != nil {
		return Term{}, fmt.Errorf("read settings: %w", err)
	}
	now := g.Now()
	t, err := g.Store.UpdateTerm(ctx, id, func(t *Term) error {
		if edition != 0 && edition != t.Edition {
			return Fail(Conflict, CodeTermOld, Args{"Term": t.Term})
		}
		before := t.Lang
		f(t)
		t.Lang, t.Updated, t.Edition = before, now, t.Edition+1
		return t.check(settings.Languages)
	}, NewAudit(actor, now, "glossary.update", id, nil))
	if err == nil {
		g.tell()
	}
	return t, err
}

// Delete takes a term out.
func (g *Glossary) Delete(ctx context.Context, actor Actor, id string) error {
	if err := actor.May(EditGlossary); err != nil {
		return err
	}
	err := g.Store.DeleteTerm(ctx, id, NewAudit(actor, g.Now(), "glossary.delete", id, nil))
	if err == nil {
		g.tell()
	}
	return err
}

func (g *Glossary) tell() {
	if g.Published != nil {
		g.Published()
	}
}
