package content

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// EntryKind is "entry" for a question with its answer, "policy" for a legal text in sections.
type EntryKind string

// The kinds of entries.
const (
	FAQ    EntryKind = "entry"
	Policy EntryKind = "policy"
)

// Topic groups entries.
type Topic struct {
	ID       string    `json:"id"`
	Slug     string    `json:"slug"`
	Title    Text      `json:"title"`
	Position int       `json:"position"`
	Created  time.Time `json:"created_at"`
}

// Entry is one question or policy over all its languages and versions.
type Entry struct {
	ID       string    `json:"id"`
	Kind     EntryKind `json:"kind"`
	Slug     string    `json:"slug"`
	Topic    string    `json:"topic,omitempty"` // a topic's id; a policy may have none
	Position int       `json:"position"`
	Created  time.Time `json:"created_at"`
}

// EntryState is an entry with what editors need to know about each language.
type EntryState struct {
	Entry
	Langs []LangState // sorted by language; NoLang stands for the facts
}

// LangState is how an entry stands in one language.
type LangState struct {
	Lang   Lang
	Newest *RevisionRef // the newest revision, or nil
	Title  string       // of the newest revision
	Head   Head
}

// Lang finds the state in one language; the zero state where there is none.
func (e EntryState) Lang(lang Lang) LangState {
	for _, s := range e.Langs {
		if s.Lang == lang {
			return s
		}
	}
	return LangState{Lang: lang}
}

// Title is the newest title in lang, or in any other language.
func (e EntryState) Title(lang Lang) string {
	titles := Text{}
	for _, s := range e.Langs {
		titles[s.Lang] = s.Title
	}
	title, _ := titles.In(lang)
	if title == "" {
		return e.Slug
	}
	return title
}

// Head is what readers see of an entry in one language at this moment.
type Head struct {
	Version        int // 0: never published
	Revision       string
	RevisionNumber int
	Facts          string // id of the facts revision shown with it, or ""
	PublishedAt    time.Time
	Withdrawn      bool     // a tombstone stands there
	Verdict        *Verdict // what the gate said about it; nil where it was not asked
}

// Live tells whether readers see a text.
func (h Head) Live() bool { return h.Version > 0 && !h.Withdrawn }

// Writing is the text of an entry or policy in one language.
type Writing struct {
	Title        string        `json:"title"`
	ShortAnswer  string        `json:"short_answer"`
	Body         string        `json:"body"` // Markdown
	Examples     []string      `json:"examples"`
	Perspectives []Perspective `json:"perspectives"`
	Choices      []Choice      `json:"choices"`
	Sections     []Section     `json:"sections,omitempty"` // a policy's text stands here, not in Body
}

// Side is whose view a perspective gives.
type Side string

// The sides of a perspective.
const (
	CompanySide  Side = "company"
	CustomerSide Side = "customer"
	CriticSide   Side = "critic"
)

// Sides lists the sides in the order they are shown.
func Sides() []Side { return []Side{CompanySide, CustomerSide, CriticSide} }

// Perspective is one side's view, in Markdown.
type Perspective struct {
	Side Side   `json:"side"`
	Text string `json:"text"`
}

// Choice is something the reader can do, with a link (https, mailto or a path of this site) where there is one.
type Choice struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

// Section is a part of a policy with its plain summary beside it; Body and Summary are Markdown.
type Section struct {
	ID      string `json:"id"`
	Heading string `json:"heading"`
	Body    string `json:"body"`
	Summary string `json:"summary"`
}

// Limits of a Writing. A body's own limit in bytes is the renderer's.
const (
	maxTitle       = 300
	maxShortAnswer = 600
	maxItems       = 40
	maxSections    = 300
	maxLabel       = 200
	maxURL         = 2000
)

// normalise trims blanks and drops empty items, so that an empty form row is no content.
func (w *Writing) normalise() {
	w.Title = strings.TrimSpace(w.Title)
	w.ShortAnswer = strings.TrimSpace(w.ShortAnswer)
	w.Body = strings.TrimRight(lines(w.Body), " \n")
	w.Examples = kept(w.Examples, func(s *string) bool { *s = strings.TrimSpace(lines(*s)); return *s != "" })
	w.Perspectives = kept(w.Perspectives, func(p *Perspective) bool { p.Text = strings.TrimSpace(lines(p.Text)); return p.Text != "" })
	w.Choices = kept(w.Choices, func(c *Choice) bool {
		c.Label, c.URL = strings.TrimSpace(c.Label), strings.TrimSpace(c.URL)
		return c.Label != "" || c.URL != ""
	})
	w.Sections = kept(w.Sections, func(s *Section) bool {
		s.Heading, s.Body = strings.TrimSpace(s.Heading), strings.TrimRight(lines(s.Body), " \n")
		s.Summary = strings.TrimSpace(lines(s.Summary))
		return s.Heading != "" || s.Body != "" || s.Summary != ""
	})
}

// lines gives line ends as browsers never send them but Markdown wants them.
func lines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func kept[T any](items []T, keep func(*T) bool) []T {
	out := make([]T, 0, len(items))
	for _, item := range items {
		if keep(&item) {
			out = append(out, item)
		}
	}
	return out
}

func (w *Writing) check(kind EntryKind) problems {
	var p problems
	if w.Title == "" {
		p.add("title", CodeRequired, nil)
	}
	checkLength(&p, "title", w.Title, maxTitle)
	checkLength(&p, "short_answer", w.ShortAnswer, maxShortAnswer)
	if kind == FAQ && len(w.Sections) > 0 {
		p.add("sections", CodeSectionsOfEntry, nil)
	}
	if kind == Policy && w.Body != "" {
		p.add("body", CodeBodyOfPolicy, nil)
	}
	checkCount(&p, "examples", len(w.Examples), maxItems)
	checkCount(&p, "perspectives", len(w.Perspectives), len(Sides()))
	checkCount(&p, "choices", len(w.Choices), maxItems)
	checkCount(&p, "sections", len(w.Sections), maxSections)
	checkPerspectives(&p, "perspectives", w.Perspectives)
	w.checkChoices(&p)
	w.checkSections(&p)
	return p
}

func checkPerspectives(p *problems, field string, perspectives []Perspective) {
	seen := map[Side]bool{}
	for i, view := range perspectives {
		name := fmt.Sprintf("%s.%d.side", field, i)
		switch view.Side {
		case CompanySide, CustomerSide, CriticSide:
			if seen[view.Side] {
				p.add(name, CodeTwice, Args{"Value": string(view.Side)})
			}
			seen[view.Side] = true
		default:
			p.add(name, CodeSideUnknown, Args{"Value": string(view.Side)})
		}
	}
}

func (w *Writing) checkChoices(p *problems) {
	for i, choice := range w.Choices {
		if choice.Label == "" {
			p.add(fmt.Sprintf("choices.%d.label", i), CodeRequired, nil)
		}
		checkLength(p, fmt.Sprintf("choices.%d.label", i), choice.Label, maxLabel)
		if choice.URL != "" && !safeLink(choice.URL) {
			p.add(fmt.Sprintf("choices.%d.url", i), CodeLinkForm, Args{"Value": choice.URL})
		}
	}
}

func (w *Writing) checkSections(p *problems) {
	seen := map[string]bool{}
	for i := range w.Sections {
		s := &w.Sections[i]
		checkLength(p, fmt.Sprintf("sections.%d.heading", i), s.Heading, maxTitle)
		if s.ID != "" && (!slugForm.MatchString(s.ID) || len(s.ID) > maxSlug) {
			p.add(fmt.Sprintf("sections.%d.id", i), CodeSlugForm, Args{"Slug": s.ID, "Limit": maxSlug})
		}
		if s.ID != "" && seen[s.ID] {
			p.add(fmt.Sprintf("sections.%d.id", i), CodeTwice, Args{"Value": s.ID})
		}
		seen[s.ID] = true
	}
}

func checkLength(p *problems, field, s string, limit int) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		p.add(field, CodeNotText, nil)
		return
	}
	if n := utf8.RuneCountInString(s); n > limit {
		p.add(field, CodeTooLong, Args{"Length": n, "Limit": limit, "Over": n - limit})
	}
}

func checkCount(p *problems, field string, n, limit int) {
	if n > limit {
		p.add(field, CodeTooMany, Args{"Count": n, "Limit": limit})
	}
}
