package x_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/outbound"
	"klartext/publishers/publishertest"
	"klartext/publishers/x"
)

func settings(t *testing.T, fake *publishertest.X, driver string) json.RawMessage {
	t.Helper()
	key, secret, token, tokenSecret := fake.Keys()
	raw, err := json.Marshal(x.Settings{APIKey: key, APISecret: secret, AccessToken: token, AccessSecret: tokenSecret, Driver: driver})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// subject plays X with the real time, because the signing library knows no other.
func subject(driver string, moods map[string]publishertest.Want) func(*testing.T, *publishertest.Clock) publishertest.Subject {
	return func(t *testing.T, _ *publishertest.Clock) publishertest.Subject {
		fake := publishertest.NewX(publishertest.XOptions{AllowV11: driver == "v1.1"})
		fake.Start(t)
		_, secret, token, tokenSecret := fake.Keys()
		client := fake.Client(outbound.New(outbound.Options{AllowPrivate: true}))
		blind := `{"meta":{"result_count":0}}`
		if driver == "v1.1" {
			blind = "[]"
		}
		return publishertest.Subject{
			Fake: fake.Fake, Secrets: []string{secret, token, tokenSecret}, BlindLook: blind, Moods: moods,
			At: func(url string) (publishers.Driver, json.RawMessage) {
				return x.New(url, client), settings(t, fake, driver)
			},
			Calls: map[string]publishers.Fate{ // X says 403 of one call, not of the account
				"upload 403": publishers.Never, "read 403": publishers.Never, "withdraw 403": publishers.Never,
			},
			Typed: typed(fake, driver),
			Differs: map[string]publishertest.Want{
				"403": {Copies: 0, State: content.Failed, Reason: content.CodePostRefused}, // "not permitted to perform this action"
			},
		}
	}
}

// typed is what an admin types for consent; v1.1 knows none.
func typed(fake *publishertest.X, driver string) func(string) json.RawMessage {
	if driver == "v1.1" {
		return nil
	}
	id, secret := fake.Registered()
	return func(string) json.RawMessage {
		return json.RawMessage(`{"client_id":"` + id + `","client_secret":"` + secret + `"}`)
	}
}

func moods() map[string]publishertest.Want {
	paused := func(code content.Code) publishertest.Want {
		return publishertest.Want{State: content.Paused, Reason: code}
	}
	sent := publishertest.Want{Copies: 1, State: content.Sent}
	return map[string]publishertest.Want{
		"402":                            paused(content.CodeChannelCredit),
		"403 duplicate":                  {State: content.Failed, Reason: content.CodePostDuplicate},
		"403 duplicate after storing":    sent,
		"403 client-forbidden":           paused(content.CodeChannelRights),
		"403 unsupported-authentication": paused(content.CodeChannelRights),
		"403 not permitted":              {State: content.Failed, Reason: content.CodePostRefused},
		"403 suspended":                  paused(content.CodeChannelRights),
		"429 code 88":                    sent,
		"429 rate-limit-exceeded":        sent,
		"429 usage-capped":               paused(content.CodeChannelCap),
		"453":                            paused(content.CodeChannelNoV1),
		"410 empty":                      {State: content.Failed},
	}
}

func TestV2Contract(t *testing.T) { publishertest.Run(t, subject("v2", moods())) }

// With tokens that the owner granted all is as with keys; only the end of a token is told apart.
func TestGrantedContract(t *testing.T) {
	publishertest.Run(t, func(t *testing.T, clock *publishertest.Clock) publishertest.Subject {
		s := subject("v2", moods())(t, clock)
		keys, asked := s.At, s
		s.At = func(url string) (publishers.Driver, json.RawMessage) {
			driver, _ := keys(url)
			return driver, granted(t, keys, asked)
		}
		s.Renews = true
		s.Typed = nil // consent itself is played with keys
		return s
	})
}

// granted are the settings after the owner's consent, whose browser is sent back at once.
func granted(t *testing.T, at func(string) (publishers.Driver, json.RawMessage), s publishertest.Subject) json.RawMessage {
	t.Helper()
	driver, _ := at(s.Fake.URL)
	consenter, ok := driver.(content.Consenter)
	if !ok {
		t.Fatal("X knows consent")
	}
	ask := content.Consent{Typed: s.Typed(s.Fake.URL), Redirect: "https://klartext.example/back", State: "s", Verifier: strings.Repeat("v", 43)}
	page, _, err := consenter.BeginConsent(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, page, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := outbound.New(outbound.Options{AllowPrivate: true}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	back, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := consenter.FinishConsent(t.Context(), ask, back.Query().Get("code"))
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

func TestV11Contract(t *testing.T) { publishertest.Run(t, subject("v1.1", moods())) }

// Our own lost answer, refused as a duplicate when a person orders it again, is found and not posted twice.
func TestDuplicateOfOurOwnLostPostIsFound(t *testing.T) {
	fake := publishertest.NewX(publishertest.XOptions{})
	fake.Start(t)
	driver := x.New(fake.URL, outbound.New(outbound.Options{AllowPrivate: true}))
	post := publishers.Post{
		Settings: settings(t, fake, "v2"), Account: content.Account{ID: fake.AccountID()}, Text: "Hallo\n\nhttps://example.com/de/changes/a",
		Permalink: "https://example.com/de/changes/a", First: time.Now(), Now: time.Now(),
	}
	first, err := driver.Publish(t.Context(), post)
	if err != nil {
		t.Fatal(err)
	}
	_, err = driver.Publish(t.Context(), post)
	if fate := publishers.FateOf(err); fate.Fate != publishers.Unsure || !fate.Duplicate {
		t.Fatalf("the second one: %v", err)
	}
	found, err := driver.Look(t.Context(), post)
	if err != nil || len(found) != 1 || found[0].ID != first.ID {
		t.Errorf("found %+v, %v; want %s", found, err, first.ID)
	}
	post.Permalink = "" // without a link the words alone must do
	if found, err = driver.Look(t.Context(), post); err != nil || len(found) != 1 {
		t.Errorf("by its words: %+v, %v", found, err)
	}
	post.First = time.Now().Add(time.Hour)
	if found, err = driver.Look(t.Context(), post); err != nil || len(found) != 0 {
		t.Errorf("before the attempt: %+v, %v", found, err)
	}
}

func TestCheckOfV11WithoutAccessNamesTheDriver(t *testing.T) {
	fake := publishertest.NewX(publishertest.XOptions{})
	fake.Start(t)
	driver := x.New(fake.URL, outbound.New(outbound.Options{AllowPrivate: true}))
	_, err := driver.Check(t.Context(), settings(t, fake, "v1.1"))
	if content.KindOf(err) != content.Invalid {
		t.Errorf("check: %v", err)
	}
}

func TestNoIdempotencyKeyIsSent(t *testing.T) {
	fake := publishertest.NewX(publishertest.XOptions{})
	fake.Start(t)
	driver := x.New(fake.URL, outbound.New(outbound.Options{AllowPrivate: true}))
	if _, err := driver.Publish(t.Context(), publishers.Post{Settings: settings(t, fake, ""), Text: "Hallo", Key: "k"}); err != nil {
		t.Fatal(err)
	}
	if requests := fake.Requests(); len(requests) != 1 || requests[0].Key != "" {
		t.Errorf("requests: %+v", requests)
	}
}
