package storetest_test

import (
	"encoding/json"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// What readers are told of a change is the hash that its row in the ledger names, and the reference that its posts carry.
func TestPublishedChangeHasTheHashOfTheLedger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a, b := s.Entry(t, "a"), s.Entry(t, "b")
		facts, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{Entry: a.ID, Facts: &content.Facts{Data: []content.Text{{"de": "Ort", "en": "Place"}}}})
		if err != nil {
			t.Fatal(err)
		}
		s.Publish(t, s.Change(t, "first", s.Write(t, a.ID, "de", "Eins"), facts, s.Write(t, b.ID, "en", "B")).ID)
		c := s.Change(t, "second", s.Write(t, a.ID, "de", "Zwei"))
		withdraw := []content.Withdrawal{{Entry: b.ID, Lang: "en", Reason: "We no longer do that."}}
		if _, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Withdraw: &withdraw}); err != nil {
			t.Fatal(err)
		}
		s.Publish(t, c.ID)
		named := ledgerHashes(t, store)
		for _, since := range []int64{0, 1} {
			data, err := store.Published(t.Context(), since)
			if err != nil || len(data.Changes) != 2 || len(named) != 2 {
				t.Fatalf("%d changes, %v in the ledger: %v", len(data.Changes), named, err)
			}
			for _, change := range data.Changes {
				if want := named[change.Slug]; change.SHA256 != want || change.Reference() != want[:8] {
					t.Errorf("read since %d, %s has %q, the ledger %q", since, change.Slug, change.SHA256, want)
				}
			}
		}
	})
}

func ledgerHashes(t *testing.T, store *sqlstore.Store) map[string]string {
	t.Helper()
	rows, err := store.Ledger(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]string{}
	for _, row := range rows {
		var body content.LedgerBody
		if err := json.Unmarshal([]byte(row.Body), &body); err != nil {
			t.Fatal(err)
		}
		if body.Type == "change" {
			named[body.Change] = body.SHA256
		}
	}
	return named
}
