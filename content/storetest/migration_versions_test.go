package storetest_test

import (
	"testing"

	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// Versions of an older installation get the names that their revisions have, and so do those that an older program
// writes after the upgrade, at the next start.
func TestVersionsHaveNamesAfterTheUpgrade(t *testing.T) {
	version := func(number string) string {
		return `INSERT INTO versions (entry_id, lang, number, revision_id, change_id, published_at, effective_date, imported)
			VALUES ('e', 'en', ` + number + `, 'r` + number + `', 'c', 1000, '2026-01-01', FALSE)`
	}
	revision := func(number, title string) string {
		return `INSERT INTO revisions (id, entry_id, lang, number, base_id, author_id, created_at, hash, title, content, html)
			VALUES ('r` + number + `', 'e', 'en', ` + number + `, '', 'u', 1, 'hash` + number + `', '` + title + `', '{}', '{}')`
	}
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := url(t)
			before(t, address, "00049",
				`INSERT INTO entries (id, kind, slug, position, created_at) VALUES ('e', 'entry', 'e', 0, 1)`,
				`INSERT INTO changes (id, slug, title, summary, why, materiality, effective_date, perspectives, state, author_id, created_at, updated_at)
				VALUES ('c', 'c', '{}', '{}', '{}', 'material', '', '{}', 'published', 'u', 1, 1)`,
				revision("1", "Where am I?"), revision("2", ""), revision("3", "Later?"), version("1"), version("2"))
			checkNames(t, address, "hash1 Where am I?", "hash2 ")
			before(t, address, "00099", version("3"))
			checkNames(t, address, "hash1 Where am I?", "hash2 ", "hash3 Later?")
		})
	}
}

func checkNames(t *testing.T, address string, want ...string) {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	data, err := store.Published(t.Context(), 0)
	if err != nil || len(data.Entries) != 1 || len(data.Entries[0].Versions) != len(want) {
		t.Fatalf("%+v, %v", data.Entries, err)
	}
	if len(data.Changes) != 1 || len(data.Changes[0].SHA256) != 64 {
		t.Errorf("the change has no hash: %+v", data.Changes)
	}
	for i, v := range data.Entries[0].Versions {
		if got := v.Hash + " " + v.Title; got != want[i] {
			t.Errorf("version %d is %q, want %q", v.Number, got, want[i])
		}
	}
}
