package plain

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// hostileTexts are about 1 MB each of what is dearest to read.
func hostileTexts() map[string]string {
	const size = 1 << 20 / slower
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	return map[string]string{
		"one sentence of 100,000 words": strings.Repeat("und so ", 50_000/slower),
		"100,000 open brackets":         strings.Repeat("[", 100_000),
		"links that never close":        fill("[a]("),
		"images that never close":       fill("!["),
		"brackets in every block":       fill("[[[[[[[[ a\n\n"),
		"abbreviations":                 fill("z. B. d. h. u. a. ggf. "),
		"terms":                         fill("Cookie. "),
		"terms with a verb":             fill("zur Anwendung "),
		"terms in one sentence":         fill("Cookie "),
		"references":                    fill("§ 1 "),
		"passives":                      fill("is made "),
		"negations":                     fill("nicht unklar "),
		"foreign items":                 fill("- Nous ne vendons jamais vos informations personnelles et nous supprimons tout\n"),
		"links":                         fill("[Cookie](a) "),
		"links in blocks":               fill("[Cookie](a) *b* `c`\n\n"),
		"terms that open brackets":      fill("Cookie ((((("),
		"paragraph signs":               fill("§ "),
		"articles without a number":     fill("Art. "),
		"enumerations":                  fill("(a) "),
		"mail signs":                    fill("a@"),
		"joined words":                  fill("a-b*c:d/-"),
		"one abbreviation":              fill("e.g."),
		"open fences":                   fill("```a\n"),
		"fences of all lengths":         fill("```\n~~~~\n`````\na\n"),
		"open tags":                     fill("<div>\n"),
		"open comments":                 fill("<!-- a\n"),
		"comments that close late":      fill("<!-- a\n\n") + "-->",
		"tags that close late":          fill("<div>\n\n") + "</div> x",
		"quotes":                        fill("> "),
		"quotes in lines":               fill(">>>>>>>> a\n"),
		"lists":                         fill("- a\n"),
		"nested lists":                  fill("  - a\n    - b\n"),
		"definitions":                   fill("[a]: b\n"),
		"uses of definitions":           "[a]: b\n\n" + fill("[a] "),
		"entities":                      fill("&amp;&#65;&uuml;"),
		"backslashes":                   fill(`\`),
		"stars":                         fill("*a "),
		"stars in blocks":               fill("*a **b ***c\n\n"),
		"underscores":                   fill("_a_ __b"),
		"backticks":                     fill("`a "),
		"pipes":                         fill("|a|b\n|-|-\n"),
		"angle brackets":                fill("<a <b "),
		"one long word":                 fill("a"),
		"one long compound":             fill("Daten-"),
		"capitals":                      fill("A "),
		"full stops":                    fill("a. "),
		"commas":                        fill(", "),
		"phrases that almost match":     fill("im Rahmen "),
		"genitives":                     fill("Haus der "),
		"emoji":                         fill("👩‍👩‍👧‍👦🏳️‍🌈"),
		"combining marks":               fill("a\u0301\u0302\u0303\u0304"),
		"marks of direction":            fill("\u202e\u200fa"),
		"soft hyphens":                  fill("a\u00ad"),
		"Thai and Han":                  fill("ภาษาไทย漢字かな"),
		"carriage returns":              fill("a\r"),
		"tabs":                          fill("\ta\n"),
		"headings":                      fill("# a\n"),
		"underlined headings":           fill("a\n=\n"),
		"addresses":                     fill("https://a.de "),
		"mail addresses":                fill("a@b.de "),
		"wrong language":                fill("Nous ne vendons jamais vos informations personnelles et nous supprimons tout.\n\n"),
	}
}

// TestHostileTextEndsSoon counts processor time: other people share the machine. It allows more than the second that is
// promised, because they share its caches, too.
func TestHostileTextEndsSoon(t *testing.T) {
	for name, text := range hostileTexts() {
		for _, lang := range Languages() {
			start := processorTime()
			r, err := mustChecker(t).Check(t.Context(), Input{Source: text, Lang: lang})
			took := processorTime() - start
			var refused *InputError
			switch {
			case err != nil && !errors.As(err, &refused):
				t.Errorf("%s: %v", name, err)
			case err == nil:
				checkSpans(t, text, r)
				checkLevels(t, lang, r)
			}
			if took > time.Second {
				t.Logf("%s (%s): %v, error %v", name, lang, took, err)
			}
			if took > 3*time.Second {
				t.Errorf("%s (%s) took %v", name, lang, took)
			}
		}
	}
}

// checkSpans holds what is true of every finding of every text.
func checkSpans(tb testing.TB, source string, r Result) {
	tb.Helper()
	for i, f := range r.Findings {
		if f.Start < 0 || f.End > len(source) || f.Start >= f.End {
			tb.Fatalf("finding %d (%s) has span %d:%d in %d bytes", i, f.Rule, f.Start, f.End, len(source))
		}
		if !utf8.ValidString(source[f.Start:f.End]) || !utf8.ValidString(f.Message+f.Suggestion+f.Replacement) {
			tb.Fatalf("finding %d (%s) cuts a letter in two: %q, %q", i, f.Rule, source[f.Start:f.End], f.Message)
		}
		if f.Message == "" || f.Severity < Hint || f.Severity > Error {
			tb.Fatalf("finding %d (%s) says %q with severity %v", i, f.Rule, f.Message, f.Severity)
		}
	}
	if r.Score != nil && (*r.Score < 0 || *r.Score > 100) {
		tb.Fatalf("score %d", *r.Score)
	}
	if (r.Difficulty == nil) != (r.Words == 0) {
		tb.Fatalf("difficulty %v for %d words", r.Difficulty, r.Words)
	}
}
