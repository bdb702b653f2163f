package storetest_test

import (
	"slices"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// out announces something and lets it go out.
func out(t *testing.T, s *storetest.Site, slug string, channel content.Channel) content.Delivery {
	t.Helper()
	d := claimOne(t, s, s.Announce(t, slug, channel)[channel.ID].ID)
	d.Sent, d.Health.Next = s.Now(), s.Now().Add(time.Minute)
	if !settle(t, s, d, content.Sent, content.OutcomeSent) {
		t.Fatal("not settled")
	}
	return stored(t, s, d.ID)
}

// posts are what readers see of a change's posts since a counter.
func posts(t *testing.T, s *storetest.Site, since int64) []content.PostLink {
	t.Helper()
	data, err := s.Store.Published(t.Context(), since)
	if err != nil || len(data.Changes) != 1 {
		t.Fatalf("readers see %d changes touched, %v", len(data.Changes), err)
	}
	return data.Changes[0].Posts
}

func seq(t *testing.T, s *storetest.Site) int64 {
	t.Helper()
	n, err := s.Store.SiteSeq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReadingBackIsClaimedOnceAndKeptWhereRemarkable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := out(t, s, "news", channel)
		read := func() []content.Delivery {
			t.Helper()
			list, err := store.ClaimReads(t.Context(), s.Now(), s.Now().Add(lease), 10)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if early := read(); len(early) != 0 {
			t.Errorf("read back before its time: %v", ids(early))
		}
		s.Time = s.Time.Add(2 * time.Minute)
		due := read()
		if len(due) != 1 || due[0].ID != d.ID || len(read()) != 0 {
			t.Fatalf("due: %v, and again once claimed", ids(due))
		}
		before := seq(t, s)
		seen := due[0].Health.Next
		well, checked := due[0], s.Now()
		well.Health = content.Health{Checked: checked, Next: s.Now().Add(24 * time.Hour)}
		if err := store.SettleRead(t.Context(), well, seen, nil); err != nil {
			t.Fatal(err)
		}
		if got := stored(t, s, d.ID); len(got.Attempts) != 1 || !got.Health.Checked.Equal(checked) || seq(t, s) != before {
			t.Errorf("an unremarkable reading left %d attempts, health %+v", len(got.Attempts), got.Health)
		}
		s.Time = s.Time.Add(25 * time.Hour)
		gone := read()[0]
		seen = gone.Health.Next
		gone.Health = content.Health{Checked: s.Now(), Reason: content.Reason{Code: content.CodePostGone}}
		attempt := content.Attempt{Number: gone.Attempt + 1, Kind: content.AttemptRead, At: s.Now(), Ended: s.Now(), Outcome: content.OutcomeSeen, Detail: gone.Health.Reason}
		if err := store.SettleRead(t.Context(), gone, seen, &attempt); err != nil {
			t.Fatal(err)
		}
		got := stored(t, s, d.ID)
		if len(got.Attempts) != 2 || got.Attempts[1].Kind != content.AttemptRead || !got.Health.Gone() || got.Out() {
			t.Errorf("after it was removed: %+v", got)
		}
		if list := posts(t, s, before); len(list) != 1 || !list[0].Gone || list[0].Shown() {
			t.Errorf("readers see %+v", list)
		}
		if late := read(); len(late) != 0 {
			t.Errorf("what is gone is read again")
		}
	})
}

func TestACorrectionInPlaceWalksThroughTheQueue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := out(t, s, "news", channel)
		deliveries := s.Deliveries()
		order := content.Correction{How: content.CorrectByEdit, Text: "Better news.", Link: true}
		if _, err := deliveries.Correct(t.Context(), s.Author, d.ID, order); content.KindOf(err) != content.Forbidden {
			t.Errorf("an author corrected: %v", err)
		}
		for _, bad := range []content.Correction{
			{How: "shout", Text: "x"},
			{How: content.CorrectByEdit},
			{How: content.CorrectByEdit, Text: "News: news", Link: true},
			{How: content.CorrectByEdit, Text: string(make([]byte, 200))},
		} {
			if _, err := deliveries.Correct(t.Context(), s.Approver, d.ID, bad); content.KindOf(err) != content.Invalid {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		got, err := deliveries.Correct(t.Context(), s.Approver, d.ID, order)
		if err != nil || got.State != content.Correcting || got.Wanted == nil || !got.Out() {
			t.Fatalf("ordered: %+v, %v", got, err)
		}
		claimed := claimOneOf(t, s, d.ID)
		if claimed.State != content.Correcting || claimed.RemoteID != d.RemoteID || claimed.Running().Hash == d.Hash() {
			t.Errorf("claimed: %+v", claimed)
		}
		if _, err := deliveries.CallOff(t.Context(), s.Approver, d.ID); content.KindOf(err) != content.Conflict {
			t.Errorf("called off while the call runs: %v", err)
		}
		before := seq(t, s)
		words := *claimed.Wanted
		words.At = s.Now()
		claimed.Wanted, claimed.Corrected = nil, &words
		if !settle(t, s, claimed, content.Corrected, content.OutcomeDone) {
			t.Fatal("not settled")
		}
		got = stored(t, s, d.ID)
		if got.Words().Text != words.Text || got.Text == words.Text || got.Attempt != 2 {
			t.Errorf("corrected: %+v", got)
		}
		if list := posts(t, s, before); len(list) != 1 || !list[0].Corrected.Equal(words.At) || !list[0].Shown() {
			t.Errorf("readers see %+v", list)
		}
	})
}

// claimOneOf claims everything and answers the one that is asked for.
func claimOneOf(t *testing.T, s *storetest.Site, id string) content.Delivery {
	t.Helper()
	claimed := claim(t, s, "a")
	i := slices.IndexFunc(claimed, func(d content.Delivery) bool { return d.ID == id })
	if i < 0 {
		t.Fatalf("claimed %v, not %s", ids(claimed), id)
	}
	return claimed[i]
}

func TestALinkedCorrectionIsADeliveryOfItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := out(t, s, "news", channel)
		order := content.Correction{How: content.CorrectByPost, Text: "We were wrong.", Link: true}
		ordered, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order)
		if err != nil || ordered.State != content.Correcting || ordered.Wanted != nil {
			t.Fatalf("%+v, %v", ordered, err)
		}
		answer := claim(t, s, "a")
		if len(answer) != 1 || answer[0].Follows != d.ID || answer[0].Kind != content.KindCorrection || answer[0].Generation != 2 || answer[0].Key == d.Key {
			t.Fatalf("claimed %+v, want the correction and not the post itself", answer)
		}
		before := seq(t, s)
		answer[0].Sent = s.Now()
		settle(t, s, answer[0], content.Sent, content.OutcomeSent)
		if got := stored(t, s, d.ID); got.State != content.Corrected {
			t.Errorf("after its correction the post is %s", got.State)
		}
		if list := posts(t, s, before); len(list) != 2 || !list[1].Correction || list[0].State != content.Corrected {
			t.Errorf("readers see %+v", list)
		}
		again := content.Correction{How: content.CorrectByPost, Text: "Wrong once more."}
		if _, err = s.Deliveries().Correct(t.Context(), s.Approver, d.ID, again); err != nil {
			t.Fatal(err)
		}
		refused := claim(t, s, "a")[0]
		refused.Reason = content.Reason{Code: content.CodePostRefused}
		settle(t, s, refused, content.Failed, content.OutcomeNever)
		if got := stored(t, s, d.ID); got.State != content.Sent || got.Reason.Code != content.CodePostRefused {
			t.Errorf("after a correction that was refused the post is %s %s", got.State, got.Reason.Code)
		}
	})
}

func TestWithdrawCallOffAndOnceMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := out(t, s, "news", channel)
		deliveries := s.Deliveries()
		if _, err := deliveries.Again(t.Context(), s.Approver, d.ID, false); content.KindOf(err) != content.Conflict {
			t.Errorf("posted once more while it is out: %v", err)
		}
		if got, err := deliveries.Withdraw(t.Context(), s.Approver, d.ID); err != nil || got.State != content.Withdrawing {
			t.Fatalf("%+v, %v", got, err)
		}
		if got, err := deliveries.CallOff(t.Context(), s.Approver, d.ID); err != nil || got.State != content.Sent {
			t.Fatalf("called off: %+v, %v", got, err)
		}
		if _, err := deliveries.Withdraw(t.Context(), s.Approver, d.ID); err != nil {
			t.Fatal(err)
		}
		before := seq(t, s)
		settle(t, s, claimOne(t, s, d.ID), content.Withdrawn, content.OutcomeDone)
		if list := posts(t, s, before); len(list) != 1 || list[0].Shown() || list[0].State != content.Withdrawn {
			t.Errorf("readers see %+v", list)
		}
		again, err := deliveries.Again(t.Context(), s.Approver, d.ID, false)
		if err != nil || again.Generation != 2 || again.Key == d.Key || again.Text != d.Text || again.State != content.Queued || again.ID == d.ID {
			t.Fatalf("once more: %+v, %v", again, err)
		}
		claimOne(t, s, again.ID)
	})
}

func TestAPersonOrdersALook(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := claimOne(t, s, s.Announce(t, "news", channel)[channel.ID].ID)
		settle(t, s, d, content.NeedsDecision, content.OutcomeNotFound)
		got, err := s.Deliveries().Look(t.Context(), s.Approver, d.ID)
		if err != nil || got.State != content.UnknownFate || got.Looks != 0 || got.Doubt.IsZero() {
			t.Fatalf("%+v, %v", got, err)
		}
		if look := claimOne(t, s, d.ID); look.State != content.UnknownFate || look.Running().Kind != content.AttemptLook {
			t.Errorf("claimed as %s", look.State)
		}
	})
}

func TestPartsFollowEachOther(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel, other := s.Channel(t, "Shop"), s.Channel(t, "Second shop")
		e := s.Entry(t, "thread")
		c := s.Change(t, "thread", s.Write(t, e.ID, "en", "thread"))
		list := []content.Announcement{
			{Channel: channel.ID, Lang: "en", Text: "One.\n---\nTwo.\n---\nThree.", Thread: true},
			{Channel: other.ID, Lang: "en", Text: "One.\n---\nTwo.", Thread: true},
		}
		if _, err := s.Changes.SetAnnouncements(t.Context(), s.Author, c.ID, list); err != nil {
			t.Fatal(err)
		}
		s.Publish(t, c.ID)
		after := s.Announce(t, "later", channel)[channel.ID]
		parts, err := store.Deliveries(t.Context(), content.DeliveryFilter{Change: c.ID, Channel: channel.ID})
		if err != nil || len(parts) != 3 || parts[1].Follows != parts[0].ID || parts[2].Follows != parts[1].ID {
			t.Fatalf("parts: %+v, %v", parts, err)
		}
		first := claimOneOf(t, s, parts[0].ID)
		settle(t, s, first, content.Failed, content.OutcomeNever)
		// What cannot follow waits, and holds nobody up.
		if got := claimOneOf(t, s, after.ID); got.ID != after.ID {
			t.Errorf("claimed %s", got.ID)
		} else {
			settle(t, s, got, content.Sent, content.OutcomeSent)
		}
		if _, err := s.Deliveries().Retry(t.Context(), s.Approver, parts[0].ID); err != nil {
			t.Fatal(err)
		}
		first = claimOneOf(t, s, parts[0].ID)
		first.Sent = s.Now()
		settle(t, s, first, content.Sent, content.OutcomeSent)
		second := claimOneOf(t, s, parts[1].ID)
		settle(t, s, second, content.NeedsDecision, content.OutcomeNotFound)
		if _, err := s.Deliveries().Cancel(t.Context(), s.Approver, second.ID); err != nil {
			t.Fatal(err)
		}
		if got := stored(t, s, parts[2].ID); got.State != content.CancelledPost {
			t.Errorf("the rest of a dropped thread is %s", got.State)
		}
	})
}

func TestAPostponedDeliveryWaitsUnclaimed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		d.State, d.Reason, d.NextAttempt = content.Waiting, content.Reason{Code: content.CodePostPage}, s.Now().Add(time.Minute)
		a := content.Attempt{Number: 1, Kind: content.AttemptPage, At: s.Now(), Ended: s.Now(), Outcome: content.OutcomeLater, Detail: d.Reason}
		for i, want := range []bool{true, false} { // the second saw an old state
			if ok, err := store.Postpone(t.Context(), d, a); ok != want || err != nil {
				t.Errorf("postpone %d: %v, %v", i, ok, err)
			}
		}
		got := stored(t, s, d.ID)
		if got.State != content.Waiting || got.Attempt != 1 || len(got.Attempts) != 1 || !got.First.IsZero() {
			t.Errorf("postponed: %+v", got)
		}
		if early := claim(t, s, "a"); len(early) != 0 {
			t.Error("claimed before its time")
		}
		s.Time = s.Time.Add(time.Hour)
		claimOne(t, s, d.ID)
	})
}

func TestARestoredDatabaseHoldsUntilAPersonDecides(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		sent := out(t, s, "sent", channel)
		if _, err := s.Deliveries().Withdraw(t.Context(), s.Approver, sent.ID); err != nil {
			t.Fatal(err)
		}
		running := claimOneOf(t, s, s.Announce(t, "running", channel)[channel.ID].ID)
		queued := s.Announce(t, "queued", channel)[channel.ID]
		n, err := store.Hold(t.Context(), s.Now(), content.Reason{Code: content.CodePostRestored})
		if err != nil || n != 2 {
			t.Fatalf("held %d, %v", n, err)
		}
		late := s.Announce(t, "after-it", channel)
		for _, id := range []string{running.ID, queued.ID, late[channel.ID].ID} {
			if got := stored(t, s, id); got.State != content.NeedsDecision || got.Reason.Code != content.CodePostRestored {
				t.Errorf("held: %s %s", got.State, got.Reason.Code)
			}
		}
		if got := stored(t, s, sent.ID); got.State != content.Sent {
			t.Errorf("what was to be taken down is %s", got.State)
		}
		if got := claim(t, s, "a"); len(got) != 0 {
			t.Errorf("sent while held: %v", ids(got))
		}
		if settle(t, s, running, content.Failed, content.OutcomeNever) {
			t.Error("an answer to a call before the restore was taken")
		}
		if _, err := s.Deliveries().ReleaseHeld(t.Context(), s.Author, content.HeldSend); content.KindOf(err) != content.Forbidden {
			t.Errorf("an author released: %v", err)
		}
		if _, err := s.Deliveries().ReleaseHeld(t.Context(), s.Approver, "maybe"); content.KindOf(err) != content.Invalid {
			t.Errorf("released somehow: %v", err)
		}
		if n, err := s.Deliveries().ReleaseHeld(t.Context(), s.Approver, content.HeldLook); err != nil || n != 3 {
			t.Errorf("released %d, %v", n, err)
		}
		if held, err := s.Deliveries().Held(t.Context(), s.Author); err != nil || held {
			t.Errorf("still held: %v, %v", held, err)
		}
		if look := claimOneOf(t, s, running.ID); look.State != content.UnknownFate {
			t.Errorf("after the release it is %s, want a look first", look.State)
		}
		if fresh := s.Announce(t, "after", channel)[channel.ID]; fresh.State != content.Queued {
			t.Errorf("published after the release: %s", fresh.State)
		}
	})
}

func TestForecastOfWhatWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel, paused := s.Channel(t, "Shop"), s.Channel(t, "Paused")
		first := s.Announce(t, "first", channel)[channel.ID]
		second := s.Announce(t, "second", channel, paused)
		if _, err := s.Channels().Pause(t.Context(), s.Admin, paused.ID); err != nil {
			t.Fatal(err)
		}
		channels, err := store.Channels(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Deliveries().Forecast(t.Context(), s.Author, channels, []content.Delivery{first, second[channel.ID], second[paused.ID]})
		if err != nil || got[first.ID].IsZero() || got[second[channel.ID].ID].Sub(got[first.ID]) != time.Minute || len(got) != 2 {
			t.Errorf("forecast %v, %v", got, err)
		}
		if state, err := store.QueueState(t.Context(), map[string]int{channel.ID: first.Position}); err != nil || len(state.Queued) != 1 {
			t.Errorf("for the first alone %d were read, %v", len(state.Queued), err)
		}
	})
}
