package mastodon_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"klartext/content"
	"klartext/publishers/mastodon"
	"klartext/publishers/outbound"
	"klartext/publishers/publishertest"
)

func ask(server string) content.Consent {
	return content.Consent{
		Typed: json.RawMessage(`{"server":"` + server + `"}`), Redirect: "https://klartext.example/back", State: "state", Verifier: strings.Repeat("v", 43),
	}
}

// A program registers once with a server: what was kept, or the settings of a channel, serve again for the same address.
func TestRegistersOnceForAServer(t *testing.T) {
	fake := publishertest.NewMastodon(publishertest.MastodonOptions{})
	fake.Start(t)
	driver := mastodon.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
	registered := func() (n int) {
		for _, r := range fake.Requests() {
			if r.Path == "/api/v1/apps" {
				n++
			}
		}
		return n
	}
	c := ask(fake.URL)
	page, kept, err := driver.BeginConsent(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(page)
	if err != nil || u.Query().Get("code_challenge_method") != "S256" || u.Query().Get("state") != "state" || u.Query().Get("scope") != "read:accounts read:statuses write:statuses write:media" {
		t.Errorf("page %s, %v", page, err)
	}
	c.Kept = kept
	if _, _, err = driver.BeginConsent(t.Context(), c); err != nil || registered() != 1 {
		t.Errorf("registered %d times, %v", registered(), err)
	}
	c.Redirect = "https://elsewhere.example/back"
	if _, _, err = driver.BeginConsent(t.Context(), c); err != nil || registered() != 2 {
		t.Errorf("for another address: registered %d times, %v", registered(), err)
	}
}

// A server that sends its sign-in, or only the exchange of the code, to another host is not followed there.
func TestSignInStaysOnTheServer(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]string{
			"authorization_endpoint": "http://" + r.Host + "/oauth/authorize", "token_endpoint": elsewhere.URL + "/oauth/token",
		})
	}))
	defer server.Close()
	driver := mastodon.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
	_, _, err := driver.BeginConsent(t.Context(), ask(server.URL))
	var e *content.Error
	if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Code != content.CodeServerKind || asked != 0 {
		t.Errorf("begin: %v, the other host was asked %d times", err, asked)
	}
}

func TestConsentIsForPublicServers(t *testing.T) {
	driver := mastodon.New(outbound.New(outbound.Options{}), false)
	for _, server := range []string{"", "127.0.0.1", "http://example.social", "localhost", "example.social/path"} {
		if _, _, err := driver.BeginConsent(t.Context(), ask(server)); content.KindOf(err) != content.Invalid {
			t.Errorf("%q: %v", server, err)
		}
	}
}

// A token without the right to pictures still posts words, and the composer says that pictures are not sent.
func TestATokenWithoutTheRightToPictures(t *testing.T) {
	fake := publishertest.NewMastodon(publishertest.MastodonOptions{Scopes: "read write:statuses"})
	fake.Start(t)
	driver := mastodon.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
	account, err := driver.Check(t.Context(), json.RawMessage(`{"server":"`+fake.URL+`","access_token":"`+fake.Token()+`"}`))
	if err != nil || account.Images != 0 {
		t.Fatalf("%+v, %v", account, err)
	}
	if w := driver.Compose(account, content.Post{Text: "x", Media: []string{"1"}}).Warnings; len(w) != 1 || w[0].Code != content.CodeWarnMedia {
		t.Errorf("warnings %v", w)
	}
}

// Servers of other kinds name their limits in other places, or nowhere.
func TestLimitsOfOtherServers(t *testing.T) {
	for body, want := range map[string]content.Account{
		`{"version":"2.7.2 (compatible; Pleroma 2.6.0)","max_toot_chars":5000}`:                               {Limit: 5000, Images: 4},
		`{"version":"4.5.0","configuration":{"statuses":{"max_characters":700,"max_media_attachments":6}}}`:   {Limit: 700, Images: 6},
		`{"version":"0.20.2","configuration":{"statuses":{"max_characters":5000,"max_media_attachments":0}}}`: {Limit: 5000, Images: 0},
		`{"version":"3.0.0"}`: {Limit: 500, Images: 4},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/verify_credentials"):
				_, _ = w.Write([]byte(`{"id":"9abCdEf","username":"shop","url":"https://social.example/users/shop"}`))
			case strings.HasSuffix(r.URL.Path, "/instance"):
				_, _ = w.Write([]byte(body))
			default:
				http.NotFound(w, r)
			}
		}))
		driver := mastodon.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
		got, err := driver.Check(t.Context(), json.RawMessage(`{"server":"`+server.URL+`","access_token":"token"}`))
		if err != nil || got.Limit != want.Limit || got.Images != want.Images || got.Handle != "@shop@social.example" {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
		server.Close()
	}
}
