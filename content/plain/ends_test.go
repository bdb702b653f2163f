package plain

import (
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func cutSentences(c *Checker, text, lang string) []string {
	var all []string
	from := 0
	for _, end := range c.SentenceEnds(text, lang) {
		all = append(all, text[from:end])
		from = end
	}
	return all
}

func TestSentenceEnds(t *testing.T) {
	c := mustChecker(t)
	for _, test := range []struct {
		lang, text string
		want       []string
	}{
		{"de", "Wir löschen Ihre Daten, z. B. die Adresse, am 3. März. Danach ist nichts mehr da.", []string{
			"Wir löschen Ihre Daten, z. B. die Adresse, am 3. März.", " Danach ist nichts mehr da.",
		}},
		{"en", "We keep it for 3.5 days (e.g. for Mr. Smith). Then it is gone! Really?", []string{
			"We keep it for 3.5 days (e.g. for Mr. Smith).", " Then it is gone!", " Really?",
		}},
		{"en", "He said “stop.” We stopped.\nA line\nWe keep: your name.", []string{"He said “stop.”", " We stopped.", "\nA line", "\nWe keep: your name."}},
		{"en", "Two things:\nOne.", []string{"Two things:\nOne."}},
		{"en", "See https://example.org/a.b?c=d. That is all", []string{"See https://example.org/a.b?c=d.", " That is all"}},
		{"fr", "Bonjour. Salut.", nil},
		{"de", "", nil},
		{"de", " \n ", nil},
	} {
		if got := cutSentences(c, test.text, test.lang); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestSentenceEndsAreInOrderAndBetweenLetters(t *testing.T) {
	c := mustChecker(t)
	rapid.Check(t, func(t *rapid.T) {
		text, before := rapid.String().Draw(t, "text"), 0
		for _, end := range c.SentenceEnds(text, rapid.SampledFrom(Languages()).Draw(t, "lang")) {
			if end <= before || end > len(text) || end < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[end]) {
				t.Fatalf("%q ends at %d after %d", text, end, before)
			}
			before = end
		}
	})
}
