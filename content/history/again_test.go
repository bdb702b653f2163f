package history_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func history1() []line {
	return []line{
		{Key: "a", Lang: "de", Date: "2024-01-01", Topic: "Thema", Message: "New", Markdown: "Eins."},
		{Key: "a", Lang: "de", Date: "2024-02-01", Topic: "Thema", Message: "More", Markdown: "Eins und zwei und drei und vier und fünf und sechs."},
		{Key: "b", Lang: "de", Date: "2024-01-01", Topic: "Thema", Message: "New", Markdown: "B."},
	}
}

func TestASecondImportChangesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		mustImport(t, store, history1()...)
		before := look(t, store)
		summary := mustImport(t, store, history1()...)
		after := look(t, store)
		if summary.Taken != 0 || summary.Known != 3 || summary.Changes != 0 {
			t.Errorf("summary %+v", summary)
		}
		if after.Seq != before.Seq || len(after.ledger) != len(before.ledger) || len(after.Changes) != len(before.Changes) {
			t.Errorf("something changed: %d, %d", before.Seq, after.Seq)
		}
		audits, err := store.Audits(t.Context(), "", 100)
		if err != nil || len(audits) != 1 || audits[0].Action != "content.import" || audits[0].Detail["versions"] != "3" {
			t.Errorf("audit %+v, %v", audits, err)
		}
	})
}

func TestALongerFileAddsWhatIsNew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		mustImport(t, store, history1()...)
		first := look(t, store)
		summary := mustImport(t, store, append(history1(),
			line{Key: "a", Lang: "de", Date: "2024-03-01", Topic: "Neues Thema", Message: "Third", Markdown: "Eins und zwei und drei und vier und fünf und sieben."},
			line{Key: "a", Lang: "en", Date: "2024-03-01", Topic: "Topic", Message: "Third", Markdown: "One."},
			line{Key: "b", Lang: "en", Date: "2024-01-01", Topic: "Old topic", Message: "New", Markdown: "B."},
			line{Key: "c", Lang: "de", Date: "2024-01-01", Topic: "Thema", Message: "New", Markdown: "C."},
		)...)
		if summary.Taken != 4 || summary.Known != 3 || summary.Entries != 1 || summary.Changes != 2 {
			t.Errorf("summary %+v", summary)
		}
		s := look(t, store)
		if s.Seq <= first.Seq {
			t.Error("the public site is not told")
		}
		a := s.entry(t, "a")
		if a.Current["de"].Number != 3 || a.Current["en"].Number != 1 || a.ID != first.entry(t, "a").ID {
			t.Errorf("a: %+v", a)
		}
		if title := s.topic(a.Topic).Title; title["de"] != "Neues Thema" || title["en"] != "Topic" {
			t.Errorf("a stands under %v", title)
		}
		if title := s.topic(s.entry(t, "b").Topic).Title; title["de"] != "Thema" || title["en"] != "Old topic" {
			t.Errorf("b stands under %v", title)
		}
		if c := s.change(t, "2024-01-01-new-2"); len(c.Revisions) != 2 {
			t.Errorf("late states of an old moment: %+v", c)
		}
	})
}

func TestThePastIsNotChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		mustImport(t, store, history1()...)
		before := look(t, store)
		problems := refused(t, store,
			line{Key: "c", Lang: "de", Date: "2024-05-01"},
			line{Key: "a", Lang: "de", Date: "2024-01-15"},
			line{Key: "a", Lang: "de", Date: "2024-01-16", Status: "withdrawn"},
		)
		if len(problems) != 2 || problems[0].Code != content.CodeImportOld || problems[0].Args["Line"] != 2 || problems[1].Args["Line"] != 3 {
			t.Errorf("problems %+v", problems)
		}
		if after := look(t, store); after.Seq != before.Seq || len(after.Entries) != len(before.Entries) {
			t.Error("something was imported")
		}
	})
}

func TestATextThatCannotBeShownIsNamedAndNothingIsImported(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	problems := refused(t, store,
		line{Key: "fine", Date: "2024-01-01"},
		line{Key: "deep", Date: "2024-01-02", Markdown: strings.Repeat(">", 10_000) + " x"},
		line{Key: "title", Date: "2024-01-03", Title: strings.Repeat("t", 301)},
		line{Key: "long", Date: "2024-01-04", Markdown: strings.Repeat("wort ", 300_000)},
	)
	if len(problems) != 3 || problems[0].Args["Line"] != 2 || problems[0].Args["Name"] != "markdown" ||
		problems[1].Args["Line"] != 3 || problems[1].Code != content.CodeTooLong || problems[1].Args["Name"] != "title" ||
		problems[2].Args["Line"] != 4 || problems[2].Code != content.CodeRenderTooLong {
		t.Errorf("problems %+v", problems)
	}
	if s := look(t, store); len(s.Entries) != 0 || s.Seq != 0 {
		t.Errorf("imported: %+v", s.Entries)
	}
}

func TestOnlyWhoMayImportImports(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	for _, role := range []content.Role{"", content.Author, content.Approver} {
		_, err := importer(store).Import(t.Context(), content.Actor{UserID: "u", Role: role}, file(t, history1()...))
		if kind := content.KindOf(err); kind != content.Forbidden && kind != content.Unknown {
			t.Errorf("role %q: %v", role, err)
		}
	}
}

// What people have published since stays, and the import goes on from it.
func TestAnImportGoesOnFromWhatPeopleWrote(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		mustImport(t, store, history1()...)
		people := storetest.NewSite(t, store)
		people.Time = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		entry := look(t, store).entry(t, "a")
		written := people.Write(t, entry.ID, "de", "Title of a")
		facts, err := people.Editor.SaveFacts(t.Context(), people.Author, content.NewRevision{Entry: entry.ID, Facts: &content.Facts{Countries: []string{"DE"}}})
		if err != nil {
			t.Fatal(err)
		}
		people.Publish(t, people.Change(t, "by-hand", written, facts).ID)
		draft := people.Write(t, entry.ID, "de", "A draft")

		problems := refused(t, store, append(history1(), line{Key: "a", Lang: "de", Date: "2025-01-01"})...)
		if problems[0].Code != content.CodeImportOld {
			t.Errorf("before what people published: %+v", problems)
		}
		mustImport(t, store, append(history1(), line{Key: "a", Lang: "de", Date: "2026-04-01", Message: "On", Title: "Title of a", Markdown: "Body of Title of a, nearly"})...)
		s := look(t, store)
		current := s.entry(t, "a").Current["de"]
		if current.Number != 4 || current.Facts == nil || current.Facts.Countries[0] != "DE" {
			t.Errorf("current %+v", current)
		}
		if c := s.change(t, "2026-04-01-on"); c.Materiality != content.Editorial {
			t.Errorf("one word against what people wrote is %s", c.Materiality)
		}
		newest, err := store.NewestRevision(t.Context(), entry.ID, "de")
		if err != nil || newest.Base != draft.ID || newest.Number != draft.Number+1 {
			t.Errorf("revision %+v, %v", newest, err)
		}
	})
}

func TestTwoImportsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		var wg sync.WaitGroup
		for range 4 {
			in := file(t, history1()...)
			wg.Go(func() {
				if _, err := importer(store).Import(t.Context(), content.Operator(), in); err != nil {
					t.Errorf("import: %v", err)
				}
			})
		}
		wg.Wait()
		if s := look(t, store); len(s.Changes) != 2 || len(s.Entries) != 2 || len(s.ledger) != 5 {
			t.Errorf("%d changes, %d entries, %d ledger rows", len(s.Changes), len(s.Entries), len(s.ledger))
		}
	})
}
