package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/branding"
	"klartext/content/clarity"
	"klartext/content/picture"
	"klartext/content/plain"
	"klartext/content/site"
	"klartext/content/storetest"
	"klartext/server"
	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/locale"
	"klartext/server/public"
	"klartext/server/view"
	"klartext/static"
)

// world is the real app on a real SQLite file, with a token for each role.
type world struct {
	*storetest.Site
	t        *testing.T
	app      *fiber.App
	api      *api.Handlers
	requests *brokenRequests
	tokens   map[content.Role]string
	document document
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	w := &world{Site: storetest.NewSite(t, storetest.SQLite(t)), t: t, tokens: map[content.Role]string{}}
	w.requests = &brokenRequests{Requests: w.Store}
	accounts := &content.Accounts{Store: w.Store, Now: w.Now}
	for role, actor := range map[content.Role]content.Actor{content.Author: w.Author, content.Approver: w.Approver, content.Admin: w.Admin} {
		_, secret, err := accounts.AddToken(t.Context(), actor, "test", actor.UserID, 0)
		if err != nil {
			t.Fatal(err)
		}
		w.tokens[role] = secret
	}
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	networks := map[string]content.Network{"test": network{}}
	w.Changes.Networks = networks
	channels := &content.Channels{Store: w.Store, Networks: networks, Vault: openVault{}, Now: w.Now}
	checker := clarity.New(words.checker)
	checks := &content.Checks{Store: w.Store, Checker: checker, Now: w.Now}
	w.Changes.Checks = checks
	w.api, err = api.New(api.Deps{
		Editor: w.Editor, Changes: w.Changes, Pictures: &content.Pictures{Store: w.Store, Maker: picture.New(), Now: w.Now}, Site: &content.Site{Store: w.Store, Checker: checker, Logos: branding.Logos{}, Now: w.Now}, Accounts: accounts,
		Words: checker, Checks: checks, Glossary: &content.Glossary{Store: w.Store, Checker: checker, Now: w.Now},
		Channels:  channels,
		Consents:  &content.Consents{Store: w.Store, Channels: channels, Redirect: "https://data.example.org/admin/channels/callback"},
		Questions: &content.Questions{Store: w.Store, Now: w.Now}, Votes: &content.Votes{Store: w.Store, Now: w.Now},
		Deliveries: &content.Deliveries{Store: w.Store, Now: w.Now}, Requests: w.requests, Checker: words.checker, Published: w.published,
		BaseURL: "https://data.example.org", Version: "test", Now: w.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.app = w.serve(server.Limits{})
	w.document = readDocument(t, w)
	return w
}

// serve is the app around the API.
func (w *world) serve(limits server.Limits) *fiber.App {
	w.t.Helper()
	words, err := loadWords()
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := server.New(server.Deps{
		Public: &public.Handlers{}, Admin: &admin.Handlers{}, API: w.api, Views: words.views, Catalog: words.catalog,
		Log: slog.New(slog.DiscardHandler), BaseURL: "https://data.example.org", Listen: "127.0.0.1:8080", Limits: limits,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return s.App()
}

// words are what all worlds share, because making them takes longer than most tests.
type words struct {
	catalog *locale.Catalog
	views   *view.Views
	checker *plain.Checker
}

var loadWords = sync.OnceValues(func() (words, error) {
	catalog, err := locale.Load()
	if err != nil {
		return words{}, err
	}
	assets, err := static.New(false)
	if err != nil {
		return words{}, err
	}
	views, err := view.New(catalog, assets, false)
	if err != nil {
		return words{}, err
	}
	checker, err := plain.New()
	return words{catalog, views, checker}, err
})

// published is the site as readers see it at this moment.
func (w *world) published() *site.Value {
	data, err := w.Store.Published(w.t.Context(), 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return site.New(data)
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
	parsed any
}

// request is sent as it is; roles are put in as tokens.
type request struct {
	method, path string
	role         content.Role // "" for a stranger
	body         string       // "" for none
	header       map[string]string
}

func (w *world) toSite(method, path, body string) *http.Request {
	req := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	req.Host = "data.example.org"
	return req
}

func (w *world) send(r request) answer {
	w.t.Helper()
	req := w.toSite(r.method, r.path, r.body)
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.role != "" {
		req.Header.Set("Authorization", "Bearer "+w.tokens[r.role])
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	res, err := w.app.Test(req, -1)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	a := answer{t: w.t, status: res.StatusCode, header: res.Header, body: body}
	if len(body) > 0 && r.method != http.MethodHead {
		if err := json.Unmarshal(body, &a.parsed); err != nil {
			w.t.Fatalf("%s %s answered with %q, which is no JSON: %v", r.method, r.path, body, err)
		}
	}
	w.document.hold(w.t, r, a)
	return a
}

// do sends v as JSON and expects the status.
func (w *world) do(role content.Role, status int, method, path string, v any) answer {
	w.t.Helper()
	body := ""
	if v != nil {
		raw, err := json.Marshal(v)
		if err != nil {
			w.t.Fatal(err)
		}
		body = string(raw)
	}
	a := w.send(request{method: method, path: "/api/v1" + path, role: role, body: body})
	if a.status != status {
		w.t.Fatalf("%s %s as %q: got %d, want %d: %s", method, path, role, a.status, status, a.body)
	}
	return a
}

// at walks into the answer, as "items.0.id"; nil where there is nothing.
func (a answer) at(path string) any {
	value := a.parsed
	for name := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func (a answer) text(path string) string {
	s, _ := a.at(path).(string)
	return s
}

func (a answer) count(path string) int {
	items, _ := a.at(path).([]any)
	return len(items)
}

// want holds values of the answer against what they should be, printed.
func (a answer) want(pairs ...any) {
	a.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		path, want := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		if got := fmt.Sprint(a.at(path)); got != want {
			a.t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	if a.t.Failed() {
		a.t.Logf("%s", a.body)
	}
}

// lacks tells that none of the words is in the answer.
func (a answer) lacks(words ...string) {
	a.t.Helper()
	for _, word := range words {
		if word != "" && bytes.Contains(a.body, []byte(word)) {
			a.t.Errorf("%q is in %s", word, a.body)
		}
	}
}

type object = map[string]any
