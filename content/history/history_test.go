package history_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/history"
	"klartext/content/markdown"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// now is after all dates of these tests.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

func importer(store history.Store) *history.Importer {
	return &history.Importer{Store: store, Writer: &content.Editor{Renderer: markdown.NewDomain()}, Now: clock}
}

// mustImport imports lines that must be fine.
func mustImport(t *testing.T, store history.Store, lines ...line) history.Summary {
	t.Helper()
	summary, err := importer(store).Import(t.Context(), content.Operator(), file(t, lines...))
	if err != nil {
		t.Fatalf("import: %+v", err)
	}
	return summary
}

// refused imports lines that must be refused, and gives the problems.
func refused(t *testing.T, store history.Store, lines ...line) []content.FieldError {
	t.Helper()
	_, err := importer(store).Import(t.Context(), content.Operator(), file(t, lines...))
	e, ok := errors.AsType[*content.Error](err)
	if !ok || e.Kind != content.Invalid || e.Code != content.CodeImportBroken || len(e.Fields) == 0 {
		t.Fatalf("import: %v, want a refusal", err)
	}
	return e.Fields
}

// line is a line of a history. What is left out is filled in by file.
type line struct {
	Key      string `json:"key"`
	Kind     string `json:"kind"`
	Lang     string `json:"lang"`
	Date     string `json:"date"`
	Title    string `json:"title"`
	Topic    string `json:"topic"`
	Status   string `json:"status"`
	Message  string `json:"message"`
	Markdown string `json:"markdown"`
}

func file(t *testing.T, lines ...line) io.Reader {
	t.Helper()
	var b bytes.Buffer
	for _, l := range lines {
		l.Kind = or(l.Kind, "entry")
		l.Lang = or(l.Lang, "en")
		l.Status = or(l.Status, "published")
		l.Title = or(l.Title, "Title of "+l.Key)
		l.Markdown = or(l.Markdown, "Some text.")
		if len(l.Date) == len(time.DateOnly) {
			l.Date += "T10:00:00Z"
		}
		raw, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(raw, '\n'))
	}
	return &b
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// site is what readers see.
type site struct {
	content.SiteData
	ledger []content.LedgerBody
}

func look(t *testing.T, store *sqlstore.Store) site {
	t.Helper()
	data, err := store.Published(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data.Entries { // with the Markdown, which readers' pages leave out
		e := &data.Entries[i]
		for lang, current := range e.Current {
			if e.Current[lang], err = store.Version(t.Context(), e.ID, lang, current.Number); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range data.Changes { // with its parts
		if data.Changes[i].Change, err = store.Change(t.Context(), data.Changes[i].ID); err != nil {
			t.Fatal(err)
		}
	}
	s := site{SiteData: data}
	rows, err := store.Ledger(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		var body content.LedgerBody
		if err := json.Unmarshal(row.Body, &body); err != nil {
			t.Fatal(err)
		}
		if !row.At.Equal(now) && body.Imported {
			t.Errorf("ledger row %d says it was imported at %v", row.Seq, row.At)
		}
		s.ledger = append(s.ledger, body)
	}
	return s
}

func (s site) entry(t *testing.T, slug string) content.PublishedEntry {
	t.Helper()
	for _, e := range s.Entries {
		if e.Slug == slug {
			return e
		}
	}
	t.Fatalf("no entry %q", slug)
	return content.PublishedEntry{}
}

func (s site) topic(id string) content.Topic {
	for _, topic := range s.Topics {
		if topic.ID == id {
			return topic
		}
	}
	return content.Topic{}
}

func (s site) change(t *testing.T, slug string) content.PublishedChange {
	t.Helper()
	for _, c := range s.Changes {
		if c.Slug == slug {
			return c
		}
	}
	t.Fatalf("no change %q", slug)
	return content.PublishedChange{}
}

// realHistory opens one of the real histories, or skips where the data is absent.
func realHistory(t testing.TB, name string) []byte {
	t.Helper()
	dir := os.Getenv("KLARTEXT_TEST_DATA")
	for up := "."; dir == "" && len(up) < 40; up = filepath.Join(up, "..") {
		if info, err := os.Stat(filepath.Join(up, "shared", "data")); err == nil && info.IsDir() {
			dir = filepath.Join(up, "shared", "data")
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "histories", name))
	if dir == "" || errors.Is(err, os.ErrNotExist) {
		t.Skipf("SKIPPED: the real history %s is not beside the repository (set KLARTEXT_TEST_DATA)", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestTheExampleOfTheFormat(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		summary := mustImport(t, store,
			line{Key: "faq/standort", Lang: "de", Date: "2024-05-01", Title: "Wissen Sie, wo ich bin?", Topic: "Standort", Message: "We now delete it after 30 days.\n\nMore words.", Markdown: "Nach 30 Tagen."},
			line{Key: "faq/standort", Lang: "en", Date: "2024-02-01", Title: "Do you track where I am?", Topic: "Location", Markdown: "After 90 days we delete all that we know."},
			line{Key: "faq/standort", Lang: "en", Date: "2024-05-01", Title: "Do you track where I am?", Topic: "Location", Message: "We now delete it after 30 days.\n\nMore words.", Markdown: "After 30 days we delete all that we know."},
			line{Key: "faq/standort", Lang: "en", Date: "2024-06-01", Status: "withdrawn", Topic: "Location", Message: "No longer true."},
		)
		if summary.Taken != 4 || summary.Entries != 1 || summary.Topics != 1 || summary.Versions != 3 || summary.Tombstones != 1 || summary.Changes != 3 {
			t.Errorf("summary %+v", summary)
		}
		s := look(t, store)
		e := s.entry(t, "standort")
		if title := s.topic(e.Topic).Title; title["de"] != "Standort" || title["en"] != "Location" {
			t.Errorf("topic %v", title)
		}
		checkVersions(t, e)
		checkChange(t, s.change(t, "2024-05-01-we-now-delete-it-after-30-days"))
		if c := s.change(t, "2024-02-01-do-you-track-where-i-am"); c.Title["en"] != "Do you track where I am?" || c.Why["en"] != "no reason given" || len(c.Why) != 1 {
			t.Errorf("a change without a message: %v %v", c.Title, c.Why)
		}
		checkLedger(t, s)
	})
}

func checkVersions(t *testing.T, e content.PublishedEntry) {
	t.Helper()
	if len(e.Versions) != 3 || len(e.Tombstones) != 1 {
		t.Fatalf("versions %+v, tombstones %+v", e.Versions, e.Tombstones)
	}
	for _, v := range e.Versions {
		if !v.Imported || v.PublishedAt.After(now) || v.Effective != content.Date(v.PublishedAt.Format(time.DateOnly)) {
			t.Errorf("version %+v", v)
		}
	}
	if grave := e.Withdrawn("en"); grave == nil || grave.AfterVersion != 2 || grave.Reason != "No longer true." {
		t.Errorf("tombstone %+v", grave)
	}
	if v := e.Current["de"]; v.Number != 1 || v.Text.Body != "Nach 30 Tagen." || !strings.Contains(v.HTML.Body, "<p>Nach 30 Tagen.</p>") {
		t.Errorf("current %+v", v)
	}
}

func checkChange(t *testing.T, c content.PublishedChange) {
	t.Helper()
	const why = "We now delete it after 30 days.\n\nMore words."
	if c.Title["de"] != "We now delete it after 30 days." || c.Why["en"] != why || c.Why["de"] != why || len(c.Title) != 2 {
		t.Errorf("texts %v %v", c.Title, c.Why)
	}
	if !c.Imported || c.State != content.Published || c.Materiality != content.Material || len(c.Revisions) != 2 || len(c.Approvals) != 0 {
		t.Errorf("change %+v", c.Change)
	}
	if !c.PublishedAt.Equal(time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)) || len(c.Posts) != 0 {
		t.Errorf("published %v", c.PublishedAt)
	}
}

// checkLedger: every row says that it was imported, none counts approvals, and each
// change stands before its pieces.
func checkLedger(t *testing.T, s site) {
	t.Helper()
	types := ""
	for _, row := range s.ledger {
		types += row.Type + " "
		if !row.Imported || row.Approvals != nil || row.ApprovalsRequired != nil || row.Published.After(now) {
			t.Errorf("ledger row %+v", row)
		}
		if row.Type == "version" && len(row.SHA256) != 64 {
			t.Errorf("ledger row without the text's hash: %+v", row)
		}
	}
	if types != "change version change version version change tombstone " {
		t.Errorf("ledger %s", types)
	}
}
