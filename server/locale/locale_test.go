package locale

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"klartext/content"
)

func mustLoad(t *testing.T) *Catalog {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLanguagesSayTheSameThings(t *testing.T) {
	c := mustLoad(t)
	for _, lang := range c.langs {
		for id := range c.ids[Fallback] {
			if !c.ids[lang][id] {
				t.Errorf("%q is missing in %s", id, lang)
			}
		}
		for id := range c.ids[lang] {
			if !c.ids[Fallback][id] {
				t.Errorf("%q stands in %s only", id, lang)
			}
		}
	}
}

// A placeholder that one language has and another has not is a fact that half of the readers do not get.
func TestLanguagesHaveTheSamePlaceholders(t *testing.T) {
	holes := regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	all := map[string]map[string][]string{}
	for _, lang := range mustLoad(t).Langs() {
		files, err := fs.Glob(messageFiles, "messages/"+string(lang)+"/*.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for id, text := range readMessages(t, file) {
				if all[id] == nil {
					all[id] = map[string][]string{}
				}
				var names []string
				for _, match := range holes.FindAllStringSubmatch(text, -1) {
					names = append(names, match[1])
				}
				slices.Sort(names)
				all[id][string(lang)] = slices.Compact(names)
			}
		}
	}
	for id, langs := range all {
		if !slices.Equal(langs["de"], langs["en"]) {
			t.Errorf("%q has placeholders %v in German, %v in English", id, langs["de"], langs["en"])
		}
	}
}

func TestEveryCodeHasItsSentence(t *testing.T) {
	c := mustLoad(t)
	codes := codesIn(t, "../../content/*.go", "../../server/*/*.go", "../../server/*/*/*.go")
	if len(codes) < 60 {
		t.Fatalf("found %d codes only: the search is broken", len(codes))
	}
	for name, code := range codes {
		for _, lang := range c.langs {
			if !c.ids[lang]["error."+code] {
				t.Errorf("%s: no message %q in %s", name, "error."+code, lang)
			}
		}
	}
}

// A sentence for a code that is gone misleads the next translator.
func TestEverySentenceHasItsCode(t *testing.T) {
	known := map[string]bool{"error.said": true}
	for _, code := range codesIn(t, "../../content/*.go", "../../server/*/*.go", "../../server/*/*/*.go") {
		known["error."+code] = true
	}
	for id := range mustLoad(t).ids[Fallback] {
		if strings.HasPrefix(id, "error.") && !known[id] {
			t.Errorf("no code for the message %q", id)
		}
	}
}

// codesIn finds all string constants of type Code, by file and name.
func codesIn(t *testing.T, globs ...string) map[string]string {
	t.Helper()
	codes := map[string]string{}
	for _, glob := range globs {
		files, err := filepath.Glob(glob)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if !ok || !isCode(spec.Type) || len(spec.Values) != 1 {
					return true
				}
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
					code, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					codes[file+" "+spec.Names[0].Name] = code
				}
				return true
			})
		}
	}
	return codes
}

func isCode(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "Code"
	case *ast.SelectorExpr:
		return e.Sel.Name == "Code"
	}
	return false
}

// Every message that a template or a handler names must exist.
func TestEveryIDThatIsUsedExists(t *testing.T) {
	c := mustLoad(t)
	used := usedIDs(t)
	if len(used) < 100 {
		t.Fatalf("found %d ids only: the search is broken", len(used))
	}
	for id, where := range used {
		found := c.ids[Fallback][id]
		if strings.HasSuffix(id, "_") || strings.HasSuffix(id, ".") { // the code adds the rest
			for other := range c.ids[Fallback] {
				found = found || strings.HasPrefix(other, id)
			}
		}
		if !found {
			t.Errorf("%s: no message %q", where, id)
		}
	}
}

// usedIDs finds {{t "id"}} and {{n "id" in templates, .T("id") and .N("id" in Go, and "note" arguments of SeeOther.
func usedIDs(t *testing.T) map[string]string {
	t.Helper()
	inTemplate := regexp.MustCompile(`[({ ](?:t|n) "([a-z_]+\.[a-zA-Z0-9_.-]+)"`)
	inGo := regexp.MustCompile(`\.(?:T|N)\("([a-z_]+\.[a-zA-Z0-9_.-]+)"`)
	notes := regexp.MustCompile(`web\.SeeOther\(c, .*, "([a-z_]+)"\)`)
	used := map[string]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		find := inTemplate
		switch filepath.Ext(path) {
		case ".go":
			find = inGo
			for _, m := range notes.FindAllStringSubmatch(string(body), -1) {
				used["note."+m[1]] = path
			}
		case ".html", ".xml", ".txt":
		default:
			return nil
		}
		for _, m := range find.FindAllStringSubmatch(string(body), -1) {
			used[m[1]] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return used
}

func TestTellsAnErrorInTheReadersLanguage(t *testing.T) {
	c := mustLoad(t)
	err := &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
		{Field: "title.de", Code: content.CodeTooLong, Args: content.Args{"Length": 1200, "Limit": 1000, "Over": 200}},
		{Field: "why.en", Code: content.CodeLangUnknown, Args: content.Args{"Lang": "fr", "Languages": "de, en"}},
		{Field: "title.de", Code: content.CodeRequired},
	}}
	want := map[string]string{
		"title.de": "Das ist um 200 Zeichen zu lang: 1.200 von höchstens 1.000.",
		"why.en":   "Die Sprache „Französisch“ hat diese Website nicht. Es gibt: de, en.",
	}
	if got := c.Printer("de").FieldErrors(err); !maps.Equal(got, want) {
		t.Errorf("field errors are %q", got)
	}
	if got := c.Printer("en").Error(os.ErrPermission); got != "Something went wrong on our side. It is not your fault." {
		t.Errorf("a strange error is told as %q", got)
	}
	secret := &content.Error{Kind: content.Internal, Code: "password is hunter2"}
	if got := c.Printer("en").Error(secret); strings.Contains(got, "hunter2") {
		t.Errorf("an internal error is told: %q", got)
	}
}

func TestMissingIDIsShownAndNeverPanics(t *testing.T) {
	p := mustLoad(t).Printer("de")
	if got := p.T("there.is.none", "Odd"); got != "[there.is.none]" {
		t.Errorf("got %q", got)
	}
	if got := p.N("there.is.none", 2); got != "[there.is.none]" {
		t.Errorf("got %q", got)
	}
}

func TestUnknownLanguageSpeaksTheFallback(t *testing.T) {
	if got := mustLoad(t).Printer("xx").Lang; got != Fallback {
		t.Errorf("it speaks %q", got)
	}
}

func TestDatesAndNumbers(t *testing.T) {
	c := mustLoad(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	first, second := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)
	de, en := c.Printer("de"), c.Printer("en")
	for got, want := range map[string]string{
		de.Day("2026-11-23"):                  "23. November 2026",
		en.Day("2026-11-23"):                  "23 November 2026",
		de.Day(""):                            "",
		de.Day("2026-02-30"):                  "",
		de.DateTime(first, berlin):            "25. Oktober 2026, 02:30 MESZ",
		de.DateTime(second, berlin):           "25. Oktober 2026, 02:30 MEZ",
		en.DateTime(second, berlin):           "25 October 2026, 02:30 CET",
		en.DateTime(second, time.UTC):         "25 October 2026, 01:30 UTC",
		de.Number(1234567):                    "1.234.567",
		en.Number(1234567):                    "1,234,567",
		de.Duration("P6M"):                    "6 Monate",
		en.Duration("P1Y1D"):                  "1 year, 1 day",
		en.Duration("PT1H30M"):                "1 hour, 30 minutes",
		en.Duration("soon"):                   "soon",
		en.Duration("P"):                      "P",
		en.Duration("PM"):                     "PM",
		en.Duration("P99999999999999999999D"): "P99999999999999999999D",
		de.Country("US"):                      "Vereinigte Staaten",
		en.Country("DE"):                      "Germany",
		en.Country("no country"):              "no country",
		de.LangName("en"):                     "Englisch",
		en.LangName("??"):                     "??",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLaw(t *testing.T) {
	p := mustLoad(t).Printer("en")
	for code, want := range map[string]string{
		"gdpr-6-1-b": "Art. 6(1)(b) GDPR", "gdpr-7": "Art. 7 GDPR", "gdpr-9-2": "Art. 9(2) GDPR", "gdpr": "gdpr", "tdddg-25": "tdddg-25", "": "",
	} {
		if got := p.Law(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	c := mustLoad(t)
	for header, want := range map[string]content.Lang{
		"":                               "en",
		"de":                             "de",
		"de-AT,de;q=0.9,en;q=0.8":        "de",
		"fr-FR,fr;q=0.9,de;q=0.3":        "de",
		"ja":                             "en",
		"en;q=0.2, de;q=0.9":             "de",
		"de;q=0":                         "en",
		"*":                              "en",
		"\x00\xff":                       "en",
		strings.Repeat("de,", 100) + "a": "en",
	} {
		if got := c.Match(header); got != want {
			t.Errorf("Match(%q) = %q, want %q", header, got, want)
		}
	}
}

func TestLoadRefusesBrokenMessages(t *testing.T) {
	good := &fstest.MapFile{Data: []byte(`{"a.b": "x"}`)}
	for name, files := range map[string]fstest.MapFS{
		"no fallback": {"de/a.json": good},
		"twice":       {"en/a.json": good, "en/b.json": good},
		"not JSON":    {"en/a.json": {Data: []byte("{")}},
		"no template": {"en/a.json": {Data: []byte(`{"a.b": 3}`)}},
	} {
		if _, err := load(files); err == nil {
			t.Errorf("%s: loads", name)
		}
	}
}

// readMessages is the text of every message of a file, plural forms joined.
func readMessages(t *testing.T, file string) map[string]string {
	t.Helper()
	body, err := messageFiles.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for id, message := range raw {
		texts[id] = string(message)
	}
	return texts
}
