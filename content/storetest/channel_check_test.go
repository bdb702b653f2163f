package storetest_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func TestChannelsAreCheckedOnceADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		connected := c.network.Checks()
		check := func(want int) {
			t.Helper()
			var wg sync.WaitGroup
			for range 4 { // as many nodes
				wg.Go(func() {
					if err := c.channels.CheckDue(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if got := c.network.Checks() - connected; got != want {
				t.Errorf("asked %d times, want %d", got, want)
			}
		}
		check(0)
		c.Time = c.Time.Add(24 * time.Hour)
		c.network.Account.Limit, c.network.Account.Software = 5000, "mastodon 5"
		check(1)
		if a := c.read(id).Account; a.Limit != 5000 || a.Software != "mastodon 5" || c.Time.Sub(a.Checked) > time.Minute {
			t.Errorf("account: %+v", a)
		}
		check(1)
		c.Time = c.Time.Add(24 * time.Hour)
		check(2)
		if got := c.read(id); c.Time.Sub(got.Account.Checked) > time.Minute || got.State != content.ChannelActive {
			t.Errorf("after a check without news: %+v", got)
		}
		if _, err := c.channels.Pause(t.Context(), c.Admin, id); err != nil {
			t.Fatal(err)
		}
		c.Time = c.Time.Add(48 * time.Hour)
		check(2)
	})
}

func TestACheckPausesOnlyForRefusedCredentials(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		for _, end := range []struct {
			name string
			err  error
			code content.Code
			fail bool
		}{
			{"no answer", content.Fail(content.Unavailable, content.CodeServerUnreachable, nil), "", true},
			{"something else", content.Fail(content.Invalid, content.CodeNetworkSaid, nil), "", true},
			{"token refused", storetest.Refused(), content.CodeChannelToken, false},
			{"rights", &content.Error{Kind: content.Invalid, Code: content.CodeTokenScope}, content.CodeChannelRights, false},
		} {
			id := c.connect().ID
			c.Time = c.Time.Add(24 * time.Hour)
			c.network.Before = only("check", end.err)
			err := c.channels.CheckDue(t.Context())
			got := c.read(id)
			if (err != nil) != end.fail || got.Reason.Code != end.code || (got.State == content.ChannelPaused) != (end.code != "") {
				t.Errorf("%s: %s %+v, %v", end.name, got.State, got.Reason, err)
			}
			c.network.Before = nil
			before := c.network.Checks()
			c.Time = c.Time.Add(time.Hour)
			if err := c.channels.CheckDue(t.Context()); err != nil || (c.network.Checks() > before) != end.fail {
				t.Errorf("%s: asked again within the hour: %t, %v", end.name, c.network.Checks() > before, err)
			}
			if _, err := c.channels.Disconnect(t.Context(), c.Admin, id); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A token that the network refuses before its time is renewed once, by a test and by the daily check.
func TestATestRenewsWhatIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		refuse := 1
		c.network.Before = func(what string) error {
			if what == "check" && refuse > 0 {
				refuse--
				return storetest.Refused()
			}
			return nil
		}
		old := c.stored(id)
		if channel, err := c.channels.Test(t.Context(), c.Admin, id); err != nil || channel.State != content.ChannelActive {
			t.Errorf("%+v, %v", channel, err)
		}
		if c.stored(id) == old {
			t.Error("the credentials were not renewed")
		}
		refuse = 2
		if _, err := c.channels.Test(t.Context(), c.Admin, id); content.KindOf(err) != content.Invalid {
			t.Errorf("refused for good: %v", err)
		}
		c.network.Spend()
		c.Time = c.Time.Add(2 * time.Hour)
		_, err := c.channels.Test(t.Context(), c.Admin, id)
		hasCode(t, "cannot be renewed", err, content.Conflict, content.CodeChannelRenewal)
		c.Time = c.Time.Add(24 * time.Hour)
		if err := c.channels.CheckDue(t.Context()); err != nil {
			t.Error(err)
		}
		if got := c.read(id); got.State != content.ChannelPaused || got.Reason.Code != content.CodeChannelRenewal {
			t.Errorf("the daily check: %s %+v", got.State, got.Reason)
		}
	})
}

func TestDisconnectRevokes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		channel := c.connect()
		token := c.stored(channel.ID).Access
		gone, err := c.channels.Disconnect(t.Context(), c.Admin, channel.ID)
		if err != nil || gone.State != content.ChannelDisconnected || gone.Reason.Code != content.CodeChannelDisconnected {
			t.Errorf("%+v, %v", gone, err)
		}
		if got := c.network.Revoked(); len(got) != 1 || got[0] != token || c.read(channel.ID).Sealed != "" {
			t.Errorf("revoked %v, want %s", got, token)
		}
		c.network.Before = only("revoke", content.Fail(content.Unavailable, content.CodeNetworkSaid, content.Args{"Said": "down\nfor now"}))
		second := c.connect()
		d := heldDelivery(t, c, second)
		gone, err = c.channels.Disconnect(t.Context(), c.Admin, second.ID)
		if err != nil || gone.State != content.ChannelDisconnected || gone.Reason.Code != content.CodeChannelNotRevoked || gone.Reason.Args["Account"] != "@shop" {
			t.Errorf("%+v, %v", gone, err)
		}
		if gone.Reason.Detail != "down for now" || c.read(second.ID).Sealed != "" {
			t.Errorf("%+v", gone.Reason)
		}
		if now, err := store.Delivery(t.Context(), d); err != nil || now.State != content.CancelledPost || now.Reason.Code != content.CodeChannelDisconnected {
			t.Errorf("what waited: %s %+v, %v", now.State, now.Reason, err)
		}
	})
}

func TestPaceOfAChannel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		network := c.channels.Networks["test"]
		if got := content.DefaultPace(c.read(id).Account, network); got != (content.Pace{Burst: 2, Every: time.Minute}) {
			t.Errorf("the network's: %+v", got)
		}
		set := func(p content.Pace) error {
			_, err := c.channels.Update(t.Context(), c.Admin, id, content.ChannelInput{Pace: &p})
			return err
		}
		own := content.Pace{Burst: 3, Every: 90 * time.Second}
		if err := set(own); err != nil || c.read(id).Pace != own {
			t.Errorf("its own: %+v, %v", c.read(id).Pace, err)
		}
		for want, wrong := range map[string]content.Pace{
			"pace.burst pace_burst":                                {Every: time.Second},
			"pace.every_seconds pace_every":                        {Burst: 1},
			"pace.burst pace_burst, pace.every_seconds pace_every": {Burst: 1001, Every: 1500 * time.Millisecond},
		} {
			if err := set(wrong); content.KindOf(err) != content.Invalid || fields(err) != want {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		if err := set(content.Pace{}); err != nil || c.read(id).Pace != (content.Pace{}) {
			t.Errorf("none: %+v, %v", c.read(id).Pace, err)
		}
		name := "Shop"
		typed, err := c.channels.Connect(t.Context(), c.Admin, content.ChannelInput{
			Network: "test", Name: &name, Languages: []content.Lang{"de"}, Pace: &own, Settings: json.RawMessage(`{"server":"a","access_token":"b"}`),
		})
		if err != nil || c.read(typed.ID).Pace != own {
			t.Errorf("from the start: %+v, %v", typed, err)
		}
	})
}
