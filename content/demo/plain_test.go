package demo_test

import (
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/plain"
	"klartext/content/storetest"
)

// The demo shows what plain language is, so it must be plain itself: above the target, and without any error or warning.
func TestTheDemoIsPlain(t *testing.T) {
	t.Parallel()
	checker, err := plain.New()
	if err != nil {
		t.Fatal(err)
	}
	store := storetest.SQLite(t)
	data, _ := fill(t, store)
	for _, e := range data.Entries {
		for _, meta := range e.Versions {
			if meta.Lang == content.NoLang {
				continue
			}
			v, err := store.Version(t.Context(), e.ID, meta.Lang, meta.Number)
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, checker, e.Entry, v)
		}
	}
	for _, c := range data.Changes {
		for _, lang := range []content.Lang{"de", "en"} {
			checkPlain(t, checker, c.Slug, lang, plain.KindText, c.Title[lang]+".\n\n"+c.Summary[lang]+"\n\n"+c.Why[lang])
		}
	}
}

func checkText(t *testing.T, checker *plain.Checker, e content.Entry, v content.Version) {
	t.Helper()
	if e.Kind == content.FAQ {
		checkPlain(t, checker, e.Slug, v.Lang, plain.KindFAQ, answer(v.Text))
	}
	for _, s := range v.Text.Sections {
		checkPlain(t, checker, e.Slug+"#"+s.ID, v.Lang, plain.KindText, s.Summary)
	}
}

// answer is an entry as a reader reads it from top to bottom.
func answer(w content.Writing) string {
	parts := []string{w.ShortAnswer, w.Body}
	parts = append(parts, w.Examples...)
	for _, view := range w.Perspectives {
		parts = append(parts, view.Text)
	}
	return strings.Join(parts, "\n\n")
}

func checkPlain(t *testing.T, checker *plain.Checker, name string, lang content.Lang, kind, text string) {
	t.Helper()
	site := checker.Site(string(lang), plain.Options{Known: []string{"Talerwerk", "Wanderfalke", "Bergdohle", "Newsletter"}})
	result, err := checker.Check(t.Context(), plain.Input{Source: text, Lang: string(lang), Kind: kind, MessageLang: "en", Site: site})
	if err != nil {
		t.Fatal(err)
	}
	if result.Score != nil && *result.Score < 65 {
		t.Errorf("%s in %s: score %d", name, lang, *result.Score)
	}
	for _, f := range result.Findings {
		if f.Severity >= plain.Warning {
			t.Errorf("%s in %s: %s %q: %s %s", name, lang, f.Rule, text[f.Start:f.End], f.Message, f.Suggestion)
		}
	}
}
