package storetest_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func codeOf(err error) content.Code {
	if e, ok := errors.AsType[*content.Error](err); ok {
		return e.Code
	}
	return ""
}

func hasField(err error, field string, code content.Code) bool {
	e, ok := errors.AsType[*content.Error](err)
	if !ok {
		return false
	}
	for _, f := range e.Fields {
		if f.Field == field && f.Code == code {
			return true
		}
	}
	return false
}

func TestAnyEditVoidsTheApproval(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		first := s.Write(t, e.ID, "en", "One")
		c := s.Approve(t, s.Change(t, "first", first).ID)
		if c.State != content.Approved {
			t.Fatalf("state %s, want approved", c.State)
		}
		approved := c.Hash()
		c, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Why: content.Text{"de": "Doch anders.", "en": "Not so."}})
		if err != nil || c.State != content.Draft || len(c.ValidApprovals()) != 0 {
			t.Fatalf("after an edit: %s, %v", c.State, err)
		}
		if _, err := s.Changes.Publish(t.Context(), s.Approver, c.ID); codeOf(err) != content.CodeWrongState {
			t.Errorf("publish a draft: %v", err)
		}
		if _, err := s.Changes.Submit(t.Context(), s.Author, c.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Changes.Approve(t.Context(), s.Approver, c.ID, approved); codeOf(err) != content.CodeHashMismatch {
			t.Errorf("approve what was there before: %v", err)
		}
	})
}

func TestNobodyApprovesTheirOwnText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		c := s.Change(t, "first", s.Write(t, e.ID, "en", "One"))
		// The approver touches the change and is an author from then on.
		if _, err := s.Changes.Update(t.Context(), s.Approver, c.ID, content.ChangeInput{Summary: content.Text{"en": "Mine too."}}); err != nil {
			t.Fatal(err)
		}
		c, err := s.Changes.Submit(t.Context(), s.Author, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Changes.Approve(t.Context(), s.Approver, c.ID, c.Hash()); codeOf(err) != content.CodeOwnText {
			t.Errorf("approve own text: %v", err)
		}
		if _, err := s.Changes.Approve(t.Context(), s.Author, c.ID, c.Hash()); content.KindOf(err) != content.Forbidden {
			t.Errorf("an author approves: %v", err)
		}
		if _, err := s.Changes.Approve(t.Context(), s.Admin, c.ID, c.Hash()); err != nil {
			t.Errorf("somebody else approves: %v", err)
		}
	})
}

func TestMendingACommaDoesNotTakeATextOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		save := func(who content.Actor, base, title string) content.Revision {
			r, err := s.Editor.SaveText(t.Context(), who, content.NewRevision{Entry: e.ID, Lang: "en", Base: base, Text: &content.Writing{Title: title}})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := save(s.Approver, "", "All of it")
		c := s.Change(t, "first", save(s.Author, first.ID, "All of it."))
		c, err := s.Changes.Submit(t.Context(), s.Author, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Changes.Approve(t.Context(), s.Approver, c.ID, c.Hash()); codeOf(err) != content.CodeOwnText {
			t.Errorf("the first writer approves: %v", err)
		}
		if _, err = s.Changes.Approve(t.Context(), s.Admin, c.ID, c.Hash()); err != nil {
			t.Fatal(err)
		}
		if _, err = s.Changes.Publish(t.Context(), s.Admin, c.ID); err != nil {
			t.Fatal(err)
		}
		// What readers have seen is nobody's unseen text any more.
		s.Approve(t, s.Change(t, "second", s.Write(t, e.ID, "en", "New")).ID)
	})
}

func TestTwoApprovalsAreTwoPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		site := content.Site{Store: store, Now: s.Now}
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.ApprovalsRequired = 2 }); err != nil {
			t.Fatal(err)
		}
		c := s.Approve(t, s.Change(t, "first", s.Write(t, s.Entry(t, "location").ID, "en", "One")).ID)
		if c.State != content.InReview {
			t.Fatalf("after one of two approvals: %s", c.State)
		}
		if _, err := s.Changes.Approve(t.Context(), s.Approver, c.ID, c.Hash()); codeOf(err) != content.CodeApprovedAlready {
			t.Errorf("the same person again: %v", err)
		}
		if c, err := s.Changes.Approve(t.Context(), s.Admin, c.ID, c.Hash()); err != nil || c.State != content.Approved {
			t.Errorf("the second person: %s, %v", c.State, err)
		}
	})
}

func TestOnePersonSite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		site := content.Site{Store: store, Now: s.Now}
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.ApprovalsRequired = 0 }); err != nil {
			t.Fatal(err)
		}
		c := s.Change(t, "first", s.Write(t, s.Entry(t, "location").ID, "en", "One"))
		if c, err := s.Changes.Submit(t.Context(), s.Admin, c.ID); err != nil || c.State != content.Approved {
			t.Fatalf("submit: %s, %v", c.State, err)
		}
		if _, err := s.Changes.Publish(t.Context(), s.Admin, c.ID); err != nil {
			t.Fatal(err)
		}
		rows, err := store.Ledger(t.Context(), 0, 10)
		if err != nil || !strings.Contains(string(rows[0].Body), `"approvals_required":0,"approvals":0`) {
			t.Errorf("the ledger does not say that nobody had to agree: %s, %v", rows[0].Body, err)
		}
		for _, row := range rows {
			for _, person := range []string{s.Admin.Name, s.Author.UserID, s.Admin.UserID} {
				if strings.Contains(string(row.Body), `"`+person+`"`) {
					t.Errorf("a person stands in the ledger: %s", row.Body)
				}
			}
		}
	})
}

func TestTheGateNamesWhatIsMissing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		r := s.Write(t, s.Entry(t, "location").ID, "de", "Eins")
		c, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{Title: content.Text{"de": "Titel"}, Revisions: &[]string{r.ID}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Changes.Submit(t.Context(), s.Author, c.ID)
		if !hasField(err, "why.de", content.CodeWhyMissing) || hasField(err, "why.en", content.CodeWhyMissing) {
			t.Errorf("submit without a why: %v, want why.de alone", err)
		}
		if got, _ := store.Change(t.Context(), c.ID); got.State != content.Draft || got.Title["de"] != "Titel" {
			t.Errorf("after the refusal: %+v", got)
		}
		_, err = s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Title: content.Text{"fr": "Titre"}})
		if !hasField(err, "title.fr", content.CodeLangUnknown) {
			t.Errorf("an unknown language: %v", err)
		}
	})
}

func TestAFloodOfPiecesIsRefusedBeforeItIsRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		c := s.Change(t, "first", s.Write(t, e.ID, "en", "One"))
		withdraw := slices.Repeat([]content.Withdrawal{{Entry: e.ID, Lang: "de", Reason: "Gone"}}, 10_000)
		_, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Withdraw: &withdraw})
		mustBeTooMany(t, err, "withdraw")
		flood := slices.Repeat([]content.Announcement{{Channel: e.ID, Lang: "de", Text: "New"}}, 10_000)
		_, err = s.Changes.SetAnnouncements(t.Context(), s.Author, c.ID, flood)
		mustBeTooMany(t, err, "announcements")
	})
}

// mustBeTooMany wants that alone: an error for each of thousands would be a flood, too.
func mustBeTooMany(t *testing.T, err error, field string) {
	t.Helper()
	e, ok := errors.AsType[*content.Error](err)
	if !ok || len(e.Fields) != 1 || !hasField(err, field, content.CodeTooMany) {
		t.Errorf("%s: %.200v, want only too_many", field, err)
	}
}

func TestScheduledChangesGoOutWhenDue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		c := s.Approve(t, s.Change(t, "first", s.Write(t, e.ID, "en", "One")).ID)
		at := s.Time.Add(time.Hour)
		if _, err := s.Changes.Schedule(t.Context(), s.Approver, c.ID, s.Time.Add(-time.Hour)); content.KindOf(err) != content.Invalid {
			t.Errorf("schedule into the past: %v", err)
		}
		if _, err := s.Changes.Schedule(t.Context(), s.Approver, c.ID, at); err != nil {
			t.Fatal(err)
		}
		publishDue := func() content.State {
			if err := s.Changes.PublishDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			got, _ := store.Change(t.Context(), c.ID)
			return got.State
		}
		if state := publishDue(); state != content.Scheduled {
			t.Fatalf("before its time: %s", state)
		}
		s.Time = at
		if state := publishDue(); state != content.Published {
			t.Fatalf("at its time: %s", state)
		}
	})
}

func TestFourOpenersMigrateOnce(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			address := url(t)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					store, err := sqlstore.Open(t.Context(), address)
					if err != nil {
						t.Error(err)
						return
					}
					if err := errors.Join(store.Ping(t.Context()), store.Close()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestOneProcessServesAFile(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "klartext.db")
	first, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	second, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.Close() }()
	unlock, err := first.LockServing()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.LockServing(); !errors.Is(err, sqlstore.ErrServed) {
		t.Errorf("a second one serves: %v", err)
	}
	unlock()
	if unlock, err = second.LockServing(); err != nil {
		t.Errorf("after the first ended: %v", err)
	} else {
		unlock()
	}
}

// TestNothingIsPublicThatWasNotApproved walks changes through random steps by
// random people and checks, whatever the order, that a published change has the
// approvals that the site asks for, each for exactly what was published, and
// none by somebody who wrote a part of it.
func TestNothingIsPublicThatWasNotApproved(t *testing.T) {
	store := storetest.SQLite(t)
	s := storetest.NewSite(t, store)
	people := []content.Actor{s.Author, s.Approver, s.Admin}
	rapid.Check(t, func(r *rapid.T) {
		e := s.Entry(t, "entry-"+content.NewID(s.Now())[24:])
		c := s.Change(t, "change-"+content.NewID(s.Now())[24:], s.Write(t, e.ID, "en", "One"))
		wrote := map[string]bool{s.Author.UserID: true}
		agreed := map[string]map[string]bool{} // hash -> who
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			who := rapid.SampledFrom(people).Draw(r, "who")
			before, _ := store.Change(t.Context(), c.ID)
			switch rapid.IntRange(0, 6).Draw(r, "step") {
			case 0:
				if _, err := s.Changes.Update(t.Context(), who, c.ID, content.ChangeInput{Why: content.Text{
					"de": "Darum.", "en": rapid.SampledFrom([]string{"Because.", "Therefore."}).Draw(r, "why"),
				}}); err == nil {
					if after, _ := store.Change(t.Context(), c.ID); after.Hash() != before.Hash() {
						wrote[who.UserID] = true
					}
				}
			case 1:
				_, _ = s.Changes.Submit(t.Context(), who, c.ID)
			case 2, 3:
				if _, err := s.Changes.Approve(t.Context(), who, c.ID, before.Hash()); err == nil {
					if agreed[before.Hash()] == nil {
						agreed[before.Hash()] = map[string]bool{}
					}
					agreed[before.Hash()][who.UserID] = true
				}
			case 4:
				if _, err := s.Changes.RequestEdits(t.Context(), who, c.ID, "Please."); err == nil {
					clear(agreed)
				}
			case 5:
				_, err := s.Changes.Publish(t.Context(), who, c.ID)
				if err != nil {
					continue
				}
				var by []string
				for user := range agreed[before.Hash()] {
					if !wrote[user] {
						by = append(by, user)
					}
				}
				if len(by) == 0 || who.Role == content.Author {
					r.Fatalf("published by %s with approvals %v of hash %s, written by %v", who.Name, agreed, before.Hash(), wrote)
				}
			case 6:
				_, _ = s.Changes.Schedule(t.Context(), who, c.ID, s.Time.Add(time.Hour))
			}
		}
	})
}

func TestAuthorsDoNotMoveWhatReadersSee(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		e := s.Entry(t, "location")
		rename := func(who content.Actor, slug string) error {
			_, err := s.Editor.UpdateEntry(t.Context(), who, e.ID, func(e *content.Entry) { e.Slug = slug })
			return err
		}
		retitle := func(who content.Actor) error {
			_, err := s.Editor.UpdateTopic(t.Context(), who, e.Topic, func(t *content.Topic) { t.Title["en"] = "Other" })
			return err
		}
		if err := errors.Join(rename(s.Author, "place"), retitle(s.Author)); err != nil {
			t.Fatalf("before anybody saw it: %v", err)
		}
		s.Publish(t, s.Change(t, "first", s.Write(t, e.ID, "en", "One")).ID)
		for _, err := range []error{rename(s.Author, "where"), retitle(s.Author)} {
			if codeOf(err) != content.CodePlaceSeen || content.KindOf(err) != content.Forbidden {
				t.Errorf("an author, once it is public: %v", err)
			}
		}
		if err := errors.Join(rename(s.Approver, "where"), retitle(s.Approver)); err != nil {
			t.Errorf("an approver: %v", err)
		}
	})
}

func TestATopicWithoutAnAddressGetsOneOfItsTitle(t *testing.T) {
	s := storetest.NewSite(t, storetest.SQLite(t))
	topic, err := s.Editor.CreateTopic(t.Context(), s.Author, content.Topic{Title: content.Text{"de": "Größe & Maß"}})
	if err != nil || topic.Slug != "groesse-mass" {
		t.Errorf("%q, %v", topic.Slug, err)
	}
	if _, err := s.Editor.CreateTopic(t.Context(), s.Author, content.Topic{Title: content.Text{"de": "???"}}); !hasField(err, "slug", content.CodeRequired) {
		t.Errorf("a title without a letter: %v", err)
	}
}
