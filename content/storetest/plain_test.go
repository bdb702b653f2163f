package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/plain"
	"klartext/content/sqlstore"
)

// hard is officialese, long enough for a score.
const hard = `Die Verarbeitung der personenbezogenen Daten der betroffenen Personen erfolgt zum Zwecke der Inanspruchnahme der
angebotenen Dienstleistungen durch den Verantwortlichen unter Berücksichtigung der einschlägigen gesetzlichen Bestimmungen.

Hinsichtlich der Übermittlung der vorgenannten Bestandsdaten an Auftragsverarbeiter im Sinne der Datenschutz-Grundverordnung
wird seitens der verantwortlichen Stelle eine Interessenabwägung vorgenommen.

Eine Inanspruchnahme von Unterauftragsverarbeitern bedarf der vorherigen schriftlichen Zustimmung der Vertragsparteien.`

// easy says the same to a person.
const easy = `Wir brauchen Ihren Namen und Ihre Adresse. Sonst kommt das Paket nicht an. Der Bote bekommt nur die Adresse.
Nach zwei Wochen löschen wir sie wieder. Sie können uns jederzeit fragen, was wir von Ihnen wissen. Wir antworten
Ihnen am nächsten Tag. Das kostet Sie nichts.`

// checked is a site whose gate asks the real checker.
func checked(t *testing.T, store *sqlstore.Store) *Site {
	t.Helper()
	s := NewSite(t, store)
	s.Changes.Checks = newChecks(t, s)
	return s
}

func newChecks(t *testing.T, s *Site) *content.Checks {
	t.Helper()
	checker, err := plain.New()
	if err != nil {
		t.Fatal(err)
	}
	return &content.Checks{Store: s.Store, Checker: clarity.New(checker), Now: s.Now}
}

// says saves a German text with this body.
func (s *Site) says(t *testing.T, entry, body string) content.Revision {
	t.Helper()
	base := ""
	if newest, err := s.Store.NewestRevision(t.Context(), entry, "de"); err == nil {
		base = newest.ID
	}
	r, err := s.Editor.SaveText(t.Context(), s.Author, content.NewRevision{
		Entry: entry, Lang: "de", Base: base, Text: &content.Writing{Title: "Was wissen Sie von mir?", Body: body},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// closed wants the gate's reasons.
func closed(t *testing.T, err error, codes ...content.Code) {
	t.Helper()
	e, ok := errors.AsType[*content.Error](err)
	if !ok || e.Kind != content.Invalid {
		t.Fatalf("the gate is open: %v", err)
	}
	var got []content.Code
	for _, f := range e.Fields {
		if strings.HasPrefix(f.Field, "revisions.0") {
			got = append(got, f.Code)
		}
	}
	if !slices.Equal(got, codes) {
		t.Fatalf("reasons %v, want %v: %v", got, codes, err)
	}
}

func TestTheGateHoldsBackWhatIsHardToRead(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := checked(t, store)
		e := s.Entry(t, "data")
		c := s.Change(t, "one", s.says(t, e.ID, hard))
		_, err := s.Changes.Submit(t.Context(), s.Author, c.ID)
		closed(t, err, content.CodeScoreLow, content.CodeTextErrors)
		problems, err := s.Changes.Problems(t.Context(), &c)
		if err != nil {
			t.Fatal(err)
		}
		closed(t, problems, content.CodeScoreLow, content.CodeTextErrors)

		better := []string{s.says(t, e.ID, easy).ID}
		if _, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Revisions: &better}); err != nil {
			t.Fatal(err)
		}
		s.Publish(t, c.ID)
		v, err := store.Version(t.Context(), e.ID, "de", 1)
		if err != nil || v.Verdict == nil || v.Verdict.Score == nil || *v.Verdict.Score < 55 || v.Verdict.Override != "" || v.Verdict.RuleSet == "" {
			t.Errorf("the version keeps %+v (%v)", v.Verdict, err)
		}
	})
}

func TestTextsTooShortForAScoreAndForeignOnesPass(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	if _, err := (&content.Site{Store: s.Store, Now: s.Now}).Update(t.Context(), s.Admin, func(settings *content.Settings) {
		settings.Languages = append(settings.Languages, "fr")
	}); err != nil {
		t.Fatal(err)
	}
	e := s.Entry(t, "short")
	c := s.Change(t, "short", s.says(t, e.ID, "Wir speichern Bestandsdaten."), s.Write(t, e.ID, "fr", "Quelles données ?"))
	why := content.Text{"de": "Darum.", "fr": "Parce que."}
	if _, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Why: why, Title: content.Text{"de": "Kurz", "fr": "Court"}}); err != nil {
		t.Fatal(err)
	}
	s.Publish(t, c.ID)
	short, err := s.Store.Version(t.Context(), e.ID, "de", 1)
	if err != nil || short.Verdict == nil || short.Verdict.Score != nil {
		t.Errorf("short: %+v %v", short.Verdict, err)
	}
	foreign, err := s.Store.Version(t.Context(), e.ID, "fr", 1)
	if err != nil || foreign.Verdict != nil {
		t.Errorf("a language that nobody checks has a verdict: %+v %v", foreign.Verdict, err)
	}
}

func TestAnOverrideNeedsAReasonThatStays(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := checked(t, store)
		e := s.Entry(t, "data")
		r := s.says(t, e.ID, hard)
		c := s.Change(t, "one", r)
		before := c.Hash()
		for _, bad := range [][]content.Override{{{Revision: r.ID}}, {{Revision: r.ID, Reason: " \n"}}, {{Revision: "other", Reason: "x"}}, {{Revision: r.ID, Reason: "x"}, {Revision: r.ID, Reason: "y"}}} {
			if _, err := s.Changes.SetOverrides(t.Context(), s.Author, c.ID, 0, bad); content.KindOf(err) != content.Invalid {
				t.Errorf("%+v is taken: %v", bad, err)
			}
		}
		c, err := s.Changes.SetOverrides(t.Context(), s.Author, c.ID, c.Edition, []content.Override{{Revision: r.ID, Reason: " The authority wants these words. "}})
		if err != nil || c.Hash() == before {
			t.Fatalf("the approval would not cover the reason: %v", err)
		}
		if _, err := s.Changes.SetOverrides(t.Context(), s.Author, c.ID, 1, nil); content.KindOf(err) != content.Conflict {
			t.Errorf("an old edition writes: %v", err)
		}
		s.Publish(t, c.ID)
		v, err := store.Version(t.Context(), e.ID, "de", 1)
		if err != nil || v.Verdict.Override != "The authority wants these words." || v.Verdict.Errors == 0 {
			t.Errorf("the version keeps %+v (%v)", v.Verdict, err)
		}
		data, err := store.Published(t.Context(), 0)
		if err != nil || data.Entries[0].Current["de"].Verdict.Override == "" || data.Entries[0].Versions[0].Verdict == nil {
			t.Errorf("the site does not know: %v", err)
		}
	})
}

func TestAnOverrideEndsWithTheText(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	e := s.Entry(t, "data")
	r := s.says(t, e.ID, hard)
	c := s.Change(t, "one", r)
	if _, err := s.Changes.SetOverrides(t.Context(), s.Author, c.ID, 0, []content.Override{{Revision: r.ID, Reason: "Because."}}); err != nil {
		t.Fatal(err)
	}
	edited := []string{s.says(t, e.ID, hard+" Ja.").ID}
	c, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Revisions: &edited})
	if err != nil || len(c.Overrides) > 0 {
		t.Fatalf("%+v %v", c.Overrides, err)
	}
	_, err = s.Changes.Submit(t.Context(), s.Author, c.ID)
	closed(t, err, content.CodeScoreLow, content.CodeTextErrors)
}

func TestWhoMayOverride(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	e := s.Entry(t, "data")
	r := s.says(t, e.ID, hard)
	c := s.Change(t, "one", r)
	site := &content.Site{Store: s.Store, Checker: s.Changes.Checks.Checker, Now: s.Now}
	people := map[content.Role]content.Actor{content.Author: s.Author, content.Approver: s.Approver, content.Admin: s.Admin}
	for _, role := range []content.Role{content.Author, content.Approver, content.Admin, ""} {
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.Gates.OverrideRole = role }); err != nil {
			t.Fatal(err)
		}
		for mine, actor := range people {
			want := role != "" && slices.Index(content.Roles(), mine) >= slices.Index(content.Roles(), role)
			_, err := s.Changes.SetOverrides(t.Context(), actor, c.ID, 0, []content.Override{{Revision: r.ID, Reason: string("as " + mine)}})
			if (err == nil) != want || err != nil && content.KindOf(err) != content.Forbidden {
				t.Errorf("%s where %q may: %v", mine, role, err)
			}
			_, err = s.Changes.Checks.Ignore(t.Context(), actor, content.Ignored{Entry: e.ID, Lang: "de", Rule: "word.legal-term", Quote: "x", Reason: "y"})
			if (err == nil) != want {
				t.Errorf("%s puts an error aside where %q may: %v", mine, role, err)
			}
		}
	}
	if _, err := s.Changes.SetOverrides(t.Context(), content.Actor{}, c.ID, 0, nil); content.KindOf(err) != content.Unknown {
		t.Errorf("a stranger: %v", err)
	}
}

// What passed keeps its verdict until it is edited, whatever the site asks by then.
func TestAVerdictStays(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := checked(t, store)
		e := s.Entry(t, "data")
		c := s.Change(t, "one", s.says(t, e.ID, easy))
		s.Approve(t, c.ID)
		site := &content.Site{Store: store, Now: s.Now}
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.Gates.MinScore = 100 }); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Changes.Schedule(t.Context(), s.Approver, c.ID, s.Time.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		s.Time = s.Time.Add(2 * time.Hour)
		if err := s.Changes.PublishDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if c, err := store.Change(t.Context(), c.ID); err != nil || c.State != content.Published {
			t.Fatalf("%s, %+v, %v", c.State, c.Failure, err)
		}
		next := s.Change(t, "two", s.says(t, e.ID, hard))
		_, err := s.Changes.Submit(t.Context(), s.Author, next.ID)
		closed(t, err, content.CodeScoreLow, content.CodeTextErrors)
	})
}

// A change that was approved before the site had a gate is held back when its time comes, and says why.
func TestTheGateIsAskedAgainAtPublication(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	e := s.Entry(t, "data")
	c := s.Change(t, "one", s.says(t, e.ID, hard))
	checks := s.Changes.Checks
	s.Changes.Checks = nil
	s.Approve(t, c.ID)
	s.Changes.Checks = checks
	_, err := s.Changes.Publish(t.Context(), s.Approver, c.ID)
	closed(t, err, content.CodeScoreLow, content.CodeTextErrors)
	if _, err := s.Changes.Schedule(t.Context(), s.Approver, c.ID, s.Time.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	s.Time = s.Time.Add(2 * time.Hour)
	if err := s.Changes.PublishDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	back, err := s.Store.Change(t.Context(), c.ID)
	if err != nil || back.State != content.Draft || back.Failure == nil || back.Failure.Fields[0].Code != content.CodeScoreLow {
		t.Errorf("%s %+v %v", back.State, back.Failure, err)
	}
}

// New facts make a new version of the same text, which keeps what the gate said.
func TestNewFactsKeepTheVerdict(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	e := s.Entry(t, "data")
	s.Publish(t, s.Change(t, "one", s.says(t, e.ID, easy)).ID)
	facts, err := s.Editor.SaveFacts(t.Context(), s.Author, content.NewRevision{Entry: e.ID, Facts: &content.Facts{Countries: []string{"DE"}}})
	if err != nil {
		t.Fatal(err)
	}
	s.Publish(t, s.Change(t, "two", facts).ID)
	v, err := s.Store.Version(t.Context(), e.ID, "de", 2)
	if err != nil || v.Verdict == nil || v.Verdict.Score == nil {
		t.Errorf("%+v %v", v.Verdict, err)
	}
}

func TestTheGateFollowsTheSettings(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	site := &content.Site{Store: s.Store, Checker: s.Changes.Checks.Checker, Now: s.Now}
	e := s.Entry(t, "data")
	c := s.Change(t, "one", s.says(t, e.ID, hard))
	for _, step := range []struct {
		gate  func(*content.Gate)
		codes []content.Code
	}{
		{func(g *content.Gate) { g.ErrorsAllowed = true }, []content.Code{content.CodeScoreLow}},
		{func(g *content.Gate) { g.ErrorsAllowed, g.MinScore = false, 0 }, []content.Code{content.CodeTextErrors}},
		{func(g *content.Gate) { g.RulesOff = []string{"word.legal-term", "sent.very-long", "sent.nested"} }, nil},
	} {
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { step.gate(&all.Gates) }); err != nil {
			t.Fatal(err)
		}
		problems, err := s.Changes.Problems(t.Context(), &c)
		if err != nil {
			t.Fatal(err)
		}
		if step.codes == nil {
			if problems != nil {
				t.Errorf("with the rules off: %v", problems)
			}
			continue
		}
		closed(t, problems, step.codes...)
	}
	for _, bad := range []func(*content.Gate){
		func(g *content.Gate) { g.MinScore = 101 }, func(g *content.Gate) { g.RulesOff = []string{"no.rule"} },
		func(g *content.Gate) { g.OverrideRole = "king" }, func(g *content.Gate) { g.Replacements = map[content.Lang]map[string]string{"de": {"mithin": ""}} },
	} {
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { bad(&all.Gates) }); content.KindOf(err) != content.Invalid {
			t.Errorf("a bad gate is taken: %v", err)
		}
	}
}

func TestFindingsThatWerePutAside(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := checked(t, store)
		checks := s.Changes.Checks
		e := s.Entry(t, "data")
		r := s.says(t, e.ID, "Der Verantwortliche sind wir.")
		c := s.Change(t, "one", r)
		_, err := s.Changes.Submit(t.Context(), s.Author, c.ID)
		closed(t, err, content.CodeTextErrors)
		state, err := store.Entry(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		draft, err := checks.Draft(t.Context(), s.Author, state, "de", r.Text, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range draft.Findings {
			if f.Severity != content.SeverityError {
				continue
			}
			if got := r.Text.Body[f.Start:f.End]; f.Field != "body" || got != f.Quote {
				t.Errorf("%s marks %q in %s, which is %q", f.Rule, f.Quote, f.Field, got)
			}
			if _, err := checks.Ignore(t.Context(), s.Author, content.Ignored{Entry: e.ID, Lang: "de", Rule: f.Rule, Quote: f.Quote}); content.KindOf(err) != content.Invalid {
				t.Errorf("without a reason: %v", err)
			}
			if _, err := checks.Ignore(t.Context(), s.Author, content.Ignored{Entry: e.ID, Lang: "de", Rule: f.Rule, Quote: f.Quote, Reason: "Our readers know it."}); err != nil {
				t.Fatal(err)
			}
		}
		s.Publish(t, c.ID)
		v, err := store.Version(t.Context(), e.ID, "de", 1)
		if err != nil || len(v.Verdict.Ignored) == 0 || v.Verdict.Ignored[0].Reason != "Our readers know it." {
			t.Errorf("the version forgets what was put aside: %+v %v", v.Verdict, err)
		}
		list, err := checks.Ignored(t.Context(), s.Author, e.ID, "de")
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		if err := checks.Unignore(t.Context(), s.Author, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := checks.Unignore(t.Context(), s.Author, list[0].ID); content.KindOf(err) != content.NotFound {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestTheHardestTextComesFirst(t *testing.T) {
	t.Parallel()
	s := checked(t, SQLite(t))
	one, two := s.Entry(t, "one"), s.Entry(t, "two")
	checks := s.Changes.Checks
	s.Changes.Checks = nil
	s.Publish(t, s.Change(t, "a", s.says(t, one.ID, easy)).ID)
	s.Publish(t, s.Change(t, "b", s.says(t, two.ID, easy)).ID)
	s.Publish(t, s.Change(t, "c", s.says(t, two.ID, hard)).ID)
	list, err := checks.Ranking(t.Context(), s.Author)
	if err != nil || len(list) != 2 || list[0].Entry.ID != two.ID || list[0].Version != 2 || len(list[0].Trend) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	if trend := list[0].Trend; trend[0].Version != 1 || *trend[0].Score <= *trend[1].Score || list[0].Clarity.Errors == 0 {
		t.Errorf("trend %+v", trend)
	}
	errors := list[0].Clarity.Errors
	aside := content.Ignored{Entry: two.ID, Lang: "de", Rule: "word.legal-term", Quote: "betroffenen Personen", Reason: "Our readers know it."}
	if _, err := checks.Ignore(t.Context(), s.Author, aside); err != nil {
		t.Fatal(err)
	}
	if list, err = checks.Ranking(t.Context(), s.Author); err != nil || list[0].Clarity.Errors >= errors {
		t.Errorf("what was put aside still counts: %+v %v", list, err)
	}
	if _, err := checks.Ranking(t.Context(), content.Actor{}); content.KindOf(err) != content.Unknown {
		t.Errorf("a stranger: %v", err)
	}
}
