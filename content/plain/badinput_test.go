package plain

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestTextsThatCannotBeChecked(t *testing.T) {
	for name, c := range map[string]struct {
		in     Input
		code   string
		offset int
	}{
		"5 MB":             {Input{Source: strings.Repeat("Wort ", 1<<20), Lang: "de"}, "too_long", 0},
		"invalid UTF-8":    {Input{Source: "Gut. Schlecht: \xff\xfe", Lang: "de"}, "invalid_utf8", 15},
		"half a letter":    {Input{Source: "Gr\xc3", Lang: "de"}, "invalid_utf8", 2},
		"NUL":              {Input{Source: "a\x00b", Lang: "en"}, "nul", 1},
		"unknown language": {Input{Source: "Bonjour.", Lang: "fr"}, "unknown_language", 0},
		"no language":      {Input{Source: "Hallo."}, "unknown_language", 0},
		"unknown kind":     {Input{Source: "Hallo.", Lang: "de", Kind: "poem"}, "unknown_kind", 0},
		"open brackets":    {Input{Source: "Gut.\n\n" + strings.Repeat("[", 1000), Lang: "de"}, "too_many_brackets", 6},
	} {
		_, err := mustChecker(t).Check(t.Context(), c.in)
		var refused *InputError
		if !errors.As(err, &refused) {
			t.Errorf("%s: error %v, want a refusal", name, err)
			continue
		}
		if refused.Code != c.code || refused.Offset != c.offset || refused.Error() == "" {
			t.Errorf("%s: refused with %q at %d, want %q at %d", name, refused.Code, refused.Offset, c.code, c.offset)
		}
	}
}

func TestOddTextsAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		words  int
	}{
		"empty":                 {"", 0},
		"blanks":                {" \n\t\n  ", 0},
		"signs":                 {"… — !? ***", 0},
		"one word":              {"Hallo", 1},
		"emoji":                 {"👍 😀 🏳️‍🌈", 0},
		"emoji in a sentence":   {"Das ist gut 👍 und schön.", 5},
		"numbers":               {"| 1 | 2 |\n|---|---|\n| 3 | 4,5 |\n| 6 % | 7 € |", 0},
		"code":                  {"```go\nfunc main() {}\n```\n", 0},
		"indented code":         {"    func main() {}\n", 0},
		"HTML":                  {"<div>\n<p>unsichtbar</p>\n</div>\n", 0},
		"front matter alone":    {"---\ntitle: Ein Titel\n---\n", 0},
		"marks of direction":    {"\u200fDas\u200e ist \u202agut\u202c.", 3},
		"soft hyphen":           {"Daten\u00adschutz ist gut.", 3},
		"byte order mark":       {"\ufeffDas ist gut.", 3},
		"Arabic":                {"هذه جملة قصيرة؟ نعم.", 4},
		"an address":            {"https://example.org/a?b=c", 0},
		"a picture":             {"![Ein Bild](bild.png)", 0},
		"a link without target": {"[Text]() ist da.", 3},
		"only a heading":        {"# Ein Titel", 0},
	} {
		r := mustCheck(t, Input{Source: c.source, Lang: "de"})
		checkSpans(t, c.source, r)
		if r.Words != c.words || r.Score != nil || r.Band != BandTooShort {
			t.Errorf("%s: %d words, score %v, band %q; want %d words and no score", name, r.Words, r.Score, r.Band, c.words)
		}
		if r.Findings == nil {
			t.Errorf("%s: findings are nil, which is null in JSON", name)
		}
	}
}

func TestMixedLanguagesAreChecked(t *testing.T) {
	src := "Wir löschen Ihre Daten. Das ist gut so.\n\nWe never sell your personal information to anybody, and we delete everything after thirty days.\n\nSeitens der Firma ist das alles."
	rules := map[string]int{}
	for _, f := range mustCheck(t, Input{Source: src, Lang: "de"}).Findings {
		rules[f.Rule]++
	}
	if rules["text.lang"] != 1 || rules["word.officialese"] != 1 {
		t.Errorf("found %v, want the foreign paragraph and the word after it", rules)
	}
}

func TestCheckStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := mustChecker(t).Check(ctx, Input{Source: "Hallo.", Lang: "de"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

// TestWrongLanguageIsOneFinding: a page in the wrong language is one mistake, not one for each paragraph; a paragraph among
// others is marked alone.
func TestWrongLanguageIsOneFinding(t *testing.T) {
	foreign := "We never sell your personal information to anybody, and we delete everything after thirty days."
	native := "Wir löschen Ihre Daten nach einem Jahr, und wir geben sie keinem anderen Menschen weiter."
	for name, c := range map[string]struct {
		pieces []string
		want   []string
	}{
		"all foreign":   {[]string{foreign, "# And more", foreign, foreign}, []string{foreign + "\n\n# And more\n\n" + foreign + "\n\n" + foreign}},
		"one foreign":   {[]string{native, foreign, native}, []string{foreign}},
		"two apart":     {[]string{foreign, native, foreign}, []string{foreign, foreign}},
		"short pieces":  {[]string{"- your name and address", "- the things that you have bought", "- everything we know about your computer", "- whatever you tell us on the phone"}, []string{"- your name and address\n\n- the things that you have bought\n\n- everything we know about your computer\n\n- whatever you tell us on the phone"}},
		"native pieces": {[]string{"- Ihr Name und Ihre Adresse", "- was Sie bei uns gekauft haben", "- alles, was wir über Ihr Gerät wissen", "- was Sie uns am Telefon erzählen"}, nil},
		"names":         {[]string{"- Samsung Galaxy A52 Enterprise", "- Google Pixel 6a", "- Apple iPhone SE", "- Nokia G42", "- Xiaomi Redmi Note 12 Pro", "- Sony Xperia 10"}, nil},
	} {
		src := strings.Join(c.pieces, "\n\n")
		var got []string
		for _, f := range mustCheck(t, Input{Source: src, Lang: "de"}).Findings {
			if f.Rule == "text.lang" {
				got = append(got, src[f.Start:f.End])
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: marks %q, want %q", name, got, c.want)
		}
	}
}
