package theme

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klartext/content"
)

// folder makes a theme of names and what is in them.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func spoken() []content.Lang { return []content.Lang{"de", "en"} }

func TestExampleIsRead(t *testing.T) {
	got, err := Read("../../docs/theme-example", spoken())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Templates) != 4 || len(got.Files) != 1 || !strings.HasPrefix(got.CSS, ":root{--radius: 0.5rem;") || got.HasFonts() {
		t.Errorf("it has %d templates, %d files, and %.60s", len(got.Templates), len(got.Files), got.CSS)
	}
	if text, ok := got.Text("de", "claim"); !ok || text != "Ihre Daten, in klaren Worten." {
		t.Errorf("it says %q", text)
	}
	if _, ok := got.Text("de", "nothing"); ok {
		t.Error("it says what is in no file")
	}
	address, ok := got.Path("leaf.svg")
	if hash := strings.TrimSuffix(strings.TrimPrefix(address, Prefix), "/leaf.svg"); !ok || len(hash) != 16 {
		t.Errorf("the picture is at %q", address)
	}
}

// A language without a file gets another's words rather than none.
func TestTextsOfOneLanguage(t *testing.T) {
	got, err := Read(folder(t, map[string]string{"texts/de.json": `{"a": "Hallo"}`}), spoken())
	if err != nil {
		t.Fatal(err)
	}
	if text, ok := got.Text("en", "a"); !ok || text != "Hallo" {
		t.Errorf("in English it says %q", text)
	}
}

// Each mistake is named with its file and line.
func TestWhatIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"wrong name":      {map[string]string{"themes.css": ""}, []string{"themes.css: a theme has no place for this"}},
		"wrong folder":    {map[string]string{"template/header.html": ""}, []string{"template: a theme has no place"}},
		"wrong end":       {map[string]string{"templates/header.htm": ""}, []string{"templates/header.htm: only files that end with .html"}},
		"script file":     {map[string]string{"files/a.js": ""}, []string{"files/a.js: only files that end"}},
		"name of a file":  {map[string]string{"files/a b.png": ""}, []string{"files/a b.png: rename it"}},
		"deep folder":     {map[string]string{"files/a/b.png": ""}, []string{"files/a: folders in files are not read"}},
		"large file":      {map[string]string{"files/a.png": strings.Repeat("x", largest+1)}, []string{"files/a.png: this must be a file of at most 2048 kB"}},
		"language":        {map[string]string{"texts/fr.json": "{}"}, []string{`texts/fr.json: Klartext does not speak "fr"; name the file after one of de, en`}},
		"JSON":            {map[string]string{"texts/de.json": "{\n\"a\": 1\n}"}, []string{"texts/de.json line 2: this is not a list"}},
		"broken JSON":     {map[string]string{"texts/de.json": "{\n\n\"a\" 1\n}"}, []string{"texts/de.json line 3: this is not a list"}},
		"half translated": {map[string]string{"texts/de.json": `{"a":"x"}`, "texts/en.json": `{"b":"x"}`}, []string{`texts/en.json: "a" is missing; de.json has it`, `texts/de.json: "b" is missing; en.json has it`}},
		"several": {
			map[string]string{"theme.css": "a{}\n\n@import 'x';", "templates/head.html": "<p>\n<script>1</script>"},
			[]string{"theme.css line 3: @import cannot be used", "templates/head.html line 2: scripts do not run"},
		},
	} {
		_, err := Read(folder(t, c.files), spoken())
		problems, ok := errors.AsType[FileErrors](err)
		if !ok || len(problems) != len(c.want) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, want := range c.want {
			if !slices.ContainsFunc(problems, func(p FileError) bool { return strings.HasPrefix(p.Error(), want) }) {
				t.Errorf("%s: no %q in\n%v", name, want, err)
			}
		}
	}
}

// A link in the folder leads nowhere outside of it.
func TestNothingOutsideIsRead(t *testing.T) {
	dir := folder(t, map[string]string{"texts/de.json": "{}"})
	secret := filepath.Join(t.TempDir(), "secret.css")
	if err := os.WriteFile(secret, []byte("a{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, cssName)); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(dir, spoken()); err == nil {
		t.Errorf("it read %q", got.CSS)
	}
	if _, err := Read(filepath.Join(dir, "none"), spoken()); err == nil {
		t.Error("a folder that does not exist is read")
	}
}

func TestMostFiles(t *testing.T) {
	files := map[string]string{}
	for i := range mostFiles + 1 {
		files["files/"+string(rune('a'+i/26))+string(rune('a'+i%26))+".png"] = "x"
	}
	if _, err := Read(folder(t, files), spoken()); err == nil || !strings.Contains(err.Error(), "there are 51 files; a theme may have 50") {
		t.Errorf("%v", err)
	}
}
