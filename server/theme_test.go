package server_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klartext/content"
	"klartext/server"
	"klartext/server/locale"
	"klartext/server/public"
	"klartext/server/public/publictest"
	"klartext/server/theme"
	"klartext/server/view"
	"klartext/static"
)

const exampleTheme = "../docs/theme-example"

// themedViews wear a theme that lies in a folder.
func themedViews(t *testing.T, folder string) (*theme.Theme, *view.Views) {
	t.Helper()
	catalog := must(locale.Load())(t)
	own := must(theme.Read(folder, catalog.Langs()))(t)
	return own, must(view.NewThemed(catalog, must(static.New(false))(t), false, own))(t)
}

func inTheme(t *testing.T, folder string) func(*public.Deps) {
	own, views := themedViews(t, folder)
	return func(d *public.Deps) { d.Theme, d.Views = own, views }
}

// withFont is the example and a font besides.
func withFont(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(exampleTheme)); err != nil {
		t.Fatal(err)
	}
	css := must(os.ReadFile(filepath.Join(folder, "theme.css")))(t)
	css = append(css, "@font-face{font-family:Own;src:url(files/own.woff2)}"...)
	for name, body := range map[string][]byte{"theme.css": css, "files/own.woff2": []byte("wOF2 of a test")} {
		if err := os.WriteFile(filepath.Join(folder, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestThemeReachesReaders(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store, inTheme(t, withFont(t)))
	for path, wants := range map[string][]string{
		"/de/":                    {"Ihre Daten, in klaren Worten.", "Was wissen wir über Sie?", "Danke fürs Lesen bei"},
		"/en/":                    {"Your data, in plain words.", "What do we know about you?"},
		"/de/faq/payment-data":    {"Ihre Daten, in klaren Worten.", "Danke fürs Lesen bei"},
		"/de/policies/privacy":    {"Ihre Daten, in klaren Worten."},
		"/en/changes":             {"Your data, in plain words."},
		"/de/nothing/at/all":      {"Ihre Daten, in klaren Worten."},
		"/de/search?q=zahlung":    {"Ihre Daten, in klaren Worten."},
		"/en/about-this-site":     {"Your data, in plain words."},
		"/de/as-of/2025-01-01/":   {"Ihre Daten, in klaren Worten."},
		"/de/faq/payment-data/v1": {"Ihre Daten, in klaren Worten."},
	} {
		resp := r.get(t, path)
		text := textOf(t, resp)
		page := checkPage(t, path, text, resp.Header) // the policy allows exactly this style
		for _, want := range wants {
			if !strings.Contains(page.Find("body").Text(), want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		if !strings.Contains(page.Find("style").Text(), "--paper: #fffdf7") || page.Find("footer.bottom").Length() != 1 {
			t.Errorf("%s does not wear the theme over the house's own", path)
		}
		if policy := resp.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; font-src 'self'") {
			t.Errorf("%s lets no font in: %s", path, policy)
		}
	}
	picture := r.page(t, "/de/", http.StatusOK).Find(".claim img").AttrOr("src", "")
	resp := r.get(t, picture)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "image/svg+xml" || resp.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
		!strings.HasPrefix(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("the picture at %s: %d, %v", picture, resp.StatusCode, resp.Header)
	}
	for _, path := range []string{"/theme/", "/theme/0000000000000000/leaf.svg", strings.Replace(picture, "leaf", "none", 1), "/theme/../theme.css"} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
	store.Set(func(s *content.Settings) { s.Look.Accent = "#004488" })
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	style := r.page(t, "/de/", http.StatusOK).Find("style").Text()
	if at := strings.LastIndex(style, "--accent:#004488"); at < strings.LastIndex(style, "--accent: #0b4f4a") {
		t.Error("the colour of the settings does not come last")
	}
}

// The site finds nothing wrong with itself in a theme, and looks at the theme's files, too.
func TestThemeKeepsThePromises(t *testing.T) {
	r := newReaders(t, publictest.Shop(), inTheme(t, withFont(t)))
	checked(t, r, nil)
	if text := r.page(t, "/en/about-this-site", http.StatusOK).Find("main").Text(); !strings.Contains(text, "Everything is as it should be.") {
		t.Errorf("it found: %s", text)
	}
}

func TestPagesWithoutAThemeStayAsTheyAre(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	resp := r.get(t, "/de/faq/payment-data")
	if policy := resp.Header.Get("Content-Security-Policy"); strings.Contains(policy, "font-src") {
		t.Errorf("a policy without a theme lets fonts in: %s", policy)
	}
	if resp := r.get(t, "/theme/x/leaf.svg"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a file of no theme answers %d", resp.StatusCode)
	}
}

func TestThemeIsBuilt(t *testing.T) {
	b := newBuilt(t)
	b.readers = newReaders(t, b.store, func(d *public.Deps) { d.Static = true }, inTheme(t, withFont(t)))
	if result := b.build(t); len(result.Broken) > 0 {
		t.Errorf("%+v", result)
	}
	page := string(must(os.ReadFile(filepath.Join(b.dir, "de/faq/paying/index.html")))(t))
	if !strings.Contains(page, "Ihre Daten, in klaren Worten.") || !strings.Contains(page, "--paper: #fffdf7") {
		t.Error("the files do not wear the theme")
	}
	for _, pattern := range []string{"theme/*/leaf.svg", "theme/*/own.woff2"} {
		if found := must(filepath.Glob(filepath.Join(b.dir, pattern)))(t); len(found) != 1 {
			t.Errorf("%s: %v", pattern, found)
		}
	}
	if result := b.build(t); result.Written != 0 {
		t.Errorf("a second build writes %+v", result)
	}
}

func TestEditorsSeeTheTheme(t *testing.T) {
	_, views := themedViews(t, exampleTheme)
	w := newWorld(t, func(d *server.Deps) { d.Admin.Views = views })
	w.login(w.Admin)
	w.get("/admin/look").is(200).says("section[aria-labelledby=theme]", exampleTheme).says("section[aria-labelledby=theme]", "templates/home-intro.html: replaces a part: the beginning of the front page").
		says("section[aria-labelledby=theme]", "files/leaf.svg")
	bare := newWorld(t)
	bare.login(bare.Admin)
	bare.get("/admin/look").is(200).says("section[aria-labelledby=theme]", "KLARTEXT_THEME")
}
