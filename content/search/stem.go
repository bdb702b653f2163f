package search

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
)

// stemmerOf takes the endings off a folded word. A language that it does not
// know keeps its words as they are.
func stemmerOf(lang string) func(string) string {
	snow, ok := map[string]func(*snowballstem.Env) bool{
		"da": danish.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem, "fr": french.Stem, "it": italian.Stem,
		"nb": norwegian.Stem, "nl": dutch.Stem, "no": norwegian.Stem, "pt": portuguese.Stem, "sv": swedish.Stem,
	}[lang]
	switch {
	case lang == "de":
		return germanStem
	case ok:
		return func(word string) string {
			env := snowballstem.NewEnv(word)
			snow(env)
			return env.Current()
		}
	}
	return func(word string) string { return word }
}

// compounding languages write several nouns as one word.
func compounding(lang string) bool {
	return strings.Contains(" de nl da sv no nb fi ", " "+lang+" ")
}

// germanStem brings "speichern", "speichert" and "Speicherung" together, which
// Snowball does not. The endings and the order are those of the CISTEM
// stemmer (Weissweiler and Fraser 2017), without its prefix rule, and with
// the nouns that verbs make.
func germanStem(word string) string {
	for _, noun := range []string{"ungen", "ungs", "ung"} {
		if rest, ok := strings.CutSuffix(word, noun); ok && len(rest) >= 4 {
			word = rest
			break
		}
	}
	for len(word) > 3 {
		n := len(word)
		switch {
		case n > 5 && (strings.HasSuffix(word, "er") || strings.HasSuffix(word, "em") || strings.HasSuffix(word, "nd")):
			word = word[:n-2]
		case strings.IndexByte("tesn", word[n-1]) >= 0:
			word = word[:n-1]
		default:
			return word
		}
	}
	return word
}
