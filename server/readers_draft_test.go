package server_test

import (
	"net/http"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/storetest"
)

// TestDraftsNeverLeak writes into every place where a draft can lie, beside one
// published text, and then reads everything that a stranger can reach.
func TestDraftsNeverLeak(t *testing.T) {
	const secret = "GEHEIMNIS"
	site := storetest.NewSite(t, storetest.SQLite(t))
	entry := site.Entry(t, "open")
	site.Publish(t, site.Change(t, "opened", site.Write(t, entry.ID, "en", "Open words")).ID)
	// On the published entry, and on one that is still hidden.
	newer := site.Write(t, entry.ID, "en", secret+" newer")
	german := site.Write(t, entry.ID, "de", secret+" in German")
	hidden := site.Entry(t, strings.ToLower(secret))
	first := site.Write(t, hidden.ID, "en", secret+" first")
	facts, err := site.Editor.SaveFacts(t.Context(), site.Author, content.NewRevision{
		Entry: entry.ID, Facts: &content.Facts{Data: []content.Text{{"en": secret}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	secrets := content.Text{"de": secret, "en": secret}
	draft := site.Change(t, "draft-"+strings.ToLower(secret), newer, german, first, facts)
	if _, err := site.Changes.Update(t.Context(), site.Author, draft.ID, content.ChangeInput{Title: secrets, Summary: secrets, Why: secrets}); err != nil {
		t.Fatal(err)
	}
	site.Approve(t, draft.ID) // approved, and still not published

	r := newReaders(t, site.Store)
	seen := walk(t, r, "/en/", "/de/", "/en/faq/open", "/sitemap.xml", "/robots.txt", "/ledger.jsonl")
	if !strings.Contains(seen["/en/faq/open"], "Open words") {
		t.Fatalf("the published entry is not there: %.300s", seen["/en/faq/open"])
	}
	for path, text := range seen {
		if strings.Contains(strings.ToUpper(text), secret) {
			t.Errorf("%s tells of a draft", path)
		}
	}
	slug := strings.ToLower(secret)
	for _, path := range []string{
		"/en/faq/" + slug, "/en/faq/" + slug + "/versions", "/en/faq/" + slug + "/v1", "/en/faq/" + slug + ".atom", "/en/topics/topic-" + slug,
		"/en/changes/draft-" + slug, "/en/faq/open/v2", "/en/faq/open/v1...v2", "/de/faq/open/v1", "/de/faq/open/versions",
	} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
	// And once it is published, it shows after one look.
	if _, err := site.Changes.Publish(t.Context(), site.Approver, draft.ID); err != nil {
		t.Fatal(err)
	}
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, r.get(t, "/en/faq/open")); !strings.Contains(text, secret+" newer") {
		t.Errorf("what was published does not show: %.300s", text)
	}
}
