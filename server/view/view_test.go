package view

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"klartext/content"
	"klartext/server/locale"
	"klartext/static"
)

func mustViews(t *testing.T) *Views {
	t.Helper()
	catalog, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.New(false)
	if err != nil {
		t.Fatal(err)
	}
	v, err := New(catalog, assets, false)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRenderSpeaksTheLanguageAndEscapes(t *testing.T) {
	v := mustViews(t)
	page := ErrorPage{Admin: Admin{Lang: "de", Title: `</title><script>alert(1)</script>`, SiteName: "Site"}, Message: "<b>"}
	for lang, want := range map[content.Lang]string{"de": "Zum Inhalt", "en": "Skip to content", "xx": "Skip to content"} {
		var b bytes.Buffer
		if err := v.Render(&b, lang, "admin/error", page); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) || strings.Contains(b.String(), "<script>") || strings.Contains(b.String(), "<b>") {
			t.Errorf("%s: %.300s", lang, b.String())
		}
	}
}

func TestRenderFailsForWhatDoesNotExist(t *testing.T) {
	v := mustViews(t)
	for page, data := range map[string]any{"admin/none": nil, "admin/login": struct{}{}} {
		if err := v.Render(&bytes.Buffer{}, "de", page, data); err == nil {
			t.Errorf("%s renders", page)
		}
	}
}

func TestEveryPageParses(t *testing.T) {
	v := mustViews(t)
	for lang, all := range v.pages {
		for name, parsed := range all {
			if page, err := parsed(); err != nil || page == nil {
				t.Errorf("%s in %s: %v", name, lang, err)
			}
		}
	}
}

func TestTemplatesNameOnlyAssetsThatExist(t *testing.T) {
	assets, err := static.New(false)
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(asset|icon) "([^"]+)"`)
	found := 0
	err = fs.WalkDir(templateFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := templateFiles.ReadFile(path)
		for _, m := range named.FindAllStringSubmatch(string(body), -1) {
			found++
			if m[1] == "icon" && assets.Icon(m[2]) == "" || m[1] == "asset" && strings.Contains(assets.Path(m[2]), "missing") {
				t.Errorf("%s names %s %q", path, m[1], m[2])
			}
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("found %d, %v", found, err)
	}
}

// Nothing inline: the Content-Security-Policy allows no script, and no style in the admin UI.
func TestTemplatesHaveNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\son[a-z]+\s*=|\sstyle\s*=|javascript:|<script(?:[^>]*)>[^<\s]`)
	// What is told to machines is data: no browser runs it.
	data := regexp.MustCompile(`<script type="application/ld\+json">[^<]*</script>`)
	err := fs.WalkDir(templateFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := templateFiles.ReadFile(path)
		if m := inline.FindString(data.ReplaceAllString(string(body), "")); m != "" {
			t.Errorf("%s has %q", path, m)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDict(t *testing.T) {
	if _, err := dict("a"); err == nil {
		t.Error("a key without a value passes")
	}
	if _, err := dict(1, 2); err == nil {
		t.Error("a key that is a number passes")
	}
	if m, err := dict("a", 1); err != nil || m["a"] != 1 {
		t.Errorf("%v, %v", m, err)
	}
}
