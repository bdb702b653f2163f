package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/branding"
	"klartext/content/clarity"
	"klartext/content/storetest"
	"klartext/server"
	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/public"
)

const (
	baseURL  = "https://data.example.org"
	host     = "data.example.org"
	goodPass = "regen tisch lampe vogel"
)

// world is the real app on a real SQLite file.
type world struct {
	*storetest.Site
	t        *testing.T
	folder   string // of the database
	server   *server.Server
	app      *fiber.App
	accounts *content.Accounts
	channels *content.Channels
	readers  *public.Handlers
	log      *bytes.Buffer
	cookies  map[string]string // the browser's
	lang     string            // the browser's
}

// newWorld builds it; change may adjust the server's parts.
func newWorld(t *testing.T, change ...func(*server.Deps)) *world {
	t.Helper()
	folder := t.TempDir()
	w := &world{
		Site: storetest.NewSite(t, storetest.SQLiteIn(t, folder)), folder: folder, t: t, log: &bytes.Buffer{}, cookies: map[string]string{}, lang: "en",
	}
	log := slog.New(slog.NewTextHandler(w.log, nil))
	parts := sharedParts(t)
	catalog, assets, views := parts.catalog, parts.assets, parts.views
	networks := map[string]content.Network{"mastodon": network{}}
	w.accounts = &content.Accounts{Store: w.Store, Passwords: passwords{}, Now: w.Now}
	w.channels = &content.Channels{Store: w.Store, Networks: networks, Vault: vault{}, Now: w.Now}
	consents := &content.Consents{Store: w.Store, Channels: w.channels, Redirect: baseURL + admin.CallbackPath}
	w.Changes.Networks = networks
	words := clarity.New(parts.checker)
	checks := &content.Checks{Store: w.Store, Checker: words, Now: w.Now}
	glossary := &content.Glossary{Store: w.Store, Checker: words, Now: w.Now}
	site := &content.Site{Store: w.Store, Checker: words, Logos: branding.Logos{}, Now: w.Now}
	deliveries := &content.Deliveries{Store: w.Store, Networks: networks, Now: w.Now}
	questions, votes := &content.Questions{Store: w.Store, Now: w.Now}, &content.Votes{Store: w.Store, Now: w.Now}
	readers := public.New(public.Deps{
		Store: w.Store, Ledger: w.Store, Markdown: storetest.Escaper{}, Words: words, Views: views, Catalog: catalog, Assets: assets,
		Log: log, Now: w.Now, BaseURL: baseURL,
		Questions: questions, Votes: votes, Forms: vault{}, Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")},
	})
	w.readers = readers
	w.refresh()
	deps := server.Deps{
		Public: readers, Views: views, Catalog: catalog, Log: log, BaseURL: baseURL, Listen: "127.0.0.1:8080",
		Admin: admin.New(admin.Deps{
			Questions: questions, Votes: votes,
			Accounts: w.accounts, Site: site, Editor: w.Editor, Changes: w.Changes, Pictures: w.Pictures(), Channels: w.channels, Consents: consents, Deliveries: deliveries,
			Checks: checks, Glossary: glossary, Words: words, Views: views, BaseURL: baseURL, Log: log, Now: w.Now,
		}),
		API: must(api.New(api.Deps{
			Editor: w.Editor, Changes: w.Changes, Pictures: w.Pictures(), Site: site, Accounts: w.accounts, Channels: w.channels, Consents: consents, Deliveries: deliveries,
			Questions: questions, Votes: votes, Checks: checks, Glossary: glossary, Words: words, Requests: w.Store, Published: readers.Site, BaseURL: baseURL, Version: "test", Now: w.Now, Log: log,
		}))(t),
	}
	for _, f := range change {
		f(&deps)
	}
	w.server = must(server.New(deps))(t)
	w.app = w.server.App()
	return w
}

// refresh shows readers what was published.
func (w *world) refresh() {
	w.t.Helper()
	if err := w.readers.Refresh(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// login gives the browser a session of this person without the login form.
func (w *world) login(actor content.Actor) {
	w.t.Helper()
	link, err := w.accounts.LoginLink(w.t.Context(), w.Admin, actor.UserID)
	if err != nil {
		w.t.Fatal(err)
	}
	_, secret, err := w.accounts.EnterByLink(w.t.Context(), link)
	if err != nil {
		w.t.Fatal(err)
	}
	w.cookies["__Host-klartext"] = secret
}

// answer is what came back.
type answer struct {
	*http.Response
	t    *testing.T
	Text string
}

// send sends a request as the browser would, with its cookies; f may change it first.
func (w *world) send(method, path string, form url.Values, f ...func(*http.Request)) answer {
	w.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, body)
	r.Host = host
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept-Language", w.lang)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range w.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for _, change := range f {
		change(r)
	}
	res, err := w.app.Test(r, -1)
	if err != nil {
		w.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		if cookie.MaxAge < 0 || cookie.Value == "" {
			delete(w.cookies, cookie.Name)
		} else {
			w.cookies[cookie.Name] = cookie.Value
		}
	}
	return answer{Response: res, t: w.t, Text: string(text)}
}

func (w *world) get(path string) answer {
	w.t.Helper()
	return w.send(http.MethodGet, path, nil)
}

func (w *world) post(path string, pairs ...string) answer {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return w.send(http.MethodPost, path, form)
}

// unsaid finds a message id that no language has.
var unsaid = regexp.MustCompile(`\[[a-z_]+\.[a-zA-Z0-9_.]+\]|&lt;no value&gt;|<no value>`)

// is checks the status, and that the page says everything in words.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.StatusCode != status {
		a.t.Fatalf("%s %s: status %d, want %d: %.300s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, words(a.Text))
	}
	if found := unsaid.FindString(a.Text); found != "" {
		a.t.Errorf("%s %s says %s", a.Request.Method, a.Request.URL.Path, found)
	}
	return a
}

// to checks a redirect.
func (a answer) to(path string) answer {
	a.t.Helper()
	a.is(http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != path {
		a.t.Errorf("%s leads to %q, want %q", a.Request.URL.Path, got, path)
	}
	return a
}

func words(html string) string {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		return html
	}
	return strings.Join(strings.Fields(doc.Find("main").Text()), " ")
}

// find is the part of the page that fits the selector; it must be there.
func (a answer) find(selector string) *goquery.Selection {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.Text))
	if err != nil {
		a.t.Fatal(err)
	}
	found := doc.Find(selector)
	if found.Length() == 0 {
		a.t.Fatalf("%s: nothing fits %q in: %.400s", a.Request.URL.Path, selector, words(a.Text))
	}
	return found
}

// says checks the words of a part of the page.
func (a answer) says(selector, want string) answer {
	a.t.Helper()
	if got := strings.Join(strings.Fields(a.find(selector).Text()), " "); !strings.Contains(got, want) {
		a.t.Errorf("%s: %s says %q, want %q", a.Request.URL.Path, selector, got, want)
	}
	return a
}

func (a answer) value(selector string) string {
	a.t.Helper()
	value, _ := a.find(selector).Attr("value")
	return value
}

// passwords costs nothing; what it costs in truth has its own tests.
type passwords struct{}

func (passwords) Hash(_ context.Context, password string) (string, error) {
	return "plain:" + password, nil
}

func (passwords) Verify(_ context.Context, password, hash string) (bool, error) {
	return hash == "plain:"+password || hash == "old:"+password, nil
}

// Outdated is true for a hash made with "old:".
func (passwords) Outdated(hash string) bool { return strings.HasPrefix(hash, "old:") }

func (passwords) Common(password string) bool { return password == "passwordpassword" }

// vault keeps secrets in plain; what encrypts them has its own tests.
type vault struct{}

func (vault) Seal(secret []byte, _ string) (string, error) { return string(secret), nil }
func (vault) Open(sealed, _ string) ([]byte, error)        { return []byte(sealed), nil }

// network is a Mastodon that knows one token.
type network struct{ storetest.Network }

func (network) Name() string { return "mastodon" }

func (network) Hosts(content.Account) []string { return []string{"example.social"} }

func (network) Fields() []content.SettingField {
	return []content.SettingField{{Name: "server"}, {Name: "access_token", Secret: true}}
}

func (network) Check(_ context.Context, settings json.RawMessage) (content.Account, error) {
	switch text := string(settings); {
	case strings.Contains(text, "away.example"):
		return content.Account{}, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
			{Field: "settings.server", Code: content.CodeServerUnreachable, Args: content.Args{"Server": "away.example"}},
		}}
	case !strings.Contains(text, "good-token"):
		return content.Account{}, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
			{Field: "settings.access_token", Code: content.CodeTokenRefused},
		}}
	}
	return content.Account{ID: "1", Handle: "@shop@example.social", URL: "https://example.social/@shop", Limit: 500}, nil
}
