package storetest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/history"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// Texts, facts alone and an import reach the same entries at the same moment. Whatever the order: numbers count
// 1, 2, 3 ... in every language, the ledger has no hole, and each version has its line there.
func TestNumbersNeitherCollideNorSkip(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		importer := history.Importer{Store: store, Writer: s.Editor, Now: s.Now}
		line := func(n int, text string) string {
			return fmt.Sprintf(`{"key":"faq/location","kind":"entry","lang":"en","date":"2024-0%d-01T10:00:00Z","title":"Where?","topic":"Location","status":"published","message":"m%d","markdown":%q}`+"\n", n, n, text)
		}
		if _, err := importer.Import(t.Context(), content.Operator(), strings.NewReader(line(1, "One"))); err != nil {
			t.Fatal(err)
		}
		entries, err := store.Entries(t.Context())
		if err != nil || len(entries) != 1 {
			t.Fatalf("%v, %v", entries, err)
		}
		entry := entries[0].ID
		s.Publish(t, s.Change(t, "german", s.Write(t, entry, "de", "Eins")).ID)

		var ids []string
		base := ""
		for i := range 6 {
			facts, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{
				Entry: entry, Base: base, Facts: &content.Facts{Retention: &content.Retention{Duration: fmt.Sprintf("P%dM", i+1)}},
			})
			if err != nil {
				t.Fatal(err)
			}
			base = facts.ID
			ids = append(ids, s.Approve(t, s.Change(t, fmt.Sprintf("facts-%d", i), facts).ID).ID)
			ids = append(ids, s.Approve(t, s.Change(t, fmt.Sprintf("text-%d", i), s.Write(t, entry, "de", fmt.Sprintf("Text %d", i))).ID).ID)
		}
		s.Changes.Now, importer.Now = time.Now, time.Now
		s.Editor.Now = time.Now
		var wg sync.WaitGroup
		for _, id := range ids {
			wg.Go(func() {
				if _, err := s.Changes.Publish(t.Context(), s.Approver, id); err != nil && codeOf(err) != content.CodeRevisionStale && codeOf(err) != content.CodeFactsStale {
					t.Errorf("publish: %v", err)
				}
			})
		}
		for n := 2; n <= 5; n++ {
			wg.Go(func() { // dates before what people publish meanwhile are refused; that is right, too
				_, err := importer.Import(t.Context(), content.Operator(), strings.NewReader(line(1, "One")+line(n, fmt.Sprintf("State %d", n))))
				if err != nil && codeOf(err) != content.CodeImportBroken {
					t.Errorf("import: %v", err)
				}
			})
		}
		wg.Wait()
		checkNumbers(t, store, entry)
	})
}

func checkNumbers(t *testing.T, store *sqlstore.Store, entry string) {
	t.Helper()
	rows, err := store.Ledger(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	recorded := map[content.Lang]int{}
	for i, row := range rows {
		if row.Seq != int64(i+1) {
			t.Fatalf("row %d of the ledger has number %d", i+1, row.Seq)
		}
		var body content.LedgerBody
		if err := json.Unmarshal(row.Body, &body); err != nil {
			t.Fatal(err)
		}
		if body.Type != "version" && body.Type != "facts" {
			continue
		}
		if recorded[body.Lang]++; body.Number != recorded[body.Lang] {
			t.Errorf("the ledger has version %d in %q after %d", body.Number, body.Lang, recorded[body.Lang]-1)
		}
	}
	for _, lang := range []content.Lang{"de", "en", content.NoLang} {
		versions, err := store.Versions(t.Context(), entry, lang)
		if err != nil || len(versions) == 0 || len(versions) != recorded[lang] {
			t.Fatalf("%q: %d versions and %d lines in the ledger, %v", lang, len(versions), recorded[lang], err)
		}
		for i, v := range versions {
			if want := len(versions) - i; v.Number != want {
				t.Errorf("%q: version %d stands where %d belongs", lang, v.Number, want)
			}
		}
	}
}
