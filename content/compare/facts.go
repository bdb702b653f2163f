package compare

import (
	"slices"
	"strings"

	"klartext/content"
	"klartext/content/diff"
)

// Words says codes in a reader's language.
type Words interface {
	Country(code string) string
	Duration(iso string) string
	Law(code string) string
}

// Item is one entry of a row, and its language where that is not the one asked for.
type Item struct {
	Text string
	Lang content.Lang
}

// Fact is one row of the facts that differs, and how. For retention Longer is
// 1 where data is kept longer than before, -1 where shorter, 0 where that cannot be told.
type Fact struct {
	Name                 string
	Added, Removed, Kept []Item
	Longer               int
}

// Facts lists the rows that differ, in the order of the table, said as Rows says them.
func Facts(before, after *content.Facts, lang content.Lang, words Words, others ...content.Lang) []Fact {
	was, is := Rows(before, lang, words, others...), Rows(after, lang, words, others...)
	var out []Fact
	for i := range was {
		change := diff.Lists(was[i].Name, was[i].texts(), is[i].texts())
		if !change.Changed() {
			continue
		}
		fact := Fact{
			Name: change.Name, Added: is[i].pick(change.Added), Removed: was[i].pick(change.Removed), Kept: is[i].pick(change.Kept),
		}
		if fact.Name == "retention" {
			fact.Longer = longer(before, after)
		}
		out = append(out, fact)
	}
	return out
}

func longer(before, after *content.Facts) int {
	if before == nil || after == nil || before.Retention == nil || after.Retention == nil {
		return 0
	}
	cmp, ok := diff.Durations(before.Retention.Duration, after.Retention.Duration)
	if !ok {
		return 0
	}
	return cmp
}

// Row is one row of the facts in words.
type Row struct {
	Name  string // as in the API: data, purposes, legal_bases, retention, recipients, countries
	Items []Item
}

func (r Row) texts() []string {
	out := make([]string, len(r.Items))
	for i, item := range r.Items {
		out[i] = item.Text
	}
	return out
}

// pick finds the items with these words, so that their language comes along.
func (r Row) pick(texts []string) []Item {
	out := make([]Item, len(texts))
	for i, text := range texts {
		out[i] = r.Items[slices.IndexFunc(r.Items, func(item Item) bool { return item.Text == text })]
	}
	return out
}

// Rows says the facts in lang, or else in the first of others that has the words,
// row by row; every row is there, also an empty one. Nil facts are empty ones.
func Rows(f *content.Facts, lang content.Lang, words Words, others ...content.Lang) []Row {
	if f == nil {
		f = &content.Facts{}
	}
	s := speaker{lang, others, words}
	return []Row{
		{"data", s.texts(f.Data)},
		{"purposes", s.texts(f.Purposes)},
		{"legal_bases", s.bases(f.LegalBases)},
		{"retention", s.retention(f.Retention)},
		{"recipients", s.recipients(f.Recipients)},
		{"countries", s.countries(f.Countries)},
	}
}

// speaker puts facts into words.
type speaker struct {
	lang   content.Lang
	others []content.Lang
	words  Words
}

func (s speaker) say(t content.Text) Item {
	text, lang := t.In(s.lang, s.others...)
	if lang == s.lang {
		lang = content.NoLang
	}
	return Item{text, lang}
}

func (s speaker) texts(list []content.Text) []Item {
	var out []Item
	for _, t := range list {
		if item := s.say(t); item.Text != "" {
			out = append(out, item)
		}
	}
	return out
}

// bases are the words with the law in brackets, or the law alone.
func (s speaker) bases(list []content.LegalBasis) []Item {
	out := make([]Item, len(list))
	for i, b := range list {
		item, law := s.say(b.Text), s.words.Law(b.Code)
		if item.Text == "" {
			item.Text = law
		} else {
			item.Text += " (" + law + ")"
		}
		out[i] = item
	}
	return out
}

func (s speaker) retention(r *content.Retention) []Item {
	if r == nil {
		return nil
	}
	item := s.say(r.From)
	item.Text = strings.TrimSpace(s.words.Duration(r.Duration) + " " + item.Text)
	return []Item{item}
}

func (s speaker) recipients(list []content.Recipient) []Item {
	out := make([]Item, len(list))
	for i, r := range list {
		item := s.say(r.Role)
		if item.Text == "" {
			item.Text = r.Name
		} else {
			item.Text = r.Name + ", " + item.Text
		}
		if r.Country != "" {
			item.Text += " (" + s.words.Country(r.Country) + ")"
		}
		out[i] = item
	}
	return out
}

func (s speaker) countries(codes []string) []Item {
	out := make([]Item, len(codes))
	for i, code := range codes {
		out[i].Text = s.words.Country(code)
	}
	return out
}
