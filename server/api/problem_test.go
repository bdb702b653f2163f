package api_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
)

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	catalog, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		accept string
		lang   content.Lang
		field  string
	}{
		{"de-AT, en;q=0.5", "de", "Ein Feld „farbe“ gibt es hier nicht."},
		{"en", "en", "There is no field “farbe” here."},
		{"fr", "en", "There is no field “farbe” here."},
	} {
		a := w.send(request{
			method: "POST", path: "/api/v1/topics", role: content.Author, body: `{"slug":"a","title":{},"farbe":"rot"}`,
			header: map[string]string{"Accept-Language": test.accept},
		})
		a.want("status", 422, "code", "invalid", "detail", catalog.Printer(test.lang).T("error.invalid"), "errors.0.field", "farbe", "errors.0.code", "json_unknown", "errors.0.detail", test.field)
		if a.status != 422 || a.text("type") == "" || a.text("title") == "" || a.header.Get("Content-Language") != string(test.lang) {
			t.Errorf("%s: %d %v %s", test.accept, a.status, a.header, a.body)
		}
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	w := newWorld(t)
	w.do(content.Author, 404, "GET", "/nothing", nil).want("code", "no_route")
	w.do("", 401, "GET", "/nothing", nil)
	for method, allowed := range map[string]string{"DELETE": "GET, HEAD, POST", "PUT": "GET, HEAD, POST"} {
		a := w.do(content.Author, 405, method, "/topics", nil)
		if a.header.Get("Allow") != allowed {
			t.Errorf("%s: Allow is %q", method, a.header.Get("Allow"))
		}
	}
	preflight := w.send(request{method: "OPTIONS", path: "/api/v1/topics", header: map[string]string{
		"Origin": "https://evil.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization",
	}})
	if strings.Contains(preflight.header.Get("Access-Control-Allow-Methods"), "POST") ||
		strings.Contains(strings.ToLower(preflight.header.Get("Access-Control-Allow-Headers")), "authorization") {
		t.Errorf("a page of another origin may write: %v", preflight.header)
	}
	head := w.send(request{method: http.MethodHead, path: "/api/v1/topics"})
	if head.status != 200 || len(head.body) != 0 {
		t.Errorf("HEAD: %d, %d bytes", head.status, len(head.body))
	}
}

func TestClosedAnswersCanNotBeReadElsewhere(t *testing.T) {
	w := newWorld(t)
	for _, a := range []answer{
		w.do("", 401, "GET", "/channels", nil), w.do(content.Author, 200, "GET", "/channels", nil),
		w.do(content.Author, 200, "GET", "/entries", nil), w.do("", 401, "POST", "/topics", object{}),
	} {
		if a.header.Get("Access-Control-Allow-Origin") != "" || !strings.Contains(a.header.Get("Vary"), "Authorization") {
			t.Errorf("headers: %v", a.header)
		}
	}
}

// TestEveryCodeHasItsSentence reads the codes out of the source, so that a new one cannot be forgotten.
func TestEveryCodeHasItsSentence(t *testing.T) {
	catalog, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	codes := append(codesIn(t, "*.go"), codesIn(t, "schema/*.go")...)
	if len(codes) < 20 {
		t.Fatalf("only %d codes found", len(codes))
	}
	for _, lang := range []content.Lang{"de", "en"} {
		for _, code := range codes {
			if sentence := catalog.Printer(lang).Problem(content.Code(code), nil); strings.HasPrefix(sentence, "[") {
				t.Errorf("%s has no sentence for %s", lang, code)
			}
		}
	}
}

func codesIn(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			kind, isCode := spec.Type.(*ast.SelectorExpr)
			value, isText := spec.Values[0].(*ast.BasicLit)
			if isCode && isText && kind.Sel.Name == "Code" {
				if code, err := strconv.Unquote(value.Value); err == nil {
					codes = append(codes, code)
				}
			}
			return true
		})
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func TestTheAPISaysWhenTheSiteIsNotReadYet(t *testing.T) {
	s := newWorld(t).shop()
	s.api.Published = func() *site.Value { return nil }
	for _, path := range []string{"/topics", "/entries", "/entries/" + s.entry, "/entries/" + s.entry + "/versions", "/changes", "/changes/" + s.change} {
		if a := s.do("", 503, "GET", path, nil); a.header.Get("Retry-After") == "" {
			t.Errorf("%s: %v", path, a.header)
		}
		s.do(content.Author, 200, "GET", path, nil)
	}
}

func TestTimesReadTheSameNowAndLater(t *testing.T) {
	w := newWorld(t)
	w.Time = w.Time.Add(123456 * time.Nanosecond)
	made := w.do(content.Author, 201, "POST", "/topics", object{"slug": "a", "title": object{"de": "A"}})
	w.do(content.Author, 200, "GET", "/topics", nil).want("items.0.created_at", made.text("created_at"))
	entry := w.do(content.Author, 201, "POST", "/entries", object{"kind": "entry", "slug": "a", "topic": made.text("id")})
	w.do(content.Author, 200, "GET", "/entries", nil).want("items.0.created_at", entry.text("created_at"))
}

func TestAnswersAreJSON(t *testing.T) {
	s := newWorld(t).shop()
	a := s.do(content.Author, 200, "GET", "/entries", nil)
	if kind := a.header.Get("Content-Type"); kind != "application/json" || !json.Valid(a.body) {
		t.Errorf("type %q", kind)
	}
}
