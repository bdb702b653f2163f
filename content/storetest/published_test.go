package storetest_test

import (
	"reflect"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// A site that is read as a whole is the same as one that followed every publication.
func TestReadAtOnceOrStepByStep(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a, b := s.Entry(t, "a"), s.Entry(t, "b")
		facts, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{Entry: a.ID, Facts: &content.Facts{Data: []content.Text{{"de": "Ort", "en": "Place"}}}})
		if err != nil {
			t.Fatal(err)
		}
		s.Publish(t, s.Change(t, "first", s.Write(t, a.ID, "de", "Eins"), s.Write(t, a.ID, "en", "One"), facts, s.Write(t, b.ID, "en", "B")).ID)
		s.Publish(t, s.Change(t, "second", s.Write(t, a.ID, "en", "One, anew")).ID)
		c := s.Change(t, "gone")
		withdraw := []content.Withdrawal{{Entry: b.ID, Lang: "en", Reason: "We no longer do that."}}
		if _, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Withdraw: &withdraw}); err != nil {
			t.Fatal(err)
		}
		s.Publish(t, c.ID)
		whole, err := store.Published(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		steps, err := store.Published(t.Context(), 1)
		if err != nil || !whole.Whole || steps.Whole || len(steps.Entries) != 2 || len(whole.Entries) != 2 || len(steps.Changes) != len(whole.Changes) {
			t.Fatalf("whole %+v, step by step %+v: %v", whole, steps, err)
		}
		checkSame(t, whole, steps)
		one := entryOf(whole, a.ID)
		if len(one.Current) != 2 || one.Current["en"].Facts == nil || one.Current["en"].Text.Title != "One, anew" || one.Current["en"].HTML.Body == "" {
			t.Errorf("current texts: %+v", one.Current)
		}
		if one.Current["en"].Text.Body != "" {
			t.Error("the Markdown came along")
		}
		for _, change := range whole.Changes {
			if change.ApprovalCount != 1 || len(change.Approvals)+len(change.Revisions) > 0 {
				t.Errorf("change %s has %d approvals: %+v", change.Slug, change.ApprovalCount, change)
			}
		}
	})
}

func checkSame(t *testing.T, whole, steps content.SiteData) {
	t.Helper()
	for _, e := range steps.Entries {
		if one := entryOf(whole, e.ID); len(one.Current)+len(e.Current) > 0 && !reflect.DeepEqual(one.Current, e.Current) ||
			!reflect.DeepEqual(one.Versions, e.Versions) || !reflect.DeepEqual(one.Tombstones, e.Tombstones) {
			t.Errorf("%s at once: %+v, step by step: %+v", e.Slug, one, e)
		}
	}
	for _, c := range steps.Changes {
		for _, one := range whole.Changes {
			if one.ID == c.ID && !reflect.DeepEqual(one, c) {
				t.Errorf("change %s at once: %+v, step by step: %+v", c.Slug, one, c)
			}
		}
	}
}

func entryOf(data content.SiteData, id string) content.PublishedEntry {
	for _, e := range data.Entries {
		if e.ID == id {
			return e
		}
	}
	return content.PublishedEntry{}
}
