package storetest_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func TestIdentityIsKeptFromTheFirstStart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		first := content.NewIdentity("https://Daten.example.org", now)
		if !strings.HasPrefix(first, "tag:daten.example.org,2026-03-02:") || len(first) != len("tag:daten.example.org,2026-03-02:")+8 {
			t.Errorf("the identity is %s", first)
		}
		for _, proposed := range []string{first, content.NewIdentity("http://127.0.0.1:9", now.AddDate(1, 0, 0)), content.NewIdentity("http://[::1]:9", now)} {
			if got, err := store.Identity(t.Context(), proposed, now); err != nil || got != first {
				t.Errorf("%q proposed: %q, %v", proposed, got, err)
			}
		}
		if settings, err := store.Settings(t.Context()); err != nil || len(settings.Languages) != 2 {
			t.Errorf("the site's own settings: %+v, %v", settings, err)
		}
	})
}

func TestHubIsToldByOneProcess(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		const hub = "https://hub.example/"
		s := storetest.NewSite(t, store)
		entry := s.Entry(t, "one")
		s.Publish(t, s.Change(t, "first", s.Write(t, entry.ID, "en", "One")).ID)
		for range 2 {
			if err := store.AddHub(t.Context(), hub); err != nil {
				t.Fatal(err)
			}
		}
		now := s.Now()
		if _, mine, err := store.ClaimHub(t.Context(), hub, now, now.Add(time.Minute)); mine || err != nil {
			t.Errorf("what was published before the hub was there is told: %v", err)
		}
		s.Publish(t, s.Change(t, "second", s.Write(t, entry.ID, "en", "Two")).ID)
		var group sync.WaitGroup
		var claims atomic.Int32
		var claim content.HubClaim
		for range 8 {
			group.Go(func() {
				got, mine, err := store.ClaimHub(t.Context(), hub, now, now.Add(time.Minute))
				if err != nil {
					t.Error(err)
				}
				if mine && claims.Add(1) == 1 {
					claim = got
				}
			})
		}
		group.Wait()
		if claims.Load() != 1 || claim.After == 0 || claim.Hub != hub {
			t.Fatalf("%d processes have the turn: %+v", claims.Load(), claim)
		}
		claim.Tries = 3
		if err := store.SettleHub(t.Context(), claim, now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, mine, err := store.ClaimHub(t.Context(), hub, now.Add(59*time.Minute), now.Add(2*time.Hour)); mine || err != nil {
			t.Errorf("told before its time: %v", err)
		}
		again, mine, err := store.ClaimHub(t.Context(), hub, now.Add(time.Hour), now.Add(2*time.Hour))
		if !mine || err != nil || again.Tries != 3 || again.After != claim.After {
			t.Fatalf("%+v %v %v", again, mine, err)
		}
		rows, err := store.Ledger(t.Context(), again.After, 100)
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows: %v", len(rows), err)
		}
		again.After = rows[1].Seq
		if err := store.SettleHub(t.Context(), again, now); err != nil {
			t.Fatal(err)
		}
		if _, mine, err := store.ClaimHub(t.Context(), hub, now.Add(3*time.Hour), now.Add(4*time.Hour)); mine || err != nil {
			t.Errorf("there is nothing more to tell: %v", err)
		}
	})
}

// TestAccountsReachReaders: an account shows once it is connected, goes while it is paused, and a webhook never shows.
func TestAccountsReachReaders(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		seq := func() int64 {
			n, err := store.SiteSeq(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		accounts := func() []content.PublicAccount {
			data, err := store.Published(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			return data.Accounts
		}
		audit := content.NewAudit(content.System(), s.Now(), "channel.connect", "", nil)
		for _, c := range []content.Channel{
			{ID: "1", Network: "mastodon", Name: "Shop", State: content.ChannelActive, Languages: []content.Lang{"de"}, Account: content.Account{Handle: "@shop@social.example", URL: "https://social.example/@shop"}},
			{ID: "2", Network: "webhook", Name: "Intranet", State: content.ChannelActive, Account: content.Account{Handle: "intern.example"}},
		} {
			before := seq()
			audit.ID = content.NewID(s.Now())
			if err := store.CreateChannel(t.Context(), content.StoredChannel{Channel: c}, audit); err != nil {
				t.Fatal(err)
			}
			if seq() == before {
				t.Error("processes do not hear of a new channel")
			}
		}
		if got := accounts(); len(got) != 1 || got[0].Handle != "@shop@social.example" || got[0].Languages[0] != "de" {
			t.Errorf("readers see %+v", got)
		}
		before := seq()
		audit.ID = content.NewID(s.Now())
		if _, err := store.UpdateChannel(t.Context(), "1", func(c *content.StoredChannel) error { c.State = content.ChannelPaused; return nil }, audit); err != nil {
			t.Fatal(err)
		}
		if got := accounts(); len(got) > 0 || seq() == before {
			t.Errorf("while it is paused readers see %+v", got)
		}
	})
}

func TestColumnsOfTheSchema(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		columns, err := store.Columns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"entries.slug", "login_failures.subject", "hub_pings.next_at", "users.password_hash"} {
			if !slices.Contains(columns, want) {
				t.Errorf("%s is not in %v", want, columns)
			}
		}
	})
}
