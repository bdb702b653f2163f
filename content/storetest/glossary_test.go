package storetest

import (
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
)

func glossary(t *testing.T, s *Site) *content.Glossary {
	t.Helper()
	return &content.Glossary{Store: s.Store, Checker: newChecks(t, s).Checker, Now: s.Now}
}

func TestTheGlossary(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := NewSite(t, store)
		g := glossary(t, s)
		made, err := g.Create(t.Context(), s.Approver, content.Term{
			Lang: "de", Term: "  Sammel  Karte ", Forms: []string{"Sammelkarten", "Sammelkarten", "Sammel Karte"}, Explanation: "Eine Karte für Rabatt.",
		})
		if err != nil || made.Term != "Sammel Karte" || len(made.Forms) != 1 || made.Edition != 1 {
			t.Fatalf("%+v %v", made, err)
		}
		seq, err := store.SiteSeq(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.Create(t.Context(), s.Approver, content.Term{Lang: "de", Term: "SAMMEL KARTE", Explanation: "x"}); content.KindOf(err) != content.Conflict {
			t.Errorf("twice: %v", err)
		}
		if _, err := g.Update(t.Context(), s.Approver, made.ID, 1, func(t *content.Term) { t.Explanation, t.Lang = "Eine Karte.", "en" }); err != nil {
			t.Fatal(err)
		}
		if _, err := g.Update(t.Context(), s.Approver, made.ID, 1, func(*content.Term) {}); content.KindOf(err) != content.Conflict {
			t.Errorf("an old edition writes: %v", err)
		}
		data, err := store.Published(t.Context(), seq)
		if err != nil || !data.Explains || data.Whole || len(data.Glossary) != 1 || data.Glossary[0].Explanation != "Eine Karte." || data.Glossary[0].Lang != "de" {
			t.Errorf("readers get %+v %v", data.Glossary, err)
		}
		if err := g.Delete(t.Context(), s.Approver, made.ID); err != nil {
			t.Fatal(err)
		}
		if err := g.Delete(t.Context(), s.Approver, made.ID); content.KindOf(err) != content.NotFound {
			t.Errorf("twice: %v", err)
		}
		if after, err := store.Published(t.Context(), data.Seq); err != nil || !after.Explains || len(after.Glossary) != 0 {
			t.Errorf("readers get %+v %v", after.Glossary, err)
		}
	})
}

func TestWhatIsNoTerm(t *testing.T) {
	t.Parallel()
	s := NewSite(t, SQLite(t))
	g := glossary(t, s)
	for _, bad := range []content.Term{
		{Lang: "de", Explanation: "x"}, {Lang: "de", Term: "x"}, {Lang: "xx", Term: "x", Explanation: "x"}, {Lang: "de", Term: "a\x00", Explanation: "x"},
	} {
		if _, err := g.Create(t.Context(), s.Approver, bad); content.KindOf(err) != content.Invalid {
			t.Errorf("%+v is taken: %v", bad, err)
		}
	}
}

// A term is public at once, so it takes somebody who may publish.
func TestWhoMayEditTheGlossary(t *testing.T) {
	t.Parallel()
	s := NewSite(t, SQLite(t))
	g := glossary(t, s)
	for actor, want := range map[content.Actor]content.Kind{{}: content.Unknown, s.Author: content.Forbidden} {
		_, create := g.Create(t.Context(), actor, content.Term{Lang: "de", Term: "x", Explanation: "x"})
		_, adopt := g.Adopt(t.Context(), actor, "de", nil)
		_, update := g.Update(t.Context(), actor, "x", 0, func(*content.Term) {})
		for _, err := range []error{create, adopt, update, g.Delete(t.Context(), actor, "x")} {
			if content.KindOf(err) != want {
				t.Errorf("%s: %v", actor.Role, err)
			}
		}
	}
}

func TestStartersAreAdopted(t *testing.T) {
	t.Parallel()
	s := NewSite(t, SQLite(t))
	g := glossary(t, s)
	all, err := g.Starters(t.Context(), s.Author, "en")
	if err != nil || len(all) < 40 {
		t.Fatalf("%d starters, %v", len(all), err)
	}
	some, err := g.Adopt(t.Context(), s.Approver, "en", []string{all[0].Term, "no such term"})
	if err != nil || len(some) != 1 || some[0].Explanation == "" {
		t.Fatalf("%+v %v", some, err)
	}
	rest, err := g.Adopt(t.Context(), s.Approver, "en", nil)
	if err != nil || len(rest) != len(all)-1 {
		t.Fatalf("%d adopted, %v", len(rest), err)
	}
	if left, err := g.Starters(t.Context(), s.Author, "en"); err != nil || len(left) != 0 {
		t.Errorf("%d are left, %v", len(left), err)
	}
}
