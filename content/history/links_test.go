package history_test

import (
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/storetest"
)

// Answers that pointed at each other by anchors of one page lead to each other's pages,
// also where the address that a key would get is another entry's already.
func TestLinksBetweenAnswersLead(t *testing.T) {
	store := storetest.SQLite(t)
	s := storetest.NewSite(t, store)
	s.Entry(t, "backup")
	file := `{"key":"faq/Location","kind":"entry","lang":"de","date":"2024-05-01T10:00:00Z","title":"Wo?","topic":"T","status":"published","message":"m","markdown":"Siehe [hier](#BACKUP), [dort](#nowhere) und [da](https://example.org/#backup)."}
{"key":"faq/backup","kind":"entry","lang":"de","date":"2024-05-01T10:00:00Z","title":"Backup?","topic":"T","status":"published","message":"m","markdown":"Siehe [oben](#location)."}
`
	summary, err := importer(store).Import(t.Context(), content.Operator(), strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if summary.Links != 2 {
		t.Errorf("%d links lead to pages, want 2", summary.Links)
	}
	for _, e := range look(t, store).Entries {
		want := map[string]string{
			"location": "Siehe [hier](/de/faq/backup-2), [dort](#nowhere) und [da](https://example.org/#backup).",
			"backup-2": "Siehe [oben](/de/faq/location).",
		}[e.Slug]
		if got := e.Current["de"].Text.Body; got != want {
			t.Errorf("%s: %s, want %s", e.Slug, got, want)
		}
	}
}
