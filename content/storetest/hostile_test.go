package storetest_test

import (
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// A form can bring any bytes as an id. PostgreSQL refuses some of them, which
// must be told to their sender and not be taken for a fault of ours.
func TestOddBytesAreNobodysFault(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		for _, odd := range []string{"\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80"} {
			_, entry := store.Entry(t.Context(), odd)
			_, revision := store.Revision(t.Context(), odd)
			_, change := store.Change(t.Context(), odd)
			_, delivery := s.Deliveries().Get(t.Context(), s.Author, odd)
			_, created := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{Revisions: &[]string{odd}})
			_, audits := store.Audits(t.Context(), odd, 10)
			for what, err := range map[string]error{
				"entry": entry, "revision": revision, "change": change, "delivery": delivery, "create": created, "audits": audits,
			} {
				if err != nil && content.KindOf(err) != content.NotFound && content.KindOf(err) != content.Invalid {
					t.Errorf("%s %q: %v", what, odd, err)
				}
			}
		}
	})
}
