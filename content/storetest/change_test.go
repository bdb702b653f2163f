package storetest_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPublishNumbersVersions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		s.Publish(t, s.Change(t, "first", s.Write(t, e.ID, "de", "Eins"), s.Write(t, e.ID, "en", "One")).ID)
		s.Publish(t, s.Change(t, "second", s.Write(t, e.ID, "en", "Two")).ID)

		for lang, want := range map[content.Lang]int{"de": 1, "en": 2} {
			versions, err := store.Versions(t.Context(), e.ID, lang)
			if err != nil || len(versions) != want || versions[0].Number != want {
				t.Errorf("%s: versions %+v, %v; want %d", lang, versions, err, want)
			}
		}
		v, err := store.Version(t.Context(), e.ID, "en", 1)
		if err != nil || v.Text.Title != "One" || v.HTML.Body != "<p>Body of One</p>" {
			t.Errorf("version 1: %+v, %v", v, err)
		}
		if _, err := store.Version(t.Context(), e.ID, "en", 3); content.KindOf(err) != content.NotFound {
			t.Errorf("version 3: %v, want not found", err)
		}
	})
}

func TestNewFactsMakeANewVersionOfEveryLiveText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		s.Publish(t, s.Change(t, "first", s.Write(t, e.ID, "de", "Eins"), s.Write(t, e.ID, "en", "One")).ID)
		facts, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{
			Entry: e.ID, Facts: &content.Facts{Retention: &content.Retention{Duration: "P6M"}, Countries: []string{"DE"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Publish(t, s.Change(t, "facts", facts).ID)
		for _, lang := range []content.Lang{"de", "en"} {
			v, err := store.Version(t.Context(), e.ID, lang, 2)
			if err != nil || v.Facts == nil || v.Facts.Retention.Duration != "P6M" {
				t.Errorf("%s: %+v, %v; want version 2 with the facts", lang, v, err)
			}
		}
		s.Publish(t, s.Change(t, "third", s.Write(t, e.ID, "de", "Drei")).ID)
		v, err := store.Version(t.Context(), e.ID, "de", 3)
		if err != nil || v.Facts == nil || v.VersionMeta.Facts != facts.ID {
			t.Errorf("the facts were lost with the next text: %+v, %v", v, err)
		}
	})
}

func TestWithdrawLeavesATombstone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		first := s.Write(t, e.ID, "en", "One")
		s.Publish(t, s.Change(t, "first", first).ID)
		withdraw := []content.Withdrawal{{Entry: e.ID, Lang: "en", Reason: "We no longer do that."}}
		c := s.Change(t, "gone")
		if _, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Withdraw: &withdraw}); err != nil {
			t.Fatal(err)
		}
		s.Publish(t, c.ID)

		state, err := store.Entry(t.Context(), e.ID)
		if err != nil || !state.Lang("en").Head.Withdrawn {
			t.Fatalf("state %+v, %v; want withdrawn", state, err)
		}
		data, err := store.Published(t.Context(), 0)
		if err != nil || len(data.Entries) != 1 {
			t.Fatalf("published %+v, %v", data, err)
		}
		entry := data.Entries[0]
		if stone := entry.Withdrawn("en"); stone == nil || stone.Reason != "We no longer do that." || stone.AfterVersion != 1 {
			t.Errorf("tombstone %+v", stone)
		}
		again := s.Change(t, "again", s.Write(t, e.ID, "en", "Back"))
		s.Publish(t, again.ID)
		if state, _ = store.Entry(t.Context(), e.ID); !state.Lang("en").Head.Live() || state.Lang("en").Head.Version != 2 {
			t.Errorf("after publishing again: %+v", state.Lang("en").Head)
		}
	})
}

func TestEightPublishesAtOnceMakeOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		c := s.Approve(t, s.Change(t, "first", s.Write(t, e.ID, "en", "One")).ID)
		now := s.Now()
		s.Changes.Now = func() time.Time { return now }
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { _, errs[i] = s.Changes.Publish(t.Context(), s.Approver, c.ID) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case content.KindOf(err) != content.Conflict:
				t.Errorf("lost with %v, want a conflict", err)
			}
		}
		if won != 1 {
			t.Errorf("%d publishes won, want 1", won)
		}
	})
}

func TestConcurrentPublishesNumberWithoutGaps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		const n = 6
		ids := make([]string, n)
		for i := range ids {
			e := s.Entry(t, fmt.Sprintf("entry-%d", i))
			ids[i] = s.Approve(t, s.Change(t, fmt.Sprintf("change-%d", i), s.Write(t, e.ID, "en", "One")).ID).ID
		}
		now := s.Now()
		changes := *s.Changes
		changes.Now = func() time.Time { return now }
		var wg sync.WaitGroup
		for _, id := range ids {
			wg.Go(func() {
				if _, err := changes.Publish(t.Context(), s.Approver, id); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		rows, err := store.Ledger(t.Context(), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if row.Seq != int64(i+1) {
				t.Fatalf("row %d has number %d", i, row.Seq)
			}
		}
		if len(rows) != 2*n {
			t.Errorf("%d ledger rows, want %d", len(rows), 2*n)
		}
	})
}

func TestTwoEditorsSaveAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		base := s.Write(t, e.ID, "en", "Base")
		_, err := s.Editor.SaveText(t.Context(), s.Author, content.NewRevision{
			Entry: e.ID, Lang: "en", Base: base.ID, Text: &content.Writing{Title: "Mine"},
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Editor.SaveText(t.Context(), s.Approver, content.NewRevision{
			Entry: e.ID, Lang: "en", Base: base.ID, Text: &content.Writing{Title: "Theirs"},
		})
		var stale *content.StaleError
		if !errors.As(err, &stale) || stale.Newest.Text.Title != "Mine" || content.KindOf(err) != content.Conflict {
			t.Fatalf("second save: %v, want a conflict that carries the first text", err)
		}
	})
}

func TestOldTextCannotReplaceNewer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		older := s.Change(t, "older", s.Write(t, e.ID, "en", "Older"))
		newer := s.Change(t, "newer", s.Write(t, e.ID, "en", "Newer"))
		s.Approve(t, older.ID)
		s.Publish(t, newer.ID)
		_, err := s.Changes.Publish(t.Context(), s.Approver, older.ID)
		if e, ok := errors.AsType[*content.Error](err); !ok || e.Code != content.CodeRevisionStale {
			t.Errorf("publishing the older text: %v, want %s", err, content.CodeRevisionStale)
		}
	})
}

func TestSiteFollowsWhatIsTouched(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a, b := s.Entry(t, "a"), s.Entry(t, "b")
		s.Publish(t, s.Change(t, "both", s.Write(t, a.ID, "en", "A"), s.Write(t, b.ID, "en", "B")).ID)
		before, err := store.Published(t.Context(), 0)
		if err != nil || !before.Whole || len(before.Entries) != 2 {
			t.Fatalf("whole: %+v, %v", before, err)
		}
		s.Write(t, a.ID, "en", "A draft nobody may see")
		if seq, _ := store.SiteSeq(t.Context()); seq != before.Seq {
			t.Error("a draft moved the public site")
		}
		s.Publish(t, s.Change(t, "one", s.Write(t, b.ID, "en", "B2")).ID)
		after, err := store.Published(t.Context(), before.Seq)
		if err != nil || after.Whole || len(after.Entries) != 1 || after.Entries[0].ID != b.ID || len(after.Changes) != 1 {
			t.Errorf("touched: %+v, %v; want entry b and its change", after, err)
		}
	})
}

func TestOldSlugsStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a, b := s.Entry(t, "a"), s.Entry(t, "b")
		if _, err := s.Editor.UpdateEntry(t.Context(), s.Author, a.ID, func(e *content.Entry) { e.Slug = "a-new" }); err != nil {
			t.Fatal(err)
		}
		_, err := s.Editor.UpdateEntry(t.Context(), s.Author, b.ID, func(e *content.Entry) { e.Slug = "a" })
		if content.KindOf(err) != content.Conflict {
			t.Errorf("taking another's old slug: %v, want a conflict", err)
		}
		s.Publish(t, s.Change(t, "c", s.Write(t, a.ID, "en", "A")).ID)
		data, err := store.Published(t.Context(), 0)
		if err != nil || !slices.Equal(data.Entries[0].OldSlugs, []string{"a"}) {
			t.Errorf("old slugs %+v, %v", data.Entries, err)
		}
	})
}

func TestChangesWithoutAnAddressGetOneEach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		empty, title := "", content.Text{"en": "The same title"}
		slugs := map[string]bool{}
		for _, in := range []content.ChangeInput{{}, {}, {Slug: &empty}, {Title: title}, {Title: title}} {
			change, err := s.Changes.Create(t.Context(), s.Author, in)
			if err != nil || slugs[change.Slug] {
				t.Fatalf("%q: %v", change.Slug, err)
			}
			slugs[change.Slug] = true
		}
		chosen := "chosen"
		if _, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{Slug: &chosen}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{Slug: &chosen}); content.KindOf(err) != content.Conflict {
			t.Errorf("an address that was chosen and is taken: %v, want a conflict", err)
		}
	})
}
