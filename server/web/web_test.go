package web

import (
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/admin/": "/admin/", "/admin/entries?q=a&b=c#x": "/admin/entries?q=a&b=c#x", "/admin/changes/1": "/admin/changes/1",
		"/admin": "no", "/adminx/": "no", "//evil.example/admin/": "no", "https://evil.example/admin/": "no", `/admin/\evil`: "no",
		"/admin/../evil": "no", "/admin/%2e%2e/evil": "no", "/admin/\nx": "no", "": "no", "javascript:x": "no", "/admin/%zz": "no", "http:/admin/": "no",
	} {
		if got := LocalPath(next, "no"); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", next, got, want)
		}
	}
}

// Wherever a browser would go from this site, it stays on it and in the admin UI.
func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/admin/", "//e", `/\e`, "/admin/..//e", "/admin/\t/e", "/admin/%2e%2e//e", "https://e"} {
		f.Add(seed)
	}
	base, err := url.Parse("https://data.example.org/admin/login")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		got := LocalPath(next, "")
		if got == "" {
			return
		}
		u, err := base.Parse(got)
		if err != nil || u.Host != base.Host || u.Scheme != "https" || !strings.HasPrefix(u.Path, "/admin/") {
			t.Errorf("%q leads to %v (%v)", next, u, err)
		}
	})
}

// ask runs one handler on one request.
func ask(t *testing.T, contentType, body string, handler fiber.Handler) {
	t.Helper()
	app := fiber.New(fiber.Config{Immutable: true, DisablePreParseMultipartForm: true})
	app.Post("/", handler)
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/?title.de=query", strings.NewReader(body))
	r.Host = "x"
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	res, err := app.Test(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if text, err := io.ReadAll(res.Body); err != nil || res.StatusCode != 200 {
		t.Fatalf("%d %s %v", res.StatusCode, text, err)
	}
}

func TestReadForm(t *testing.T) {
	ask(t, "application/x-www-form-urlencoded; charset=utf-8", "b=1&title.en=a%0D%0Ab%0Dc&b=2&title.fr=x&empty=", func(c *fiber.Ctx) error {
		form, err := ReadForm(c)
		if err != nil {
			return err
		}
		if got := form.Get("title.en"); got != "a\nb\nc" {
			t.Errorf("line ends: %q", got)
		}
		if form.Get("title.de") != "" {
			t.Error("the query fills the form")
		}
		if got := form.Names(); strings.Join(got, " ") != "b title.en title.fr empty" {
			t.Errorf("names %q", got)
		}
		text := form.Text("title", []content.Lang{"de", "en"})
		if len(text) != 1 || text["en"] == "" {
			t.Errorf("text %v", text)
		}
		if n, ok := form.Int("b"); !ok || n != 1 {
			t.Errorf("int %d %v", n, ok)
		}
		if _, ok := form.Int("empty"); ok || form.Bool("empty") || !form.Has("empty") {
			t.Error("an empty field is taken for more")
		}
		return nil
	})
}

func TestReadFormRefusesWhatIsNone(t *testing.T) {
	for kind, body := range map[string]string{
		"application/json": `{"a":1}`, "multipart/form-data; boundary=x": "--x", "": "a=b", "text/plain": "a=b",
		"application/x-www-form-urlencoded": strings.Repeat("a=b&", maxFormFields+1),
	} {
		ask(t, kind, body, func(c *fiber.Ctx) error {
			if _, err := ReadForm(c); content.KindOf(err) != content.Invalid {
				t.Errorf("%q is taken: %v", kind, err)
			}
			return nil
		})
	}
}

func TestSeeOther(t *testing.T) {
	for _, line := range [][3]string{
		{"/admin/a", "", "/admin/a"},
		{"/admin/a", "saved", "/admin/a?note=saved"},
		{"/admin/a?b=c", "saved", "/admin/a?b=c&note=saved"},
		{"/admin/a#d", "saved", "/admin/a?note=saved#d"},
	} {
		app := fiber.New()
		app.Get("/", func(c *fiber.Ctx) error { return SeeOther(c, line[0], line[1]) })
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		r.Host = "x"
		res, err := app.Test(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil || res.StatusCode != 303 || res.Header.Get("Location") != line[2] {
			t.Errorf("SeeOther(%q, %q): %d to %q, %v", line[0], line[1], res.StatusCode, res.Header.Get("Location"), err)
		}
	}
}
