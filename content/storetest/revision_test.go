package storetest_test

import (
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// An editor who saves without having typed anything has said nothing new; a
// revision of it would only hide the ones that say something.
func TestSavingTheSameTextMakesNoRevision(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		first := s.Write(t, e.ID, "en", "Mine")
		again := func(actor content.Actor, title string) content.Revision {
			r, err := s.Editor.SaveText(t.Context(), actor, content.NewRevision{
				Entry: e.ID, Lang: "en", Base: first.ID, Text: &content.Writing{Title: title, Body: "Body of Mine"},
			})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if r := again(s.Author, "Mine"); r.ID != first.ID {
			t.Errorf("the author's unchanged text became revision %d", r.Number)
		}
		if r := again(s.Approver, "Mine"); r.ID != first.ID || r.Author != first.Author {
			t.Errorf("somebody else's look at it became revision %d", r.Number)
		}
		if r := again(s.Author, "Mine, but better"); r.ID == first.ID || r.Number != 2 {
			t.Errorf("a changed text is revision %d, want 2", r.Number)
		}
		revisions, err := store.Revisions(t.Context(), e.ID, "en")
		if err != nil || len(revisions) != 2 {
			t.Errorf("%d revisions, want 2 (%v)", len(revisions), err)
		}
	})
}

func TestSavingTheSameFactsMakesNoRevision(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		save := func(base, country string) content.Revision {
			r, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{
				Entry: e.ID, Base: base, Facts: &content.Facts{Countries: []string{country}},
			})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := save("", "DE")
		if r := save(first.ID, "DE"); r.ID != first.ID {
			t.Errorf("unchanged facts became revision %d", r.Number)
		}
		if r := save(first.ID, "AT"); r.Number != 2 {
			t.Errorf("changed facts are revision %d, want 2", r.Number)
		}
	})
}
