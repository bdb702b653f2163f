package storetest_test

import (
	"slices"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// pages reads a list to its end in parts of a size.
func pages(t *testing.T, s *storetest.Site, filter content.DeliveryFilter, size int) []string {
	t.Helper()
	var all []string
	for filter.Limit = size; ; {
		part, err := s.Deliveries().Page(t.Context(), s.Author, filter)
		if err != nil {
			t.Fatal(err)
		}
		if len(part.Items) > size || part.Next != "" && len(part.Items) < size {
			t.Fatalf("a part of %d where %d were asked for", len(part.Items), size)
		}
		all = append(all, ids(part.Items)...)
		if filter.After = part.Next; part.Next == "" {
			return all
		}
	}
}

// reads notes what reading a post back found.
func reads(t *testing.T, s *storetest.Site, id string, found content.Code) {
	t.Helper()
	list, err := s.Store.ClaimReads(t.Context(), s.Now(), s.Now().Add(lease), 100)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(d content.Delivery) bool { return d.ID == id })
	if i < 0 {
		t.Fatalf("%s is not due", id)
	}
	d := list[i]
	seen := d.Health.Next
	d.Health.Reason, d.Health.Checked, d.Health.Next = content.Reason{Code: found}, s.Now(), s.Now().Add(lease)
	if err := s.Store.SettleRead(t.Context(), d, seen, nil); err != nil {
		t.Fatal(err)
	}
	s.Time = s.Time.Add(2 * lease)
}

func TestAListIsReadInParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a, b := s.Channel(t, "A"), s.Channel(t, "B")
		var want []string
		for _, slug := range []string{"one", "two", "three"} {
			made := s.Announce(t, slug, a, b)
			list := []string{made[a.ID].ID, made[b.ID].ID}
			if a.ID > b.ID {
				slices.Reverse(list)
			}
			want = append(list, want...)
			s.Time = s.Time.Add(time.Minute)
		}
		for size := 1; size <= 7; size++ {
			for _, filter := range []content.DeliveryFilter{{}, {State: content.Queued}} {
				if got := pages(t, s, filter, size); !slices.Equal(got, want) {
					t.Errorf("%+v in parts of %d: %v, want %v", filter, size, got, want)
				}
			}
			if got := pages(t, s, content.DeliveryFilter{Channel: b.ID}, size); len(got) != 3 {
				t.Errorf("of one channel in parts of %d: %v", size, got)
			}
			first := want[len(want)-2:]
			if got := pages(t, s, content.DeliveryFilter{View: content.ViewQueue}, size); !slices.Equal(got[:2], first) || len(got) != 6 {
				t.Errorf("the queue in parts of %d: %v", size, got)
			}
			if got := pages(t, s, content.DeliveryFilter{Change: stored(t, s, want[0]).Change}, size); !slices.Equal(got, want[:2]) {
				t.Errorf("of one change in parts of %d: %v", size, got)
			}
		}
		if _, err := s.Deliveries().List(t.Context(), s.Author, content.DeliveryFilter{After: "nothing"}); content.KindOf(err) != content.NotFound {
			t.Errorf("behind an unknown one: %v", err)
		}
		line, n, err := s.Deliveries().Line(t.Context(), s.Author, a.ID, 2)
		if err != nil || n != 3 || len(line) != 2 || line[0].Position != 1 || line[1].Position != 2 {
			t.Errorf("the line of a channel: %v of %d, %v", ids(line), n, err)
		}
	})
}

func TestAttemptsAreReadWhereTheyAreWanted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := out(t, s, "news", s.Channel(t, "Shop"))
		for wanted, want := range map[bool]int{true: 1, false: 0} {
			list, err := store.Deliveries(t.Context(), content.DeliveryFilter{Attempts: wanted})
			if err != nil || len(list) != 1 || list[0].ID != d.ID || len(list[0].Attempts) != want {
				t.Errorf("attempts wanted %v: %+v, %v", wanted, list, err)
			}
		}
	})
}

func TestWhatNeedsAPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel, held := s.Channel(t, "Shop"), s.Channel(t, "Held")
		needed := func(want ...string) {
			t.Helper()
			got := pages(t, s, content.DeliveryFilter{View: content.ViewNeeded}, 2)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("needed: %v, want %v", got, want)
			}
		}
		well, gone, altered := out(t, s, "well", channel), out(t, s, "gone", channel), out(t, s, "altered", channel)
		failed := claimOne(t, s, s.Announce(t, "failed", channel)[channel.ID].ID)
		settle(t, s, failed, content.Failed, content.OutcomeNever)
		undecided := claimOne(t, s, s.Announce(t, "undecided", channel)[channel.ID].ID)
		settle(t, s, undecided, content.NeedsDecision, content.OutcomeNotFound)
		paused := s.Announce(t, "paused", held)[held.ID]
		if _, err := s.Channels().Pause(t.Context(), s.Admin, held.ID); err != nil {
			t.Fatal(err)
		}
		s.Time = s.Time.Add(2 * time.Minute)
		for id, found := range map[string]content.Code{well.ID: "", gone.ID: content.CodePostGone, altered.ID: content.CodePostAltered} {
			reads(t, s, id, found)
		}
		needed(gone.ID, altered.ID, failed.ID, undecided.ID, paused.ID)
		if n, err := s.Deliveries().CountUndecided(t.Context(), s.Author); err != nil || n != 1 {
			t.Errorf("%d undecided, %v", n, err)
		}
		again, err := s.Deliveries().Again(t.Context(), s.Approver, gone.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		needed(altered.ID, failed.ID, undecided.ID, paused.ID)
		if !stored(t, s, gone.ID).PostedAgain || stored(t, s, again.ID).PostedAgain {
			t.Error("posted again is told of the wrong one")
		}
	})
}

func TestWhatSomebodyTookNoteOfAsksNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := out(t, s, "news", s.Channel(t, "Shop"))
		s.Time = s.Time.Add(2 * time.Minute)
		dismiss := func(actor content.Actor) error {
			_, err := s.Deliveries().Dismiss(t.Context(), actor, d.ID)
			return err
		}
		needed := func() int { return len(pages(t, s, content.DeliveryFilter{View: content.ViewNeeded}, 10)) }
		if err := dismiss(s.Approver); codeOf(err) != content.CodeDismissNot {
			t.Errorf("what is well: %v", err)
		}
		reads(t, s, d.ID, content.CodePostAltered)
		if err := dismiss(s.Author); content.KindOf(err) != content.Forbidden || needed() != 1 {
			t.Errorf("by an author: %v", err)
		}
		at := s.Now()
		if err := dismiss(s.Approver); err != nil || needed() != 0 {
			t.Errorf("taken note of: %v, %d needed", err, needed())
		}
		if got := stored(t, s, d.ID).Health.Noted; got.By != s.Approver.Name || got.At.Sub(at).Abs() > time.Second {
			t.Errorf("who and when: %+v", got)
		}
		if err := dismiss(s.Approver); codeOf(err) != content.CodeDismissNot {
			t.Errorf("twice: %v", err)
		}
		if all := pages(t, s, content.DeliveryFilter{}, 10); len(all) != 1 {
			t.Errorf("all: %v", all)
		}
		lines, err := store.Audits(t.Context(), "", 1)
		if err != nil || lines[0].Action != "delivery.dismiss" || lines[0].Subject != d.ID {
			t.Errorf("audit: %+v, %v", lines, err)
		}
		reads(t, s, d.ID, content.CodePostAltered)
		if needed() != 0 {
			t.Error("the same found once more asks again")
		}
		reads(t, s, d.ID, content.CodePostGone)
		if needed() != 1 {
			t.Error("what is newly found asks nobody")
		}
	})
}
