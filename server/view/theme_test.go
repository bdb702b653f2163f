package view

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/theme"
	"klartext/static"
)

// themed puts templates over the house's own.
func themed(t *testing.T, templates map[string]string) (*Views, error) {
	t.Helper()
	catalog, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.New(false)
	if err != nil {
		t.Fatal(err)
	}
	own := &theme.Theme{
		Texts: map[content.Lang]map[string]string{"de": {"claim": "Klar <b>"}, "en": {"claim": "Plain <b>"}},
		Files: []theme.File{{Name: "leaf.svg", Address: "/theme/0011223344556677/leaf.svg"}},
	}
	for name, body := range templates {
		own.Templates = append(own.Templates, theme.Template{Name: name, File: "templates/" + name + ".html", Body: body})
	}
	return NewThemed(catalog, assets, false, own)
}

func rendered(t *testing.T, v *Views, lang content.Lang, page string, values any) string {
	t.Helper()
	var b bytes.Buffer
	if err := v.Render(&b, lang, page, values); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThemeGoesOverTheHouse(t *testing.T) {
	v, err := themed(t, map[string]string{
		"header": `<header class="mine"><img src="{{file "leaf.svg"}}" alt="">{{template "house-header" .}}</header>`,
		"before": `<p>{{text "claim"}} {{template "own-sign" .}}</p>{{define "own-sign"}}{{.SiteName}}{{end}}`,
		"footer": "", "missing": `<h1>Nichts</h1>{{template "house-missing" .}}`, "entry": `<h1>{{.Text.Title}}</h1><div>{{stored .Text.Body}}</div>`,
	})
	if err != nil {
		t.Fatal(err)
	}
	values := EntryPage{Public: Public{Lang: "de", SiteName: "<Shop>"}, Text: Reading{Title: "<i>", Body: "<em>so</em>"}}
	page := rendered(t, v, "de", "public/entry", values)
	for _, want := range []string{
		`<header class="mine"><img src="/theme/0011223344556677/leaf.svg" alt=""><header class="top">`, "<p>Klar &lt;b&gt; &lt;Shop&gt;</p>", "<h1>&lt;i&gt;</h1>", "<div><em>so</em></div>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	if strings.Contains(page, "<footer") {
		t.Error("a footer that was left out is there")
	}
	if page := rendered(t, v, "en", "public/missing", MissingPage{Public: Public{Lang: "en"}}); !strings.Contains(page, "<h1>Nichts</h1>") || strings.Count(page, "<h1>") != 2 || !strings.Contains(page, "Plain") {
		t.Errorf("the page for nothing: %s", page)
	}
	if page := rendered(t, v, "en", "admin/login", &LoginPage{}); strings.Contains(page, "mine") {
		t.Error("the admin UI wears the theme")
	}
	use := v.ThemeInUse()
	if i := slices.IndexFunc(use.Templates, func(p ThemePart) bool { return p.Name == "missing" }); i < 0 || !use.Templates[i].Page || len(use.Files) != 1 || len(use.Texts) != 2 {
		t.Errorf("editors are told %+v", use)
	}
}

// Whatever is wrong stops the start and is named with its file and line, on whatever page and branch it stands.
func TestThemesThatAreRefused(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"heater", "x", "templates/heater.html: nothing on the pages has this name; rename it to one of after, before, change,"},
		{"header", "<p>\n{{if .SiteName}}", "templates/header.html line 2: unexpected EOF"},
		{"header", "\n\n{{nothing}}", `templates/header.html line 3: function "nothing" not defined`},
		{"header", "<p>\n{{.Sitename}}", "templates/header.html line 2: {{.Sitename}}: there is no field Sitename here (found on the page "},
		{"header", "<p>\n{{.Text.Title}}", "templates/header.html line 2: {{.Text.Title}}: there is no field Text here (found on the page about;"},
		{"entry", "{{if eq .Edition.Number 77}}\n{{.Nothing}}{{end}}", "templates/entry.html line 2: {{.Nothing}}: there is no field Nothing here (found on the page entry;"},
		{"entry", "{{if .Text.Title}}x{{else}}\n{{.Nothing}}{{end}}", "templates/entry.html line 2: {{.Nothing}}: there is no field Nothing"},
		{"entry", "{{range .Elsewhere}}{{break}}\n{{.Nothing}}{{else}}x{{end}}", "templates/entry.html line 2: {{.Nothing}}: there is no field Nothing"},
		{"entry", "{{with $x := .Topic}}{{else}}\n{{.Nothing}}{{end}}", "templates/entry.html line 2: {{.Nothing}}: there is no field Nothing"},
		{"entry", `{{define "own-a"}}{{if eq .Section "zz"}}` + "\n{{.Nothing}}{{end}}{{end}}{{template \"own-a\" .}}", "templates/entry.html line 2: {{.Nothing}}: there is no field Nothing"},
		{"entry", "\n{{stored .Text.Title}}", "templates/entry.html line 2: {{.Text.Title}}: stored is for the stored HTML of texts only"},
		{"entry", "\n{{stored (print .Text.Body)}}", "templates/entry.html line 2: {{.Text.Body}}: stored is for the stored HTML"},
		{"footer", "\n{{text \"nothing\"}}", `templates/footer.html line 2: {{text "nothing"}}: there is no text "nothing" in the folder texts`},
		{"footer", "\n{{file \"none.png\"}}", `templates/footer.html line 2: {{file "none.png"}}: there is no file "none.png" in the folder files`},
		{"footer", "\n{{template \"nothing\" .}}", `templates/footer.html line 2: no such template "nothing"`},
		{"footer", "{{define \"content\"}}x{{end}}", `templates/footer.html: "content" is defined here; names of parts of your own begin with "own-"`},
		{"footer", "<a href=\n{{if .Lang}}\"x{{end}}>", "templates/footer.html line 2: {{if}} branches end in different contexts"},
		{"footer", "\n<a href='{{.Lang}}", "templates/footer.html: the page cannot be put together; a tag or quotes that begin here do not end here"},
		{"home-intro", "\n{{.Headline.Nothing}}", "templates/home-intro.html line 2: {{.Headline.Nothing}}: there is no field Nothing here (found on the page home;"},
	} {
		_, err := themed(t, map[string]string{c.name: c.body})
		problems, ok := errors.AsType[theme.FileErrors](err)
		if !ok || !strings.HasPrefix(problems[0].Error(), c.want) {
			t.Errorf("%s %q: %v", c.name, c.body, err)
		}
	}
}

// A guard that a page needs is no mistake, though the branch behind it cannot be executed on every page.
func TestThemesMayGuard(t *testing.T) {
	for _, body := range []string{
		`{{if gt (len .Langs) 5}}{{(index .Langs 4).Name}}{{end}}`, `{{with .Own.Logo}}{{.URL}}{{end}}`, `{{if not .Own.Logo}}x{{else}}{{.Own.Logo.URL}}{{end}}`,
		`{{range .Langs}}{{if .Current}}{{continue}}{{end}}{{.Name}}{{else}}{{.SiteName}}{{end}}`, `{{if $f := .Feed.URL}}{{$f}}{{else}}{{$f}}{{end}}`, `  `,
		`<script type="application/ld+json">{{.Title}}</script>`,
	} {
		if _, err := themed(t, map[string]string{"header": body}); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// What docs/theme.md names as fit for themes must be there: on every page the parts, and each whole page.
func TestStablePartsExist(t *testing.T) {
	v := mustViews(t)
	front, err := v.pages["en"]["public/front"]()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(pieces(), stableParts()...) {
		if front.Lookup(name) == nil {
			t.Errorf("there is no %q", name)
		}
	}
	for name, page := range wholePages() {
		if v.pages["en"][page] == nil {
			t.Errorf("%s: there is no page %s", name, page)
		}
		if slices.Contains(pieces(), name) {
			t.Errorf("%s is a piece and a page", name)
		}
	}
}

// stableParts are the parts of the house that a theme may call.
func stableParts() []string {
	return []string{
		"phrase", "link", "lines", "searchform", "answer", "changerow", "upcoming", "materiality", "edition", "notes", "rest", "facts", "actions", "opinions", "printed",
		"vote", "clarity-line", "glossary-link", "follow", "follow-line", "pastnav",
	}
}

// The page for authors of themes names what there is, and nothing else.
func TestDocumentNamesWhatThereIs(t *testing.T) {
	raw, err := os.ReadFile("../../docs/theme.md")
	if err != nil {
		t.Fatal(err)
	}
	said := string(raw)
	for _, name := range append(themeNames(), stableParts()...) {
		if !strings.Contains(said, "`"+name+"`") {
			t.Errorf("docs/theme.md does not name %s", name)
		}
	}
	fields := map[string]bool{}
	for _, page := range publicPages() {
		fieldsOf(reflect.TypeOf(page), fields)
	}
	for _, quoted := range regexp.MustCompile("`(\\.[A-Z][A-Za-z. ]*)`").FindAllStringSubmatch(said, -1) {
		for _, field := range strings.FieldsFunc(quoted[1], func(r rune) bool { return r == '.' || r == ' ' }) {
			if !fields[field] {
				t.Errorf("docs/theme.md names .%s, which no page has", field)
			}
		}
	}
}

// fieldsOf notes the names of all fields and methods below a type.
func fieldsOf(of reflect.Type, found map[string]bool) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	for method := range of.Methods() {
		found[method.Name] = true
		if out := method.Type.Out(0); out.PkgPath() != of.PkgPath() && out.Kind() == reflect.Slice {
			fieldsOf(out, found)
		}
	}
	if of.Kind() != reflect.Struct || of == reflect.TypeFor[time.Location]() || of == reflect.TypeFor[time.Time]() {
		return
	}
	for field := range of.Fields() {
		found[field.Name] = true
		fieldsOf(field.Type, found)
	}
}
