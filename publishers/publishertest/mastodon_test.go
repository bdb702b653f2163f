package publishertest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

type mastodonStatus struct {
	ID, URL, Visibility, Language, Content, Text string
	SpoilerText                                  string `json:"spoiler_text"`
	EditedAt                                     string `json:"edited_at"`
	Reblog                                       *mastodonStatus
}

func startMastodon(t *testing.T, options MastodonOptions) *Mastodon {
	t.Helper()
	m := NewMastodon(options)
	m.Start(t)
	return m
}

func form(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

func TestAKeyHoldsForAnHourOnMastodonOnly(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		after  time.Duration
		copies int
	}{
		{MastodonKind, 59 * time.Minute, 1},
		{MastodonKind, 61 * time.Minute, 2},
		{GoToSocial, time.Second, 2},
	} {
		clock := newClock()
		m := startMastodon(t, MastodonOptions{Kind: c.kind, Now: clock.now})
		first := mustDecode[mastodonStatus](t, m.call(t, http.MethodPost, "/api/v1/statuses", "k", form("status", "once", "visibility", "public")))
		clock.at = clock.at.Add(c.after)
		second := mustDecode[mastodonStatus](t, m.call(t, http.MethodPost, "/api/v1/statuses", "k", `{"status":"once, in other words"}`))
		if got := m.Copies("once"); got != c.copies {
			t.Errorf("%s after %s: %d copies, want %d", c.kind, c.after, got, c.copies)
		}
		if same := first.ID == second.ID; same != (c.copies == 1) {
			t.Errorf("%s after %s: ids %s and %s", c.kind, c.after, first.ID, second.ID)
		}
	}
}

func TestLengthByKind(t *testing.T) {
	family := "👨\u200d👩\u200d👧\u200d👦"
	long := "https://example.com/" + strings.Repeat("a", 100)
	for _, c := range []struct {
		name, text, warning string
		kind                Kind
		limit, status       int
	}{
		{"graphemes", strings.Repeat(family, 10), "", MastodonKind, 10, 200},
		{"one too many", strings.Repeat(family, 11), "", MastodonKind, 10, 422},
		{"link is 23", long, "", MastodonKind, 23, 200},
		{"warning counts", long, "w", MastodonKind, 23, 422},
		{"host of a name is free", "@ab@example.social", "", MastodonKind, 3, 200},
		{"code points", family, "", GoToSocial, 6, 400},
		{"all code points", family, "", GoToSocial, 7, 200},
		{"link in full", long, "", GoToSocial, 119, 400},
		{"empty", " ", "", MastodonKind, 10, 422},
		{"empty", " ", "", GoToSocial, 10, 400},
	} {
		m := startMastodon(t, MastodonOptions{Kind: c.kind, Limit: c.limit})
		a := m.call(t, http.MethodPost, "/api/v1/statuses", "", form("status", c.text, "spoiler_text", c.warning))
		if a.status != c.status {
			t.Errorf("%s on %s: status %d %s, want %d", c.name, c.kind, a.status, a.body, c.status)
		}
		if held := len(m.Posts()) == 1; held != (c.status == 200) {
			t.Errorf("%s on %s: %d posts", c.name, c.kind, len(m.Posts()))
		}
	}
}

func TestContentHidesTheEndsOfALink(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	link := "https://www.example.com/de/changes/2026-11-23?a=1&b=2"
	s := mustDecode[mastodonStatus](t, m.call(t, http.MethodPost, "/api/v1/statuses", "", form("status", "a < b\nc #Tag\n\n"+link, "language", "de")))
	want := `<p>a &lt; b<br />c <a href="` + m.URL + `/tags/tag" class="mention hashtag" rel="tag">#<span>Tag</span></a></p>` +
		`<p><a href="https://www.example.com/de/changes/2026-11-23?a=1&amp;b=2" target="_blank" rel="nofollow noopener noreferrer" translate="no">` +
		`<span class="invisible">https://www.</span><span class="ellipsis">example.com/de/changes/2026-11</span><span class="invisible">-23?a=1&amp;b=2</span></a></p>`
	if s.Content != want {
		t.Errorf("content is\n%s, want\n%s", s.Content, want)
	}
	if s.Language != "de" || m.Copies(link) != 1 {
		t.Errorf("language %q, %d copies", s.Language, m.Copies(link))
	}
	if page := do(mustRequest(t, http.MethodGet, s.URL, "", "")); page.status != 200 || !strings.Contains(page.body, "a &lt; b") {
		t.Errorf("the post's page answers %d %s", page.status, page.body)
	}
}

func TestVisibilityWithoutAWish(t *testing.T) {
	for _, c := range []struct {
		options     MastodonOptions
		asked, want string
	}{
		{MastodonOptions{}, "", "public"},
		{MastodonOptions{Kind: GoToSocial}, "", "unlisted"},
		{MastodonOptions{Limited: true}, "public", "unlisted"},
		{MastodonOptions{Limited: true}, "private", "private"},
	} {
		m := startMastodon(t, c.options)
		s := mustDecode[mastodonStatus](t, m.call(t, http.MethodPost, "/api/v1/statuses", "", form("status", "x", "visibility", c.asked)))
		if s.Visibility != c.want {
			t.Errorf("%+v asked for %q: %q, want %q", c.options, c.asked, s.Visibility, c.want)
		}
	}
}

func TestListPagesThroughOwnPosts(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	for range 45 {
		m.Hold(Held{Text: "x"})
	}
	m.Hold(Held{Text: "somebody else's", Boost: true})
	path := "/api/v1/accounts/" + m.AccountID() + "/statuses?exclude_reblogs=true&limit=100"
	a := m.call(t, http.MethodGet, path, "", "")
	first := mustDecode[[]mastodonStatus](t, a)
	if len(first) != 40 || !strings.Contains(a.header.Get("Link"), "max_id="+first[39].ID) {
		t.Fatalf("%d posts, Link %s", len(first), a.header.Get("Link"))
	}
	rest := mustDecode[[]mastodonStatus](t, m.call(t, http.MethodGet, path+"&max_id="+first[39].ID, "", ""))
	if len(rest) != 5 || byID(rest[0].ID, first[39].ID) >= 0 {
		t.Errorf("the second page has %d posts", len(rest))
	}
	newer := mustDecode[[]mastodonStatus](t, m.call(t, http.MethodGet, path+"&since_id="+first[3].ID, "", ""))
	if len(newer) != 3 {
		t.Errorf("%d posts since the fourth, want 3", len(newer))
	}
	all := mustDecode[[]mastodonStatus](t, m.call(t, http.MethodGet, strings.Replace(path, "true", "false", 1), "", ""))
	if all[0].Reblog == nil {
		t.Error("the boost is missing where boosts are asked for")
	}
}

func TestEditReplacesEveryField(t *testing.T) {
	m := startMastodon(t, MastodonOptions{Kind: GoToSocial})
	path := "/api/v1/statuses/" + m.Hold(Held{Text: "old", Warning: "careful"}).ID
	if a := m.call(t, http.MethodPut, path, "", form("status", "old", "spoiler_text", "careful")); a.status != 422 {
		t.Errorf("an identical edit: %d", a.status)
	}
	s := mustDecode[mastodonStatus](t, m.call(t, http.MethodPut, path, "", form("status", "new")))
	if s.SpoilerText != "" || s.EditedAt == "" {
		t.Errorf("after an edit without it the warning is %q, edited %q", s.SpoilerText, s.EditedAt)
	}
	if s = mustDecode[mastodonStatus](t, m.call(t, http.MethodGet, path+"/source", "", "")); s.Text != "new" {
		t.Errorf("source is %q", s.Text)
	}
	if s = mustDecode[mastodonStatus](t, m.call(t, http.MethodDelete, path, "", "")); s.Text != "new" {
		t.Errorf("deleting answers %q", s.Text)
	}
	if a := m.call(t, http.MethodDelete, path, "", ""); a.status != 404 {
		t.Errorf("deleting again: %d", a.status)
	}
}

func TestTokensAndScopes(t *testing.T) {
	m := startMastodon(t, MastodonOptions{ReadOnly: true})
	if a := m.call(t, http.MethodDelete, "/api/v1/statuses/0", "", ""); a.status != 403 {
		t.Errorf("writing with a token that may read: %d", a.status)
	}
	if a := m.call(t, http.MethodGet, "/api/v1/accounts/verify_credentials", "", ""); a.status != 200 {
		t.Errorf("reading: %d", a.status)
	}
	r := mustRequest(t, http.MethodGet, m.URL+"/api/v1/accounts/verify_credentials", "", "")
	r.Header.Set("Authorization", "Bearer wrong")
	if a := do(r); a.status != 401 || a.body != `{"error":"The access token is invalid"}` {
		t.Errorf("a wrong token: %d %s", a.status, a.body)
	}
}

// mustRequestLike is the same post again.
func mustRequestLike(t *testing.T, r *http.Request) *http.Request {
	t.Helper()
	again := mustRequest(t, r.Method, r.URL.String(), formType, "status=hello")
	again.Header.Set("Authorization", r.Header.Get("Authorization"))
	return again
}

func TestIDsAreAsOnRealServers(t *testing.T) {
	for kind, length := range map[Kind]int{MastodonKind: 18, GoToSocial: 26} {
		clock := newClock()
		m := startMastodon(t, MastodonOptions{Kind: kind, Now: clock.now})
		last := ""
		for range 100 {
			clock.at = clock.at.Add(time.Minute)
			id := m.Hold(Held{Text: "x"}).ID
			if len(id) != length || last != "" && byID(id, last) <= 0 {
				t.Fatalf("%s: id %s after %s", kind, id, last)
			}
			last = id
		}
	}
}

// about is what any of the calls says of a server.
type about struct {
	MaxTootChars  int `json:"max_toot_chars"`
	Configuration struct {
		Statuses struct {
			MaxCharacters int `json:"max_characters"`
		}
	}
	Links    []struct{ Href string }
	Software struct{ Name string }
}

func TestAboutByKind(t *testing.T) {
	for _, kind := range []Kind{MastodonKind, GoToSocial} {
		m := startMastodon(t, MastodonOptions{Kind: kind, Limit: 777})
		ask := func(url string) about {
			a := do(mustRequest(t, http.MethodGet, url, "", ""))
			if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
				t.Errorf("%s: %d %s", url, a.status, a.header.Get("Content-Type"))
			}
			return mustDecode[about](t, a)
		}
		v1, v2 := ask(m.URL+"/api/v1/instance"), ask(m.URL+"/api/v2/instance")
		if v1.Configuration.Statuses.MaxCharacters != 777 || v2.Configuration != v1.Configuration {
			t.Errorf("%s: the limits are %+v and %+v", kind, v1, v2)
		}
		if (v1.MaxTootChars == 777) != (kind == GoToSocial) {
			t.Errorf("%s: max_toot_chars is %d", kind, v1.MaxTootChars)
		}
		node := ask(ask(m.URL + "/.well-known/nodeinfo").Links[0].Href)
		if node.Software.Name != string(kind) {
			t.Errorf("%s: nodeinfo names %q", kind, node.Software.Name)
		}
	}
}

func TestSignInGivesATokenOnceForACode(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	back := "https://klartext.example/callback"
	a := mustDecode[struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}](t, do(mustRequest(t, http.MethodPost, m.URL+"/api/v1/apps", formType, form("client_name", "Klartext", "redirect_uris", back, "scopes", "read write"))))
	sum := sha256.Sum256([]byte("verifier"))
	ask := form("response_type", "code", "client_id", a.ID, "redirect_uri", back, "scope", "read write", "state", "s",
		"code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]), "code_challenge_method", "S256")
	to, err := url.Parse(do(mustRequest(t, http.MethodGet, m.URL+"/oauth/authorize?"+ask, "", "")).header.Get("Location"))
	if err != nil || to.Query().Get("state") != "s" {
		t.Fatalf("sent to %s: %v", to, err)
	}
	change := func() answer {
		return do(mustRequest(t, http.MethodPost, m.URL+"/oauth/token", formType, form("grant_type", "authorization_code", "client_id", a.ID,
			"client_secret", a.Secret, "redirect_uri", back, "code", to.Query().Get("code"), "code_verifier", "verifier")))
	}
	got := mustDecode[struct {
		Token string `json:"access_token"`
	}](t, change())
	r := mustRequest(t, http.MethodPost, m.URL+"/api/v1/statuses", formType, "status=hello")
	r.Header.Set("Authorization", "Bearer "+got.Token)
	if a := do(r); a.status != 200 {
		t.Errorf("posting with the new token: %d %s", a.status, a.body)
	}
	if again := change(); again.status != 400 {
		t.Errorf("the code a second time: %d", again.status)
	}
	revoke := func(id string) int {
		return do(mustRequest(t, http.MethodPost, m.URL+"/oauth/revoke", formType, form("client_id", id, "client_secret", a.Secret, "token", got.Token))).status
	}
	if got := [3]int{revoke("another"), revoke(a.ID), revoke(a.ID)}; got != [3]int{403, 200, 200} {
		t.Errorf("revoking answers %v", got)
	}
	if again := do(mustRequestLike(t, r)); again.status != 401 {
		t.Errorf("posting with a revoked token: %d", again.status)
	}
	for _, seen := range m.Requests() {
		if strings.Contains(seen.Body, a.Secret) || strings.Contains(seen.Body, got.Token) {
			t.Errorf("a secret is kept: %+v", seen)
		}
	}
}
