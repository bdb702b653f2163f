package admin_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/content/markdown"
	"klartext/content/picture"
	"klartext/content/sqlstore"
	"klartext/server"
	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/locale"
	"klartext/server/public"
	"klartext/server/view"
	"klartext/static"
)

const deskBase = "http://klartext.example"

// desk is the whole app on a real database, with three people at it.
type desk struct {
	*server.Server
	store    *sqlstore.Store
	editor   *content.Editor
	changes  *content.Changes
	now      time.Time
	sessions map[content.Role]string
	users    map[content.Role]content.User
}

// counter is a network that counts characters up to 60.
type counter struct{}

func (counter) Name() string                   { return "counter" }
func (counter) Fields() []content.SettingField { return nil }
func (counter) Check(context.Context, json.RawMessage) (content.Account, error) {
	return content.Account{}, nil
}

func (counter) Compose(_ content.Account, post content.Post) content.Composed {
	text := post.Text
	if post.Link {
		text += "\n\n" + post.Permalink
	}
	return content.Composed{Text: text, Length: utf8.RuneCountInString(text), Limit: 200, CostUSD: "0.20"}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "klartext.db"))
	check(t, err)
	t.Cleanup(func() { check(t, store.Close()) })
	d := &desk{
		store: store, now: time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC),
		sessions: map[content.Role]string{}, users: map[content.Role]content.User{},
	}
	networks := map[string]content.Network{"counter": counter{}}
	d.editor = &content.Editor{Store: store, Renderer: markdown.NewDomain(), Now: d.clock}
	d.changes = &content.Changes{Store: store, Channels: store, Networks: networks, BaseURL: deskBase, Now: d.clock}
	catalog, assets, views := pages(t)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	site := public.New(public.Deps{
		Store: store, Ledger: store, Markdown: d.editor.Renderer, Views: views, Catalog: catalog, Assets: assets, Log: log, Now: d.clock, BaseURL: deskBase,
	})
	programs, err := api.New(api.Deps{})
	check(t, err)
	d.Server, err = server.New(server.Deps{
		Public: site, API: programs, Views: views, Catalog: catalog, Log: log, BaseURL: deskBase, Listen: "127.0.0.1:0",
		Admin: admin.New(admin.Deps{
			Accounts: &content.Accounts{Store: store, Now: d.clock}, Site: &content.Site{Store: store, Now: d.clock},
			Editor: d.editor, Changes: d.changes, Channels: &content.Channels{Store: store, Networks: networks, Now: d.clock},
			Consents:   &content.Consents{},
			Pictures:   &content.Pictures{Store: store, Maker: picture.New(), Now: d.clock},
			Deliveries: &content.Deliveries{Store: store, Now: d.clock},
			Views:      views, BaseURL: deskBase, Log: log, Now: d.clock,
		}),
	})
	check(t, err)
	for _, role := range content.Roles() {
		d.person(t, role)
	}
	return d
}

// parsed holds what every test needs and none changes: parsing all pages takes longer than most tests.
var parsed = sync.OnceValues(func() (*view.Views, error) {
	catalog, err := locale.Load()
	if err != nil {
		return nil, err
	}
	assets, err := static.New(false)
	if err != nil {
		return nil, err
	}
	return view.New(catalog, assets, false)
})

func pages(t *testing.T) (*locale.Catalog, *static.Assets, *view.Views) {
	t.Helper()
	views, err := parsed()
	check(t, err)
	catalog, err := locale.Load()
	check(t, err)
	assets, err := static.New(false)
	check(t, err)
	return catalog, assets, views
}

// clock moves on with every look, so that order is never a matter of luck.
func (d *desk) clock() time.Time {
	d.now = d.now.Add(time.Millisecond)
	return d.now
}

func (d *desk) person(t *testing.T, role content.Role) {
	t.Helper()
	names := map[content.Role]string{content.Author: "Ada", content.Approver: "Ben", content.Admin: "Cleo"}
	u := content.User{ID: content.NewID(d.clock()), Email: string(role) + "@shop.example", Name: names[role], Role: role, Lang: "en", Created: d.now}
	check(t, d.store.CreateUser(t.Context(), u, content.NewAudit(content.System(), d.now, "user.create", u.ID, nil)))
	secret, hash := content.NewSecret("")
	check(t, d.store.CreateSession(t.Context(), hash, content.Session{User: u.ID, Created: d.now, Seen: d.now},
		content.NewAudit(content.System(), d.now, "login", u.ID, nil)))
	d.sessions[role], d.users[role] = secret, u
}

// channel connects an account of the counting network.
func (d *desk) channel(t *testing.T, name string, languages ...content.Lang) content.Channel {
	t.Helper()
	ch := content.Channel{ID: content.NewID(d.clock()), Network: "counter", Name: name, Languages: languages, State: content.ChannelActive, Created: d.now}
	check(t, d.store.CreateChannel(t.Context(), content.StoredChannel{Channel: ch, Sealed: "x"}, content.NewAudit(content.System(), d.now, "channel", ch.ID, nil)))
	return ch
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// seen is an answer, read as a page.
type seen struct {
	*goquery.Document
	status   int
	location string
	html     string
}

func (d *desk) send(t *testing.T, role content.Role, method, path string, form url.Values) seen {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form.Encode()))
	req.Host = strings.TrimPrefix(deskBase, "http://")
	req.Header.Set("Cookie", "klartext_session="+d.sessions[role])
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := d.App().Test(req, -1)
	check(t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	check(t, err)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	check(t, err)
	return seen{Document: doc, status: resp.StatusCode, location: resp.Header.Get("Location"), html: string(body)}
}

// page reads a page that must be there.
func (d *desk) page(t *testing.T, role content.Role, path string) seen {
	t.Helper()
	s := d.send(t, role, http.MethodGet, path, nil)
	if s.status != http.StatusOK {
		t.Fatalf("GET %s: %d %s\n%s", path, s.status, s.location, s.Find("main").Text())
	}
	wellMade(t, path, s)
	return s
}

// post sends a form that must be accepted, and answers where it leads.
func (d *desk) post(t *testing.T, role content.Role, path string, form url.Values) string {
	t.Helper()
	s := d.send(t, role, http.MethodPost, path, form)
	if s.status != http.StatusSeeOther {
		t.Fatalf("POST %s: %d\n%s", path, s.status, s.Find("main").Text())
	}
	return s.location
}

// refuse sends a form that must not be accepted.
func (d *desk) refuse(t *testing.T, role content.Role, path string, form url.Values, status int) seen {
	t.Helper()
	s := d.send(t, role, http.MethodPost, path, form)
	if s.status != status {
		t.Fatalf("POST %s: %d, want %d\n%s", path, s.status, status, s.Find("main").Text())
	}
	wellMade(t, path, s)
	return s
}

// wellMade holds what every page must: controls with labels, ids that stand
// once, links within the page that lead somewhere, no missing word, no inline script or style.
func wellMade(t *testing.T, path string, s seen) {
	t.Helper()
	ids := map[string]int{}
	s.Find("[id]").Each(func(_ int, e *goquery.Selection) { ids[e.AttrOr("id", "")]++ })
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if ids[id] > 1 {
			t.Errorf("%s: id %q stands %d times", path, id, ids[id])
		}
	}
	s.Find("input:not([type=hidden]), textarea, select").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		labelled := e.Closest("label").Length() > 0 || id != "" && s.Find(`label[for="`+id+`"]`).Length() > 0
		if !labelled {
			t.Errorf("%s: %s %q has no label", path, goquery.NodeName(e), e.AttrOr("name", ""))
		}
		for described := range strings.FieldsSeq(e.AttrOr("aria-describedby", "")) {
			if ids[described] == 0 {
				t.Errorf("%s: %q is described by %q, which is not there", path, e.AttrOr("name", ""), described)
			}
		}
	})
	s.Find(`a[href^="#"]`).Each(func(_ int, e *goquery.Selection) {
		if target := strings.TrimPrefix(e.AttrOr("href", ""), "#"); ids[target] == 0 {
			t.Errorf("%s: a link leads to #%s, which is not there", path, target)
		}
	})
	s.Find("form[method=post]").Each(func(_ int, e *goquery.Selection) {
		if e.Find("input[name=_csrf]").Length() != 1 {
			t.Errorf("%s: a form to %s carries no token", path, e.AttrOr("action", ""))
		}
	})
	if n := s.Find("h1").Length(); n != 1 {
		t.Errorf("%s: %d h1", path, n)
	}
	if s.Find("[style], style, script:not([src]), [onclick]").Length() > 0 {
		t.Errorf("%s: style or script within the page", path)
	}
	for _, mark := range []string{"[entry.", "[change.", "[text.", "[error.", "[editor.", "[facts.", "[note.", "<no value>", "ZgotmplZ"} {
		if strings.Contains(s.html, mark) {
			at := strings.Index(s.html, mark)
			t.Errorf("%s: %q: %.80s", path, mark, s.html[at:])
		}
	}
}

// fields reads a form of the page as a browser would send it.
func (s seen) fields(selector string) url.Values {
	form := url.Values{}
	s.Find(selector).First().Find("input[name], textarea[name], select[name]").Each(func(_ int, e *goquery.Selection) {
		name := e.AttrOr("name", "")
		switch {
		case goquery.NodeName(e) == "textarea":
			form.Add(name, strings.TrimPrefix(e.Text(), "\n"))
		case goquery.NodeName(e) == "select":
			chosen := e.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = e.Find("option").First()
			}
			form.Add(name, chosen.AttrOr("value", ""))
		case e.Is("[type=checkbox], [type=radio]"):
			if _, checked := e.Attr("checked"); checked {
				form.Add(name, e.AttrOr("value", "on"))
			}
		default:
			form.Add(name, e.AttrOr("value", ""))
		}
	})
	return form
}

// text is what a part of the page says, blanks made one.
func (s seen) text(selector string) string {
	return strings.Join(strings.Fields(s.Find(selector).Text()), " ")
}
