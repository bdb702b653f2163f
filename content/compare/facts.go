package compare

import (
	"strings"

	"klartext/content"
	"klartext/content/diff"
)

// Words says codes in a reader's language.
type Words interface {
	Country(code string) string
	Duration(iso string) string
}

// Fact is one row of the facts that differs, and how. For retention Longer is
// 1 where data is kept longer than before, -1 where shorter, 0 where that cannot be told.
type Fact struct {
	diff.FieldChange
	Longer int
}

// Facts lists the rows that differ, in the order of the table, said in lang. Nil facts are empty ones.
func Facts(before, after *content.Facts, lang content.Lang, words Words) []Fact {
	was, is := Rows(before, lang, words), Rows(after, lang, words)
	var out []Fact
	for i := range was {
		change := diff.Lists(was[i].Name, was[i].Items, is[i].Items)
		if len(change.Added) == 0 && len(change.Removed) == 0 {
			continue
		}
		fact := Fact{FieldChange: change}
		if was[i].Name == "retention" {
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
	Items []string
}

// Rows says the facts in lang, row by row; every row is there, also an empty one.
func Rows(f *content.Facts, lang content.Lang, words Words) []Row {
	if f == nil {
		f = &content.Facts{}
	}
	return []Row{
		{"data", texts(f.Data, lang)},
		{"purposes", texts(f.Purposes, lang)},
		{"legal_bases", bases(f.LegalBases, lang)},
		{"retention", retention(f.Retention, lang, words)},
		{"recipients", recipients(f.Recipients, lang, words)},
		{"countries", countries(f.Countries, words)},
	}
}

func texts(list []content.Text, lang content.Lang) []string {
	var out []string
	for _, t := range list {
		if s, _ := t.In(lang); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func bases(list []content.LegalBasis, lang content.Lang) []string {
	var out []string
	for _, b := range list {
		out = append(out, joined(b.Text, lang, b.Code))
	}
	return out
}

// joined is the words with the code in brackets, or the code alone.
func joined(t content.Text, lang content.Lang, code string) string {
	s, _ := t.In(lang)
	if s == "" {
		return code
	}
	return s + " (" + code + ")"
}

func retention(r *content.Retention, lang content.Lang, words Words) []string {
	if r == nil {
		return nil
	}
	from, _ := r.From.In(lang)
	return []string{strings.TrimSpace(words.Duration(r.Duration) + " " + from)}
}

func recipients(list []content.Recipient, lang content.Lang, words Words) []string {
	var out []string
	for _, r := range list {
		s := r.Name
		if role, _ := r.Role.In(lang); role != "" {
			s += ", " + role
		}
		if r.Country != "" {
			s += " (" + words.Country(r.Country) + ")"
		}
		out = append(out, s)
	}
	return out
}

func countries(codes []string, words Words) []string {
	var out []string
	for _, code := range codes {
		out = append(out, words.Country(code))
	}
	return out
}
