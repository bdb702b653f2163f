package storetest_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// A mistake in a rule must not keep everybody else from writing: its transaction ends with it.
func TestAPanicInARuleLocksNobodyOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := s.Change(t, "first", s.Write(t, s.Entry(t, "location").ID, "en", "One"))
		for range 20 { // more than there are connections
			func() {
				defer func() { _ = recover() }()
				_, _ = store.UpdateChange(t.Context(), c.ID, func(*content.Change) error { panic("a mistake") },
					content.NewAudit(s.Author, s.Now(), "change.update", c.ID, nil))
			}()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		if _, err := s.Changes.Update(ctx, s.Author, c.ID, content.ChangeInput{Summary: content.Text{"en": "Goes on."}}); err != nil {
			t.Errorf("a write after the mistake: %v", err)
		}
	})
}

// Many editors at once wait for each other, not for a connection that each of them holds.
func TestManyEditorsMoveEntriesAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		const editors = 40
		entries := make([]content.Entry, editors)
		for i := range entries {
			entries[i] = s.Entry(t, fmt.Sprintf("entry-%d", i))
		}
		s.Editor.Now = time.Now
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		for i, e := range entries {
			wg.Go(func() {
				if _, err := s.Editor.UpdateEntry(ctx, s.Author, e.ID, func(e *content.Entry) { e.Position = i }); err != nil {
					t.Errorf("move %s: %v", e.Slug, err)
				}
			})
		}
		wg.Wait()
	})
}

// Two people edit different things of one topic; neither takes the other's back.
func TestTopicsKeepWhatEverybodyWrote(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		topic, err := s.Editor.CreateTopic(t.Context(), s.Author, content.Topic{Slug: "location", Title: content.Text{"en": "Location"}})
		if err != nil {
			t.Fatal(err)
		}
		s.Editor.Now = time.Now
		const writes = 20
		var wg sync.WaitGroup
		for range writes {
			wg.Go(func() {
				if _, err := s.Editor.UpdateTopic(t.Context(), s.Author, topic.ID, func(t *content.Topic) { t.Position++ }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		topics, err := store.Topics(t.Context())
		if err != nil || topics[0].Position != writes {
			t.Errorf("%d of %d writes are left (%v)", topics[0].Position, writes, err)
		}
	})
}

// Of two changes that want the same address at the same moment one gets it, and the other is told.
func TestTwoChangesWantOneAddress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		var ids []string
		for i := range 8 {
			ids = append(ids, s.Change(t, fmt.Sprintf("change-%d", i), s.Write(t, s.Entry(t, fmt.Sprintf("e-%d", i)).ID, "en", "One")).ID)
		}
		s.Changes.Now = time.Now
		wanted, got := "the-same", make([]error, len(ids))
		var wg sync.WaitGroup
		for i, id := range ids {
			wg.Go(func() {
				_, got[i] = s.Changes.Update(t.Context(), s.Author, id, content.ChangeInput{Slug: &wanted})
			})
		}
		wg.Wait()
		winners := 0
		for _, err := range got {
			switch {
			case err == nil:
				winners++
			case codeOf(err) != content.CodeSlugTaken:
				t.Errorf("a loser is told %v", err)
			}
		}
		if winners != 1 {
			t.Errorf("%d changes have the address", winners)
		}
	})
}
