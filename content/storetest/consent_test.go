package storetest_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
	"klartext/content/vault"
)

const back = "https://example.org/admin/channels/callback"

// consenting is a site with a network that asks owners.
type consenting struct {
	*storetest.Site
	t        *testing.T
	network  *storetest.Granting
	channels *content.Channels
	consents *content.Consents
}

func newConsenting(t *testing.T, store *sqlstore.Store) *consenting {
	t.Helper()
	s := storetest.NewSite(t, store)
	var mutex sync.Mutex
	now := func() time.Time {
		mutex.Lock()
		defer mutex.Unlock()
		return s.Now()
	}
	keys, err := vault.Load(t.TempDir() + "/secret.key")
	if err != nil {
		t.Fatal(err)
	}
	network := &storetest.Granting{Clock: now, Account: content.Account{ID: "1", Handle: "@shop", URL: "https://a.example/@shop", Limit: 500}}
	channels := &content.Channels{Store: store, Networks: map[string]content.Network{"test": network}, Vault: keys, Now: now}
	return &consenting{
		Site: s, t: t, network: network, channels: channels,
		consents: &content.Consents{Store: store, Channels: channels, Redirect: back},
	}
}

func (c *consenting) begin(actor content.Actor, channel string) content.ConsentPage {
	c.t.Helper()
	in := content.ConsentInput{Network: "test", Name: "Shop", Languages: []content.Lang{"de"}, Settings: json.RawMessage(`{"server":"a.example"}`)}
	if channel != "" {
		in = content.ConsentInput{Channel: channel}
	}
	page, err := c.consents.Begin(c.t.Context(), actor, in)
	if err != nil {
		c.t.Fatal(err)
	}
	return page
}

func (c *consenting) finish(actor content.Actor, page content.ConsentPage) (content.Channel, error) {
	state, code := c.network.Consent(page.URL)
	return c.consents.Finish(c.t.Context(), actor, content.ConsentAnswer{State: state, Code: code})
}

func (c *consenting) connect() content.Channel {
	c.t.Helper()
	channel, err := c.finish(c.Admin, c.begin(c.Admin, ""))
	if err != nil {
		c.t.Fatal(err)
	}
	return channel
}

// stored is the channel's grant as it is stored.
func (c *consenting) stored(id string) storetest.Grant {
	c.t.Helper()
	kept, err := c.Store.Channel(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	raw, err := c.channels.Vault.Open(kept.Sealed, content.SettingsPlace(id))
	if err != nil {
		c.t.Fatal(err)
	}
	var g storetest.Grant
	if err := json.Unmarshal(raw, &g); err != nil {
		c.t.Fatal(err)
	}
	return g
}

func hasCode(t *testing.T, what string, err error, kind content.Kind, code content.Code) {
	t.Helper()
	if content.KindOf(err) != kind || !strings.Contains(err.Error(), string(code)) {
		t.Errorf("%s: %v, want %s %s", what, err, kind, code)
	}
}

func TestConsentMakesAChannel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		page := c.begin(c.Admin, "")
		if !strings.HasPrefix(page.URL, "https://a.example/ask?") || page.Expires.Sub(c.Time).Round(time.Second) != content.ConsentLife {
			t.Errorf("page: %+v", page)
		}
		channel, err := c.finish(c.Admin, page)
		if err != nil || channel.State != content.ChannelActive || channel.Name != "Shop" || channel.Account.Handle != "@shop" || channel.Languages[0] != "de" {
			t.Fatalf("%+v, %v", channel, err)
		}
		if g := c.stored(channel.ID); !strings.HasPrefix(g.Access, "access-canary") || g.Server != "a.example" {
			t.Errorf("stored: %+v", g)
		}
		state, code := c.network.Consent(page.URL)
		_, err = c.consents.Finish(t.Context(), c.Admin, content.ConsentAnswer{State: state, Code: code})
		hasCode(t, "an answer that came twice", err, content.Conflict, content.CodeConsentUnknown)
		all, err := c.channels.List(t.Context(), c.Admin)
		if err != nil || len(all) != 1 {
			t.Errorf("%d channels, %v", len(all), err)
		}
	})
}

func TestConsentBelongsToWhoAsked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		second := content.User{ID: content.NewID(c.Now()), Email: "second@example.org", Name: "Second", Role: content.Admin, Created: c.Time}
		if err := store.CreateUser(t.Context(), second, content.NewAudit(content.System(), c.Time, "user.create", second.ID, nil)); err != nil {
			t.Fatal(err)
		}
		other := second.Actor("session")
		mine, theirs := c.begin(c.Admin, ""), c.begin(other, "")
		_, err := c.finish(other, mine)
		hasCode(t, "another admin's answer", err, content.Conflict, content.CodeConsentUnknown)
		// States that were mixed up: the code was given for the other question.
		state, _ := c.network.Consent(mine.URL)
		_, code := c.network.Consent(theirs.URL)
		_, err = c.consents.Finish(t.Context(), c.Admin, content.ConsentAnswer{State: state, Code: code})
		hasCode(t, "the code of another question", err, content.Invalid, content.CodeConsentCode)
		if channel, err := c.finish(other, theirs); err != nil || channel.State != content.ChannelActive {
			t.Errorf("one's own: %+v, %v", channel, err)
		}
		for name, actor := range map[string]content.Actor{"approver": c.Approver, "nobody": {}, "operator": content.Operator()} {
			if _, err := c.consents.Begin(t.Context(), actor, content.ConsentInput{Network: "test"}); err == nil || content.KindOf(err) == content.Invalid {
				t.Errorf("%s began: %v", name, err)
			}
			if _, err := c.consents.Finish(t.Context(), actor, content.ConsentAnswer{State: "x", Code: "y"}); err == nil || content.KindOf(err) == content.Conflict {
				t.Errorf("%s finished: %v", name, err)
			}
		}
	})
}

func TestOneOfTwoCallbacksWins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		page := c.begin(c.Admin, "")
		state, code := c.network.Consent(page.URL)
		won := make(chan bool, 8)
		var wg sync.WaitGroup
		for range cap(won) {
			wg.Go(func() {
				_, err := c.consents.Finish(t.Context(), c.Admin, content.ConsentAnswer{State: state, Code: code})
				won <- err == nil
			})
		}
		wg.Wait()
		close(won)
		winners := 0
		for ok := range won {
			if ok {
				winners++
			}
		}
		if all, err := c.channels.List(t.Context(), c.Admin); err != nil || winners != 1 || len(all) != 1 {
			t.Errorf("%d of 8 won, %d channels, %v", winners, len(all), err)
		}
	})
}

func TestConsentThatEndsOtherwise(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		for _, end := range []struct {
			answer content.ConsentAnswer
			code   content.Code
		}{
			{content.ConsentAnswer{Error: "access_denied"}, content.CodeConsentDenied},
			{content.ConsentAnswer{Error: "server_error\nLine"}, content.CodeConsentFailed},
			{content.ConsentAnswer{}, content.CodeConsentFailed},
		} {
			page := c.begin(c.Admin, "")
			end.answer.State = page.State
			_, err := c.consents.Finish(t.Context(), c.Admin, end.answer)
			hasCode(t, end.answer.Error, err, content.Conflict, end.code)
			_, err = c.finish(c.Admin, page)
			hasCode(t, "after a refusal", err, content.Conflict, content.CodeConsentUnknown)
		}
		late := c.begin(c.Admin, "")
		c.Time = c.Time.Add(content.ConsentLife)
		_, err := c.finish(c.Admin, late)
		hasCode(t, "late", err, content.Conflict, content.CodeConsentExpired)
		// The account is not answered for just now: what was granted is not lost.
		c.network.Before = only("check", content.Fail(content.Unavailable, content.CodeServerUnreachable, nil))
		channel, err := c.finish(c.Admin, c.begin(c.Admin, ""))
		if err != nil || channel.State != content.ChannelPaused || channel.Reason.Code != content.CodeChannelUnchecked {
			t.Errorf("unchecked: %+v, %v", channel, err)
		}
		// Rights are missing: what was granted is given back.
		c.network.Before = only("check", &content.Error{Kind: content.Invalid, Code: content.CodeTokenScope})
		if _, err := c.finish(c.Admin, c.begin(c.Admin, "")); content.KindOf(err) != content.Invalid || len(c.network.Revoked()) != 1 {
			t.Errorf("without rights: %v, given back: %v", err, c.network.Revoked())
		}
	})
}

// only answers with err to one kind of call.
func only(what string, err error) func(string) error {
	return func(call string) error {
		if call == what {
			return err
		}
		return nil
	}
}

func TestConsentAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		channel := c.connect()
		first := c.stored(channel.ID)
		d := heldDelivery(t, c, channel)
		again, err := c.finish(c.Admin, c.begin(c.Admin, channel.ID))
		if err != nil || again.ID != channel.ID || again.State != content.ChannelActive || again.Reason.Code != "" {
			t.Fatalf("%+v, %v", again, err)
		}
		if g := c.stored(channel.ID); g.Access == first.Access {
			t.Error("the credentials are the old ones")
		}
		if now, err := store.Delivery(t.Context(), d); err != nil || now.State != content.Queued {
			t.Errorf("the queue: %+v, %v", now.State, err)
		}
		kept := c.stored(channel.ID)
		for name, account := range map[string]content.Account{
			"another account":   {ID: "2", Handle: "@other", URL: "https://a.example/@other"},
			"on another server": {ID: "1", Handle: "@shop", URL: "https://b.example/@shop"},
		} {
			c.network.Account = account
			_, err = c.finish(c.Admin, c.begin(c.Admin, channel.ID))
			hasCode(t, name, err, content.Conflict, content.CodeConsentOther)
			if g := c.stored(channel.ID); g != kept {
				t.Errorf("%s: the credentials were replaced", name)
			}
		}
		if len(c.network.Revoked()) != 2 {
			t.Errorf("given back: %v", c.network.Revoked())
		}
	})
}

// heldDelivery publishes one announcement on a channel that pauses then, and answers its delivery.
func heldDelivery(t *testing.T, c *consenting, channel content.Channel) string {
	t.Helper()
	c.Changes.Networks = c.channels.Networks
	change := c.Change(t, "one", c.Write(t, c.Entry(t, "one").ID, "de", "Eins"))
	if _, err := c.Changes.SetAnnouncements(t.Context(), c.Author, change.ID, []content.Announcement{{Channel: channel.ID, Lang: "de", Text: "Eins", Link: true}}); err != nil {
		t.Fatal(err)
	}
	c.Publish(t, change.ID)
	if _, err := c.Store.UpdateChannel(t.Context(), channel.ID, func(s *content.StoredChannel) error {
		s.State, s.Reason = content.ChannelPaused, content.Reason{Code: content.CodeChannelToken}
		return nil
	}, content.NewAudit(content.System(), c.Now(), "test", channel.ID, nil)); err != nil {
		t.Fatal(err)
	}
	all, err := c.Store.Deliveries(t.Context(), content.DeliveryFilter{Channel: channel.ID})
	if err != nil || len(all) != 1 || all[0].State != content.Paused {
		t.Fatalf("deliveries: %+v, %v", all, err)
	}
	return all[0].ID
}

func TestConsentRefusesWhatWasTyped(t *testing.T) {
	c := newConsenting(t, storetest.SQLite(t))
	good := content.ConsentInput{Network: "test", Name: "Shop", Languages: []content.Lang{"de"}, Settings: json.RawMessage(`{"server":"a.example"}`)}
	for name, change := range map[string]func(*content.ConsentInput){
		"network network_unknown":    func(in *content.ConsentInput) { in.Network = "myspace" },
		"network consent_none":       func(in *content.ConsentInput) { in.Network = "plain" },
		"name required":              func(in *content.ConsentInput) { in.Name = " " },
		"languages required":         func(in *content.ConsentInput) { in.Languages = nil },
		"settings.server required":   func(in *content.ConsentInput) { in.Settings = nil },
		"redirect redirect_form":     func(in *content.ConsentInput) { in.Redirect = "http://evil.example/" },
		"settings settings_form":     func(in *content.ConsentInput) { in.Settings = json.RawMessage(`[]`) },
		"settings.x setting_unknown": func(in *content.ConsentInput) { in.Settings = json.RawMessage(`{"server":"a","x":"y"}`) },
	} {
		c.channels.Networks["plain"] = storetest.Network{}
		in := good
		change(&in)
		if _, err := c.consents.Begin(t.Context(), c.Admin, in); content.KindOf(err) != content.Invalid || fields(err) != name {
			t.Errorf("%s: %v (%s)", name, err, fields(err))
		}
	}
	for _, redirect := range []string{"", back, "https://program.example/back", "http://127.0.0.1:9999/", "http://[::1]/x", "http://localhost:1/"} {
		in := good
		in.Redirect = redirect
		if _, err := c.consents.Begin(t.Context(), c.Admin, in); err != nil {
			t.Errorf("%q: %v", redirect, err)
		}
	}
	for _, redirect := range []string{"javascript:alert(1)", "https://", "https://u:p@a.example/", "https://a.example/#x", "http://127.0.0.1.evil.example/", "ftp://localhost/", "/admin"} {
		in := good
		in.Redirect = redirect
		if _, err := c.consents.Begin(t.Context(), c.Admin, in); content.KindOf(err) != content.Invalid {
			t.Errorf("%q: %v", redirect, err)
		}
	}
}
