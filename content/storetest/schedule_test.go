package storetest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// late is a store that found changes due a moment ago: in between anything may have happened to them.
type late struct {
	*sqlstore.Store
	due []string
}

func (l late) DueChanges(context.Context, time.Time) ([]string, error) { return l.due, nil }

// scheduled is an approved change that goes out in an hour.
func scheduled(t *testing.T, s *storetest.Site) content.Change {
	t.Helper()
	c := s.Approve(t, s.Change(t, "first", s.Write(t, s.Entry(t, "location").ID, "en", "One")).ID)
	c, err := s.Changes.Schedule(t.Context(), s.Approver, c.ID, s.Time.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// lastAct is the newest line of the audit.
func lastAct(t *testing.T, s *storetest.Site) content.Audit {
	t.Helper()
	acts, err := s.Store.Audits(t.Context(), "", 1)
	if err != nil || len(acts) != 1 {
		t.Fatalf("the newest line of the audit: %v, %v", acts, err)
	}
	return acts[0]
}

func TestAChangeThatWasPutOffWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := scheduled(t, s)
		s.Time = s.Time.Add(2 * time.Hour)
		if _, err := s.Changes.Schedule(t.Context(), s.Approver, c.ID, s.Time.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		s.Changes.Store = late{store, []string{c.ID}}
		if err := s.Changes.PublishDue(t.Context()); err != nil {
			t.Errorf("what is not due any more: %v", err)
		}
		if got, _ := store.Change(t.Context(), c.ID); got.State != content.Scheduled {
			t.Errorf("put off and yet %s", got.State)
		}
		if act := lastAct(t, s); act.Action != "change.schedule" {
			t.Errorf("the audit says %s", act.Action)
		}
	})
}

func TestADueChangeThatIsApprovedAnewWaitsForAPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := scheduled(t, s)
		s.Time = s.Time.Add(2 * time.Hour)
		if _, err := s.Changes.RequestEdits(t.Context(), s.Approver, c.ID, "Not yet."); err != nil {
			t.Fatal(err)
		}
		c = s.Approve(t, c.ID)
		s.Changes.Store = late{store, []string{c.ID}}
		if err := s.Changes.PublishDue(t.Context()); err != nil {
			t.Error(err)
		}
		if got, _ := store.Change(t.Context(), c.ID); got.State != content.Approved {
			t.Errorf("approved anew and already %s", got.State)
		}
	})
}

func TestTwoProcessesPublishADueChangeOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := scheduled(t, s)
		s.Time = s.Time.Add(2 * time.Hour)
		for range 2 {
			s.Changes.Store = late{store, []string{c.ID}}
			if err := s.Changes.PublishDue(t.Context()); err != nil {
				t.Error(err)
			}
		}
		act := lastAct(t, s)
		if act.Action != "change.publish" || act.Detail["publish_at"] != c.PublishAt.Format(time.RFC3339) {
			t.Errorf("the audit says %s %v, want change.publish and for when it was scheduled", act.Action, act.Detail)
		}
	})
}

// A program that was down for days, or whose clock jumps, publishes late and says so.
func TestALatePublicationIsSeenAsLate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := scheduled(t, s)
		s.Time = s.Time.Add(72 * time.Hour)
		if err := s.Changes.PublishDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := store.Change(t.Context(), c.ID)
		if err != nil || got.State != content.Published || got.Late() < 70*time.Hour {
			t.Errorf("%s, late by %s (%v), want published and late by three days", got.State, got.Late(), err)
		}
		versions, _ := store.Versions(t.Context(), got.Revisions[0].Entry, "en")
		if !versions[0].PublishedAt.Equal(got.PublishedAt) || versions[0].Effective != content.DateOf(got.PublishedAt, time.UTC) {
			t.Errorf("the version says %s, in force from %s; readers saw it from %s", versions[0].PublishedAt, versions[0].Effective, got.PublishedAt)
		}
	})
}

func TestAFailedScheduleSaysWhy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		c := scheduled(t, s)
		entry := c.Revisions[0].Entry
		s.Publish(t, s.Change(t, "faster", s.Write(t, entry, "en", "Two")).ID)
		s.Time = s.Time.Add(2 * time.Hour)
		if err := s.Changes.PublishDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := store.Change(t.Context(), c.ID)
		if err != nil || got.State != content.Draft || len(got.ValidApprovals()) != 0 {
			t.Fatalf("%s, %v; want a draft without approvals", got.State, err)
		}
		if got.Failure == nil || got.Failure.Code != content.CodeRevisionStale || got.Failure.Args["Entry"] != "location" || got.Note != "" {
			t.Errorf("failure %+v and note %q, want the code of a stale revision and no note", got.Failure, got.Note)
		}
		list, err := store.Changes(t.Context(), content.Draft)
		if err != nil || !slices.ContainsFunc(list, func(o content.Change) bool { return o.ID == c.ID && o.Failure != nil }) {
			t.Errorf("the list of drafts does not tell: %+v, %v", list, err)
		}
		if got, err = s.Changes.Submit(t.Context(), s.Author, c.ID); err != nil || got.Failure != nil {
			t.Errorf("submitted again: %+v, %v", got.Failure, err)
		}
	})
}
