package x_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/outbound"
	"klartext/publishers/publishertest"
	"klartext/publishers/x"
)

// A confidential client proves itself with its secret, in every call.
func TestConfidentialClient(t *testing.T) {
	fake := publishertest.NewX(publishertest.XOptions{ClientSecret: "a-client-secret"})
	fake.Start(t)
	driver := x.New(fake.URL, outbound.New(outbound.Options{AllowPrivate: true}))
	s := publishertest.Subject{Fake: fake.Fake, Typed: typed(fake, "v2")}
	settings := granted(t, func(string) (publishers.Driver, json.RawMessage) { return driver, nil }, s)
	next, err := driver.Renew(t.Context(), settings, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if account, err := driver.Check(t.Context(), next); err != nil || account.Images != 4 {
		t.Errorf("%+v, %v", account, err)
	}
	if err := driver.Revoke(t.Context(), next); err != nil {
		t.Error(err)
	}
	_, err = driver.FinishConsent(t.Context(), content.Consent{Typed: json.RawMessage(`{"client_id":"fake-client-id","client_secret":"wrong"}`)}, "code")
	if e, ok := errors.AsType[*content.Error](err); !ok || len(e.Fields) != 1 || e.Fields[0].Code != content.CodeClientRefused {
		t.Errorf("with a wrong secret: %v", err)
	}
}

// X's own page is on another host than its API; that of any other address is on the same.
func TestConsentPage(t *testing.T) {
	for base, want := range map[string]string{
		"": "https://x.com/i/oauth2/authorize", x.DefaultURL: "https://x.com/i/oauth2/authorize", "http://127.0.0.1:9/": "http://127.0.0.1:9/i/oauth2/authorize",
	} {
		page, _, err := x.New(base, nil).BeginConsent(t.Context(), content.Consent{
			Typed: json.RawMessage(`{"client_id":"id"}`), Redirect: "https://klartext.example/a b", State: "s", Verifier: strings.Repeat("v", 43),
		})
		address, query, _ := strings.Cut(page, "?")
		values, errQuery := url.ParseQuery(query)
		if err != nil || errQuery != nil || address != want || strings.Contains(query, "+") || values.Get("redirect_uri") != "https://klartext.example/a b" ||
			values.Get("scope") != "tweet.read tweet.write users.read media.write offline.access" || values.Get("code_challenge") == "" {
			t.Errorf("%q: %s, %v", base, page, err)
		}
	}
	if _, _, err := x.New("", nil).BeginConsent(t.Context(), content.Consent{Typed: json.RawMessage(`{}`)}); content.KindOf(err) != content.Invalid {
		t.Errorf("without a client id: %v", err)
	}
}

// Keys win over tokens that were granted before them, and never end.
func TestKeysWinOverGrants(t *testing.T) {
	raw, err := json.Marshal(x.Settings{APIKey: "k", AccessToken: "t", ClientID: "id", RefreshToken: "r", ExpiresAt: "2026-03-01T09:00:00Z"})
	if err != nil {
		t.Fatal(err)
	}
	driver := x.New("", nil)
	if at := driver.Expires(raw); !at.IsZero() {
		t.Errorf("keys end at %s", at)
	}
	if _, err := driver.Renew(t.Context(), raw, time.Now()); publishers.FateOf(err).Fate != publishers.Paused {
		t.Errorf("renewing keys: %v", err)
	}
}

// v1.1 is kept as it was: it posts words, and says of all else that it cannot do it.
func TestV11SaysWhatItCannotDo(t *testing.T) {
	fake := publishertest.NewX(publishertest.XOptions{AllowV11: true})
	fake.Start(t)
	driver := x.New(fake.URL, outbound.New(outbound.Options{AllowPrivate: true}))
	post := publishers.Post{Settings: settings(t, fake, "v1.1"), Text: "Hallo", Now: time.Now()}
	picture, reply := post, post
	picture.Media, reply.ReplyTo = []publishers.Media{{Type: "image/png", Alt: "x", Bytes: []byte("x")}}, "1"
	for name, try := range map[string]func() error{
		"picture":  func() error { _, err := driver.Publish(t.Context(), picture); return err },
		"reply":    func() error { _, err := driver.Publish(t.Context(), reply); return err },
		"read":     func() error { _, err := driver.Read(t.Context(), post, "1"); return err },
		"withdraw": func() error { return driver.Withdraw(t.Context(), post, "1") },
	} {
		if fate := publishers.FateOf(try()); fate.Fate != publishers.Never || fate.Reason.Code != content.CodePostWordsOnly {
			t.Errorf("%s: %v", name, fate)
		}
	}
	if n := len(fake.Requests()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}
