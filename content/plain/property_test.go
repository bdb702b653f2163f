package plain

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// letters is what is left of a text without mark-up and signs.
var notLetters = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// TestSpansMarkWhatTheySay runs over 1,458 real texts: every span lies in the source, begins and ends
// at a word or a sign that is seen, and the visible text between is in the source slice in order.
func TestSpansMarkWhatTheySay(t *testing.T) {
	findings := 0
	for _, file := range []string{"cwa-faq.jsonl", "github-site-policy.jsonl"} {
		for i, m := range objects(t, "histories", file) {
			if i%(3*slower) != 0 {
				continue
			}
			src, lang := m["markdown"].(string), m["lang"].(string)
			r := mustCheck(t, Input{Source: src, Lang: lang, Kind: KindFAQ})
			checkSpans(t, src, r)
			whole := notLetters.ReplaceAllString(ourReading(t, src), "")
			for _, f := range r.Findings {
				findings++
				marked := src[f.Start:f.End]
				if strings.ContainsAny(marked, "[]()<>*_`\\&#|\u00ad\u200b") || strings.HasPrefix(f.Rule, "para") {
					continue
				}
				if plain := notLetters.ReplaceAllString(marked, ""); !strings.Contains(whole, plain) {
					t.Fatalf("%v: %s marks %q, which nobody sees", m["key"], f.Rule, marked)
				}
				if f.Replacement != "" && f.Rule == "word.officialese" && strings.Contains(marked, "\n") {
					t.Errorf("%v: replaces across lines: %q", m["key"], marked)
				}
			}
		}
	}
	t.Logf("%d findings", findings)
	if findings < 1000/slower {
		t.Errorf("only %d findings: the rules did not run", findings)
	}
}

const markdownSample = `# Was wir speichern

Wir speichern Ihren Namen, Ihre Anschrift und Ihre E-Mail-Adresse. Das tun wir nur, wenn Sie es "wollen".
Der Widerruf ist [jederzeit](https://example.org/a) möglich, zum Beispiel am Telefon.

- Name und Anschrift bei der Bestellung
- Alter
- Ihre Sprache, damit wir Sie richtig ansprechen

> Das sagt die Kundin: Ich will das wissen!

` + "```\ncode im Kasten\n```\n" + `
Danach ist Schluss. Wir löschen alles.
`

// TestScoreDoesNotSeeTheMarkup holds the invariants of counting.
func TestScoreDoesNotSeeTheMarkup(t *testing.T) {
	want := mustCheck(t, Input{Source: markdownSample, Lang: "de"})
	if want.Score == nil {
		t.Fatal("the sample has no score")
	}
	for name, change := range map[string]func(string) string{
		"empty lines":     func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\n\n") },
		"trailing blanks": func(s string) string { return strings.ReplaceAll(s, ".\n", ".   \n") },
		"blanks in lines": func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n   \n") },
		"bullets":         func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n* ") },
		"plus bullets":    func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n+ ") },
		"link targets": func(s string) string {
			return strings.ReplaceAll(s, "https://example.org/a", "https://example.org/ganz/anders?x=(1)")
		},
		"code": func(s string) string {
			return strings.ReplaceAll(s, "code im Kasten", "seitens des Amtes\n\nwird unverzüglich")
		},
		"curly quotes":  func(s string) string { return strings.ReplaceAll(s, `"wollen"`, "„wollen“") },
		"Windows lines": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"front matter":  func(s string) string { return "---\ntitle: Unverzüglich seitens\nlang: de\n---\n\n" + s },
		"soft hyphens":  func(s string) string { return strings.ReplaceAll(s, "Bestellung", "Be\u00adstel\u00adlung") },
		"bold":          func(s string) string { return strings.ReplaceAll(s, "jederzeit", "**jederzeit**") },
		"comment":       func(s string) string { return "<!-- seitens des Amtes -->\n\n" + s },
		"picture":       func(s string) string { return "![](https://example.org/bild.png)\n\n" + s },
	} {
		got := mustCheck(t, Input{Source: change(markdownSample), Lang: "de"})
		if got.Score == nil || *got.Score != *want.Score || *got.Difficulty != *want.Difficulty || got.Sentences != want.Sentences || got.Words != want.Words {
			t.Errorf("%s: %d sentences, %d words, D %v; want %d, %d, %v", name, got.Sentences, got.Words, *got.Difficulty, want.Sentences, want.Words, *want.Difficulty)
		}
	}
}

func TestApostrophesDoNotMatter(t *testing.T) {
	straight := strings.Repeat("We don't sell it, and it's yours. You'll see that we're fair to the company's people. ", 6)
	a := mustCheck(t, Input{Source: straight, Lang: "en"})
	b := mustCheck(t, Input{Source: strings.ReplaceAll(straight, "'", "’"), Lang: "en"})
	if *a.Difficulty != *b.Difficulty || a.Words != b.Words || len(a.Findings) != len(b.Findings) {
		t.Errorf("straight D %v, %d words; curly D %v, %d words", *a.Difficulty, a.Words, *b.Difficulty, b.Words)
	}
}

// TestGenericNamesCostNothing: a name for all genders reads like the name.
func TestGenericNamesCostNothing(t *testing.T) {
	base := "Alle %s bekommen Post. Wir fragen die %s nach der Adresse. Die Adresse der %s bleibt bei uns. " +
		"Das ist gut für die %s in der Stadt und auf dem Land. Wer das nicht will, sagt es uns am Telefon, und wir hören sofort damit auf."
	text := func(name string) string { return strings.ReplaceAll(base, "%s", name) }
	for _, form := range []string{"*innen", ":innen", "/-innen", "_innen", "Innen", `\*innen`, "/innen", "(innen)", "·innen"} {
		for _, name := range []string{"Bürger", "Nutzer", "Mitarbeiter"} {
			plain := mustCheck(t, Input{Source: text(name), Lang: "de"})
			got := mustCheck(t, Input{Source: text(name + form), Lang: "de"})
			if *got.Difficulty > *plain.Difficulty || got.Words != plain.Words || got.Sentences != plain.Sentences {
				t.Errorf("%s%s: D %v, %d words; %s: D %v, %d words", name, form, *got.Difficulty, got.Words, name, *plain.Difficulty, plain.Words)
			}
			if len(got.Findings) > len(plain.Findings) {
				t.Errorf("%s%s is punished: %+v", name, form, got.Findings)
			}
		}
	}
}

// TestSameTextSameResult: no map order, no cache and no other text may shine
// through.
func TestSameTextSameResult(t *testing.T) {
	in := Input{
		Source: markdownSample + "\n\nDie DSGVO gilt. Die Übermittlung erfolgt seitens der Firma, z. B. unverzüglich.", Lang: "de",
	}
	options := Options{Known: []string{"Widerruf", "CRM"}, Replacements: map[string]string{"Anschrift": "Adresse", "Kundin": "Frau", "Schluss": "Ende"}}
	in.Site = mustChecker(t).Site("de", options)
	want := mustCheck(t, in)
	for range 20/slower + 1 {
		c, err := New()
		if err != nil {
			t.Fatal(err)
		}
		in.Site = c.Site("de", options)
		for range 2 {
			got, err := c.Check(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("got %+v\nwant %+v", got, want)
			}
		}
	}
}
