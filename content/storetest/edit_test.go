package storetest_test

import (
	"slices"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// What an answer calls the hash is what the next read calls it, or an approval of it would be refused.
func TestTheHashIsTheSameAfterReadingAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		r := s.Write(t, s.Entry(t, "location").ID, "en", "One")
		c, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{
			Title: content.Text{"en": "A title"}, Revisions: &[]string{r.ID}, Withdraw: &[]content.Withdrawal{},
			Perspectives: map[content.Lang][]content.Perspective{"en": {}},
		})
		if err != nil {
			t.Fatal(err)
		}
		read, err := store.Change(t.Context(), c.ID)
		if err != nil || read.Hash() != c.Hash() {
			t.Errorf("made with hash %.8s, read with %.8s (%v)", c.Hash(), read.Hash(), err)
		}
	})
}

// Sending a form in which nothing was changed voids no approval and makes nobody an author.
func TestSavingAChangeAsItIsChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := s.Approve(t, s.Change(t, "first", s.Write(t, s.Entry(t, "location").ID, "en", "One")).ID)
		for name, save := range map[string]func(actor content.Actor) error{
			"texts": func(actor content.Actor) error {
				_, err := s.Changes.Update(t.Context(), actor, c.ID, content.ChangeInput{
					Title: c.Title, Summary: content.Text{"de": " "}, Why: c.Why,
					Perspectives: map[content.Lang][]content.Perspective{}, Withdraw: &[]content.Withdrawal{},
				})
				return err
			},
			"announcements": func(actor content.Actor) error {
				_, err := s.Changes.SetAnnouncements(t.Context(), actor, c.ID, []content.Announcement{{Text: " "}})
				return err
			},
		} {
			if err := save(s.Admin); err != nil {
				t.Fatal(err)
			}
			got, err := store.Change(t.Context(), c.ID)
			if err != nil || got.State != content.Approved || len(got.ValidApprovals()) != 1 || slices.Contains(got.Contributors, s.Admin.UserID) {
				t.Errorf("%s: %s with approvals %v, written by %v (%v)", name, got.State, got.ValidApprovals(), got.Contributors, err)
			}
		}
	})
}

// An address that nobody typed is found, however many changes of a day have the same title.
func TestChangesOfOneDayGetAddressesOfTheirOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		var slugs []string
		for range 3 {
			c, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{Title: content.Text{"en": "News"}})
			if err != nil {
				t.Fatal(err)
			}
			slugs = append(slugs, c.Slug)
		}
		if want := []string{"2026-03-02-news", "2026-03-02-news-2", "2026-03-02-news-3"}; !slices.Equal(slugs, want) {
			t.Errorf("%v, want %v", slugs, want)
		}
		_, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{Slug: &slugs[0]})
		if codeOf(err) != content.CodeSlugTaken {
			t.Errorf("an address that somebody typed: %v", err)
		}
	})
}

// A language that the site gives up takes no draft with it, and nothing goes out in it.
func TestALanguageIsGivenUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		site := content.Site{Store: store, Now: s.Now}
		speak := func(langs ...content.Lang) {
			t.Helper()
			if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.Languages = langs }); err != nil {
				t.Fatal(err)
			}
		}
		c := s.Approve(t, s.Change(t, "first", s.Write(t, s.Entry(t, "location").ID, "en", "One")).ID)
		speak("de")
		if settings, _ := store.Settings(t.Context()); settings.SiteName["en"] != "" || settings.SiteName["de"] == "" {
			t.Errorf("the site is called %v", settings.SiteName)
		}
		if _, err := s.Changes.Publish(t.Context(), s.Approver, c.ID); !hasField(err, "revisions.0", content.CodeLangUnknown) {
			t.Errorf("publish in a language that is gone: %v", err)
		}
		got, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Summary: content.Text{"de": "Geht weiter."}})
		if err != nil || got.Title["en"] != "first" {
			t.Errorf("edit the draft: %v, title %v", err, got.Title)
		}
		speak("de", "en")
		s.Approve(t, c.ID)
		if _, err := s.Changes.Publish(t.Context(), s.Approver, c.ID); err != nil {
			t.Errorf("the language is back: %v", err)
		}
	})
}

// The ledger is public for good: nobody's name, address or id may get into it by any path of a publication.
func TestTheLedgerKnowsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		s.Publish(t, s.Change(t, "first", s.Write(t, e.ID, "en", "One"), s.Write(t, e.ID, "de", "Eins")).ID)
		facts, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{Entry: e.ID, Facts: &content.Facts{Countries: []string{"DE"}}})
		if err != nil {
			t.Fatal(err)
		}
		s.Publish(t, s.Change(t, "facts", facts).ID)
		c, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{
			Title: content.Text{"en": "Gone"}, Why: content.Text{"en": "Because."},
			Withdraw: &[]content.Withdrawal{{Entry: e.ID, Lang: "en", Reason: "No longer so."}},
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Publish(t, c.ID)
		rows, err := store.Ledger(t.Context(), 0, 100)
		if err != nil || len(rows) < 8 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, row := range rows {
			for _, who := range []content.Actor{s.Author, s.Approver, s.Admin} {
				if body := string(row.Body); strings.Contains(body, who.UserID) || strings.Contains(body, `"`+who.Name+`"`) || strings.Contains(body, "@") {
					t.Errorf("%s stands in the ledger: %s", who.Name, body)
				}
			}
		}
	})
}
