package storetest_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func (c *consenting) renewals() *content.Renewals {
	return &content.Renewals{Store: c.Store, Vault: c.channels.Vault, Networks: c.channels.Networks, Now: c.channels.Now}
}

func (c *consenting) read(id string) content.StoredChannel {
	c.t.Helper()
	stored, err := c.Store.Channel(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	return stored
}

func grantOf(t *testing.T, raw json.RawMessage) storetest.Grant {
	t.Helper()
	var g storetest.Grant
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return g
}

func TestFreshRenewsWhenItMust(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		first := c.stored(id)
		fresh := func(channel content.StoredChannel, force bool) storetest.Grant {
			raw, err := c.renewals().Fresh(t.Context(), channel, force)
			if err != nil {
				t.Fatal(err)
			}
			if got := grantOf(t, raw); got != c.stored(id) {
				t.Errorf("used %+v, stored %+v", got, c.stored(id))
			}
			return c.stored(id)
		}
		if got := fresh(c.read(id), false); got != first {
			t.Error("renewed before its time")
		}
		c.Time = c.Time.Add(56 * time.Minute)
		old := c.read(id)
		second := fresh(old, false)
		if second == first {
			t.Error("not renewed although it ends in four minutes")
		}
		// Whoever still has the old ones, and was refused with them, gets the new ones without another renewal.
		if got := fresh(old, true); got != second {
			t.Error("renewed a second time")
		}
		if got := fresh(c.read(id), true); got == second {
			t.Error("not renewed although the network refused it")
		}
	})
}

func TestManyRenewOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		c.Time = c.Time.Add(2 * time.Hour)
		old := c.read(id)
		got := make([]string, 8)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { // each as a process of its own: they share the database alone
				raw, err := c.renewals().Fresh(t.Context(), old, i%2 == 0)
				if err != nil {
					t.Error(err)
					return
				}
				var g storetest.Grant
				_ = json.Unmarshal(raw, &g)
				got[i] = g.Refresh
			})
		}
		wg.Wait()
		for _, refresh := range got {
			if refresh != c.stored(id).Refresh {
				t.Errorf("got %v, stored %s", got, c.stored(id).Refresh)
			}
		}
		if c.stored(id).Refresh != "refresh-canary-3" { // the code was 1, the grant 2
			t.Errorf("renewed more than once: %s", c.stored(id).Refresh)
		}
	})
}

func TestARefusedRenewalNeedsAPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		c.Time = c.Time.Add(2 * time.Hour)
		lost := content.Fail(content.Unavailable, content.CodeServerUnreachable, nil)
		c.network.Before = only("renew", lost)
		wants := func(what string, code content.Code) {
			t.Helper()
			_, err := c.renewals().Fresh(t.Context(), c.read(id), false)
			e, needs := errors.AsType[*content.CredentialError](err)
			if err == nil || needs != (code != "") || needs && e.Reason.Code != code {
				t.Errorf("%s: %v, want %q", what, err, code)
			}
		}
		wants("no answer", "")
		c.network.Before = nil
		if _, err := c.renewals().Fresh(t.Context(), c.read(id), false); err != nil {
			t.Errorf("the next one: %v", err)
		}
		c.Time = c.Time.Add(2 * time.Hour)
		c.network.Before = only("renew", lost)
		wants("no answer", "")
		c.network.Spend() // it had been carried out
		c.network.Before = nil
		wants("after a lost answer", content.CodeChannelRenewalLost)
		wants("and again", content.CodeChannelRenewal)
		if c.read(id).State != content.ChannelActive {
			t.Error("it is the caller who pauses")
		}
	})
}

// A process that dies between the network's answer and its own commit leaves its name behind.
func TestARenewalThatDied(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		c.Time = c.Time.Add(2 * time.Hour)
		r, err := store.BeginRenewal(t.Context(), id, "dead", c.Now(), c.Now().Add(time.Minute))
		if err != nil || !r.Mine || r.CutOff {
			t.Fatalf("%+v, %v", r, err)
		}
		if r, err = store.BeginRenewal(t.Context(), id, "other", c.Now(), c.Now()); err != nil || r.Mine {
			t.Errorf("two at a time: %+v, %v", r, err)
		}
		c.Time = c.Time.Add(2 * time.Minute)
		c.network.Spend()
		_, err = c.renewals().Fresh(t.Context(), c.read(id), false)
		if e, ok := errors.AsType[*content.CredentialError](err); !ok || e.Reason.Code != content.CodeChannelRenewalLost {
			t.Errorf("after it died: %v", err)
		}
		if kept, err := store.EndRenewal(t.Context(), id, "dead", "late"); err != nil || kept {
			t.Errorf("the dead one stored something late: %v, %v", kept, err)
		}
	})
}

// New credentials from a person win over a renewal of those before them.
func TestARenewalGivesWayToAPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		id := c.connect().ID
		c.Time = c.Time.Add(2 * time.Hour)
		var during func()
		c.network.Before = func(what string) error {
			if what == "renew" && during != nil {
				during()
			}
			return nil
		}
		typed := content.ChannelInput{Settings: json.RawMessage(`{"access_token":"typed"}`)}
		during = func() {
			if _, err := c.channels.Update(t.Context(), c.Admin, id, typed); err != nil {
				t.Error(err)
			}
		}
		if _, err := c.renewals().Fresh(t.Context(), c.read(id), false); content.KindOf(err) != content.Unavailable {
			t.Errorf("the renewal: %v", err)
		}
		if g := c.stored(id); g.Access != "typed" || g.Refresh != "" {
			t.Errorf("stored: %+v", g)
		}
		// A name alone changes nothing about the credentials, whoever renews them meanwhile.
		c.network.Before = nil
		id = c.connect().ID
		c.Time = c.Time.Add(2 * time.Hour)
		old := c.stored(id)
		name := "Laden"
		c.network.Before = func(what string) error {
			if what == "renew" {
				_, err := c.channels.Update(t.Context(), c.Admin, id, content.ChannelInput{Name: &name})
				return err
			}
			return nil
		}
		if _, err := c.renewals().Fresh(t.Context(), c.read(id), false); err != nil {
			t.Fatal(err)
		}
		if g := c.stored(id); g == old || c.read(id).Name != "Laden" {
			t.Errorf("stored: %+v as %s", g, c.read(id).Name)
		}
	})
}
