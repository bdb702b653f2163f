package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klartext/content/plain"
)

var update = flag.Bool("update", false, "write the golden files anew")

// aReport has each thing that a report can have.
func aReport() []checkedFile {
	source := "\ufeffWir fragen 👋\r\nÜber die Löschung\nstoßen wir an.\n"
	at := func(text string) (int, int) {
		start := strings.Index(source, text)
		return start, start + len(text)
	}
	finding := func(rule string, severity plain.Severity, text string) plain.Finding {
		start, end := at(text)
		return plain.Finding{Rule: rule, Severity: severity, Start: start, End: end, Message: "“" + text + "” is <odd>.", Why: "It is."}
	}
	simple := finding("word.simple", plain.Hint, "Löschung")
	simple.Suggestion, simple.Replacement = "Better: Ende", "Ende"
	score, difficulty := 40, 4.25
	return []checkedFile{
		{
			Path: "texts/ü b.md", Lang: "de", lines: newLines(source),
			Result: &plain.Result{
				Score: &score, Difficulty: &difficulty, Band: plain.BandDemanding, Sentences: 2, Words: 9, RuleSet: "1",
				Findings: []plain.Finding{
					finding("word.simple", plain.Error, "fragen"), finding("sent.other", plain.Warning, "👋\r\nÜber die"), simple,
					finding("sent.other", plain.Hint, "Löschung\nstoßen wir an.\n"),
				},
			},
		},
		{Path: "/tmp/empty.md", Passed: true, lines: newLines(""), Result: &plain.Result{Band: plain.BandTooShort, Findings: []plain.Finding{}, RuleSet: "1"}},
		{Path: "a:b.md", Error: "It is a picture."},
	}
}

func TestReports(t *testing.T) {
	checker, err := plain.New()
	if err != nil {
		t.Fatal(err)
	}
	files := aReport()
	rules := []plain.RuleInfo{{ID: "sent.other", Why: "Others do it."}, {ID: "word.simple", Why: "It is simple."}}
	for name, write := range map[string]func(p *program) error{
		"check.sarif": func(p *program) error { return p.sayJSON(sarifOf(files, rules, 55)) },
		"check.json":  func(p *program) error { return (&checkCommand{Format: "json"}).report(p, checker, files) },
		"check.txt":   func(p *program) error { return (&checkCommand{Format: "text", MinScore: 55}).report(p, checker, files) },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := write(&program{stdout: &out}); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "golden", name)
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(out.Bytes(), want) {
				t.Errorf("got\n%s\nwant\n%s", out.Bytes(), want)
			}
		})
	}
}

// TestSARIFPointsAtTheText reads a real report as a code host does: rules by their index, places by line and column and by bytes.
func TestSARIFPointsAtTheText(t *testing.T) {
	source := "\ufeff---\nlang: de\n---\n\n# Löschung 👋\r\n\r\n- Ä 👋 Die **Übermittlung** an Dritte erfolgt\r\n  gemäß Art. 6 DSGVO.\r\n"
	path := filepath.Join(t.TempDir(), "text.md")
	if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	run(t.Context(), []string{"check", "--format", "sarif", path}, strings.NewReader(""), &out, &errs)
	var log sarifLog
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatalf("%v\n%s%s", err, out.Bytes(), errs.Bytes())
	}
	results := log.Runs[0].Results
	if len(results) < 5 {
		t.Fatalf("only %d results: %s%s", len(results), out.Bytes(), errs.Bytes())
	}
	characters := characterLines(source)
	for _, result := range results {
		if rules := log.Runs[0].Tool.Driver.Rules; result.RuleIndex < 0 || rules[result.RuleIndex].ID != result.RuleID {
			t.Errorf("%s has the index %d", result.RuleID, result.RuleIndex)
		}
		region := result.Locations[0].Physical.Region
		byBytes := source[region.ByteOffset : region.ByteOffset+region.ByteLength]
		if byLines := cutOut(characters, region); byLines != byBytes {
			t.Errorf("%s: %q by lines, %q by bytes", result.RuleID, byLines, byBytes)
		}
	}
}

func characterLines(source string) [][]rune {
	var all [][]rune
	for line := range strings.Lines(strings.TrimPrefix(source, "\ufeff")) {
		all = append(all, []rune(line))
	}
	return append(all, nil)
}

func cutOut(all [][]rune, r *sarifRegion) string {
	if r.StartLine == r.EndLine {
		return string(all[r.StartLine-1][r.StartColumn-1 : r.EndColumn-1])
	}
	text := string(all[r.StartLine-1][r.StartColumn-1:])
	for _, line := range all[r.StartLine : r.EndLine-1] {
		text += string(line)
	}
	return text + string(all[r.EndLine-1][:r.EndColumn-1])
}

func TestHeadOf(t *testing.T) {
	for _, test := range []struct {
		source, rest, lang string
	}{
		{"", "", ""},
		{"Text\n", "Text\n", ""},
		{"---\nlang: de\n---\nText\n", "Text\n", "de"},
		{"\ufeff---\r\ntitle: A\r\nlang: \"en-GB\" # ours\r\n---\r\nText\n", "Text\n", "en-GB"},
		{"---\nlanguage: 'DE'\ntags:\n  - a\n- b\n\n# note\n...\nText", "Text", "DE"},
		{"---\nlang: de\n---", "", "de"},
		{"\ufeffText", "Text", ""},
		{"---\n\nEin Satz steht hier.\n\n---\nText\n", "---\n\nEin Satz steht hier.\n\n---\nText\n", ""},
		{"---\nlang: de\nText ohne Ende\n", "---\nlang: de\nText ohne Ende\n", ""},
		{"---\nlang: de\n", "---\nlang: de\n", ""},
		{"---\n---\nText\n", "---\n---\nText\n", ""},
		{"--- \nlang:\n---\nText\n", "Text\n", ""},
		{"\n---\nlang: de\n---\n", "\n---\nlang: de\n---\n", ""},
	} {
		h := headOf(test.source)
		if rest := test.source[h.length:]; rest != test.rest || h.lang != test.lang {
			t.Errorf("%q: rest %q in %q, want %q in %q", test.source, rest, h.lang, test.rest, test.lang)
		}
	}
}

func TestLanguageByName(t *testing.T) {
	for path, want := range map[string]string{
		"faq.de.md": "de", "a/b/faq.EN.txt": "en", "faq.de-AT.md": "de", "faq.en_GB.markdown": "en", "faq.md": "", "de.md": "", "faq.fr.md": "",
		"de/faq.md": "", "-": "", "": "", ".de.md": "de", "read.me.first.md": "",
	} {
		if got := langInName(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestLanguageByText(t *testing.T) {
	for text, want := range map[string]string{
		"Wir löschen Ihre Adresse nach 30 Tagen.":                                             "de",
		"We delete your address after 30 days.":                                               "en",
		"Disclosure is effected solely with your consent.":                                    "en",
		"Die Verarbeitung erfolgt auf Grundlage einer Einwilligung.":                          "de",
		"Die App nutzt das Exposure Notification Framework von Google und Apple. Wir nicht.":  "de",
		"# Cookies\n\n| Name | Zweck |\n|---|---|\n| `_ga` | Wir zählen damit die Besuche. |": "de",
		"DIE ADRESSE KENNT DER FAHRER.":                                                       "de",
		"Nous utilisons vos données pour vous envoyer les produits que vous avez commandés.":  "",
		"Wij gebruiken uw gegevens om de producten te leveren die u heeft besteld.":           "",
		"Мы удаляем ваш адрес.":                                                               "", "Google": "", "": "", "42": "", "|||": "",
	} {
		if got := guess(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestLinesAndColumns(t *testing.T) {
	for _, test := range []struct {
		source               string
		offset, line, column int
	}{
		{"", 0, 1, 1},
		{"abc", 0, 1, 1},
		{"abc", 3, 1, 4},
		{"äb\ncd", 2, 1, 2},
		{"äb\ncd", 3, 1, 3},
		{"äb\ncd", 4, 2, 1},
		{"äb\ncd\n", 7, 3, 1},
		{"👋\r\nx", 6, 2, 1},
		{"\ufeffab", 3, 1, 1},
		{"\ufeffab", 4, 1, 2},
		{"\ufeffab", 0, 1, 1},
	} {
		if line, column := newLines(test.source).at(test.offset); line != test.line || column != test.column {
			t.Errorf("%q at %d: %d:%d, want %d:%d", test.source, test.offset, line, column, test.line, test.column)
		}
	}
}
