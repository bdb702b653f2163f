package storetest_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func keyed(at time.Time) content.KeyedRequest {
	return content.KeyedRequest{Actor: "somebody", Key: "k1", Hash: "abc", Begun: at}
}

func TestAKeyIsClaimedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		var claimed atomic.Int32
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				_, begun, err := store.BeginKeyed(t.Context(), keyed(now), now.Add(-time.Hour))
				if err != nil {
					t.Error(err)
				}
				if begun {
					claimed.Add(1)
				}
			})
		}
		group.Wait()
		if claimed.Load() != 1 {
			t.Errorf("%d of 8 requests claimed the key", claimed.Load())
		}
	})
}

func TestAKeyKeepsItsAnswerForItsOwnerOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		begin := func(r content.KeyedRequest, forget time.Time) (content.KeyedRequest, bool) {
			t.Helper()
			first, begun, err := store.BeginKeyed(t.Context(), r, forget)
			if err != nil {
				t.Fatal(err)
			}
			return first, begun
		}
		first := keyed(now)
		begin(first, now)
		if got, begun := begin(keyed(now.Add(time.Second)), now.Add(-time.Hour)); begun || got != first {
			t.Errorf("while it runs: %+v", got)
		}
		first.Status, first.Answer = 201, `{"id":"x"}`
		if err := store.FinishKeyed(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		if got, begun := begin(keyed(now.Add(time.Second)), now.Add(-time.Hour)); begun || got != first {
			t.Errorf("after it: %+v", got)
		}
		other := keyed(now)
		other.Actor = "somebody else"
		if _, begun := begin(other, now.Add(-time.Hour)); !begun {
			t.Error("another person's request met this one")
		}
		if _, begun := begin(keyed(now.Add(time.Hour)), now.Add(time.Minute)); !begun {
			t.Error("an old answer was kept")
		}
	})
}

func TestAFreedKeyCanBeUsedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		for range 2 {
			if _, begun, err := store.BeginKeyed(t.Context(), keyed(now), now.Add(-time.Hour)); err != nil || !begun {
				t.Fatalf("begun %v, %v", begun, err)
			}
			if err := store.ForgetKeyed(t.Context(), keyed(now)); err != nil {
				t.Fatal(err)
			}
		}
		// A late end of a request whose key was given to another does not touch that one.
		second := keyed(now.Add(time.Second))
		if _, begun, err := store.BeginKeyed(t.Context(), second, now.Add(-time.Hour)); err != nil || !begun {
			t.Fatalf("begun %v, %v", begun, err)
		}
		late := keyed(now)
		late.Status, late.Answer = 200, "late"
		if err := store.FinishKeyed(t.Context(), late); err != nil {
			t.Fatal(err)
		}
		if got, _, err := store.BeginKeyed(t.Context(), second, now.Add(-time.Hour)); err != nil || got.Status != 0 {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}
