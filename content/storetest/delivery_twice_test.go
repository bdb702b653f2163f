package storetest_test

import (
	"slices"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// withdrawn announces something, lets it go out and takes it down.
func withdrawn(t *testing.T, s *storetest.Site, slug string, channel content.Channel) content.Delivery {
	t.Helper()
	d := out(t, s, slug, channel)
	if _, err := s.Deliveries().Withdraw(t.Context(), s.Approver, d.ID); err != nil {
		t.Fatal(err)
	}
	settle(t, s, claimOneOf(t, s, d.ID), content.Withdrawn, content.OutcomeDone)
	return d
}

func TestOnceMoreOrderedTwiceIsPostedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := withdrawn(t, s, "news", s.Channel(t, "Shop"))
		again, err := s.Deliveries().Again(t.Context(), s.Approver, d.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, d.ID, false); codeOf(err) != content.CodeAgainDone {
			t.Errorf("a double click queued another: %v", err)
		}
		settle(t, s, claimOneOf(t, s, again.ID), content.Sent, content.OutcomeSent)
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, d.ID, false); codeOf(err) != content.CodeAgainDone {
			t.Errorf("the first is posted once more beside the second: %v", err)
		}
		if _, err := s.Deliveries().Withdraw(t.Context(), s.Approver, again.ID); err != nil {
			t.Fatal(err)
		}
		settle(t, s, claimOneOf(t, s, again.ID), content.Withdrawn, content.OutcomeDone)
		if third, err := s.Deliveries().Again(t.Context(), s.Approver, again.ID, false); err != nil || third.Generation != 3 {
			t.Errorf("the second once it is taken down: %+v, %v", third, err)
		}
	})
}

func TestTheSameCorrectionIsPostedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := out(t, s, "news", s.Channel(t, "Shop"))
		order := content.Correction{How: content.CorrectByPost, Text: "We were wrong.", Link: true}
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order); err != nil {
			t.Fatal(err)
		}
		settle(t, s, claim(t, s, "a")[0], content.Sent, content.OutcomeSent)
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order); content.KindOf(err) != content.Invalid {
			t.Errorf("a double click corrected twice: %v", err)
		}
		if got := stored(t, s, d.ID); got.State != content.Corrected {
			t.Errorf("after the second click the post is %s", got.State)
		}
	})
}

func TestACorrectionThatGoesOutAfterAllCountsAsOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := out(t, s, "news", s.Channel(t, "Shop"))
		order := content.Correction{How: content.CorrectByPost, Text: "We were wrong."}
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order); err != nil {
			t.Fatal(err)
		}
		refused := claim(t, s, "a")[0]
		settle(t, s, refused, content.Failed, content.OutcomeNever)
		if _, err := s.Deliveries().Retry(t.Context(), s.Approver, refused.ID); err != nil {
			t.Fatal(err)
		}
		settle(t, s, claimOneOf(t, s, refused.ID), content.Sent, content.OutcomeSent)
		if got := stored(t, s, d.ID); got.State != content.Corrected {
			t.Errorf("after its correction the post is %s", got.State)
		}
	})
}

func TestWhatWouldAnswerAPostIsDroppedWhenItIsTakenDown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		parts := thread(t, s, channel)
		first := claimOneOf(t, s, parts[0].ID)
		settle(t, s, first, content.Sent, content.OutcomeSent)
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, first.ID, content.Correction{How: content.CorrectByPost, Text: "No."}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Deliveries().Withdraw(t.Context(), s.Approver, first.ID); err != nil {
			t.Fatal(err)
		}
		all, err := store.Deliveries(t.Context(), content.DeliveryFilter{Channel: channel.ID})
		if err != nil || len(all) != 4 {
			t.Fatalf("%d deliveries, %v", len(all), err)
		}
		for _, d := range all {
			if d.ID != first.ID && (d.State != content.CancelledPost || d.Reason.Code != content.CodePostBeforeGone) {
				t.Errorf("%s %d is %s %s and would wait for ever", d.Kind, d.Part, d.State, d.Reason.Code)
			}
		}
	})
}

// thread publishes a thread of three parts.
func thread(t *testing.T, s *storetest.Site, channel content.Channel) []content.Delivery {
	t.Helper()
	e := s.Entry(t, "thread")
	c := s.Change(t, "thread", s.Write(t, e.ID, "en", "thread"))
	list := []content.Announcement{{Channel: channel.ID, Lang: "en", Text: "One.\n---\nTwo.\n---\nThree.", Thread: true}}
	if _, err := s.Changes.SetAnnouncements(t.Context(), s.Author, c.ID, list); err != nil {
		t.Fatal(err)
	}
	s.Publish(t, c.ID)
	parts, err := s.Store.Deliveries(t.Context(), content.DeliveryFilter{Change: c.ID})
	if err != nil || len(parts) != 3 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	return parts
}

func TestADroppedThreadIsPostedOnceMorePartByPart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		parts := thread(t, s, s.Channel(t, "Shop"))
		if _, err := s.Deliveries().Cancel(t.Context(), s.Approver, parts[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, parts[1].ID, false); codeOf(err) != content.CodeAgainAfter {
			t.Errorf("the second part is queued behind one that never comes: %v", err)
		}
		first, err := s.Deliveries().Again(t.Context(), s.Approver, parts[0].ID, false)
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.Deliveries().Again(t.Context(), s.Approver, parts[1].ID, false)
		if err != nil || second.Follows != first.ID {
			t.Fatalf("the second part follows %s, want %s, %v", second.Follows, first.ID, err)
		}
		settle(t, s, claimOneOf(t, s, first.ID), content.Sent, content.OutcomeSent)
		claimOneOf(t, s, second.ID)
	})
}

func TestAnEditThatLandsLateDoesNotUndoAWithdrawal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := out(t, s, "news", s.Channel(t, "Shop"))
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, content.Correction{How: content.CorrectByEdit, Text: "Better."}); err != nil {
			t.Fatal(err)
		}
		edit := claimOneOf(t, s, d.ID)
		if _, err := s.Deliveries().Withdraw(t.Context(), s.Approver, d.ID); err != nil {
			t.Fatal(err)
		}
		edit.Corrected, edit.Wanted = edit.Wanted, nil
		if settle(t, s, edit, content.Corrected, content.OutcomeDone) {
			t.Error("the answer to the edit was taken")
		}
		if got := stored(t, s, d.ID); got.State != content.Withdrawing {
			t.Errorf("it is %s, and nobody takes it down", got.State)
		}
	})
}

func TestADecisionOnAnOldPageIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := claimOne(t, s, s.Announce(t, "news", channel)[channel.ID].ID)
		settle(t, s, d, content.NeedsDecision, content.OutcomeNotFound)
		order := content.Resolution{As: "not_sent", Attempt: d.Attempt}
		if _, err := s.Deliveries().Resolve(t.Context(), s.Approver, d.ID, order); err != nil {
			t.Fatal(err)
		}
		second := claimOneOf(t, s, d.ID)
		settle(t, s, second, content.NeedsDecision, content.OutcomeNotFound)
		if _, err := s.Deliveries().Resolve(t.Context(), s.Approver, d.ID, order); content.KindOf(err) != content.Conflict {
			t.Errorf("who saw only the first attempt sent it a third time: %v", err)
		}
		order.Attempt = second.Attempt
		if _, err := s.Deliveries().Resolve(t.Context(), s.Approver, d.ID, order); err != nil {
			t.Error(err)
		}
	})
}

func TestAPostThatAPersonSawIsReadBackToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := claimOne(t, s, s.Announce(t, "news", channel)[channel.ID].ID)
		settle(t, s, d, content.NeedsDecision, content.OutcomeNotFound)
		seen := content.Resolution{As: "sent", RemoteURL: "https://x.com/shop/status/42/photo/1?s=20"}
		got, err := s.Deliveries().Resolve(t.Context(), s.Approver, d.ID, seen)
		if err != nil || got.RemoteID != "42" {
			t.Errorf("the id is %q, %v", got.RemoteID, err)
		}
		due, err := store.ClaimReads(t.Context(), s.Now(), s.Now().Add(lease), 10)
		if err != nil || len(due) != 1 {
			t.Errorf("%d posts to read back, %v", len(due), err)
		}
	})
}

func TestWhatIsReleasedGoesOutInItsOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		var want []string
		for _, slug := range []string{"one", "two", "three"} {
			want = append(want, s.Announce(t, slug, channel)[channel.ID].ID)
		}
		if _, err := store.Hold(t.Context(), s.Now(), content.Reason{Code: content.CodePostRestored}); err != nil {
			t.Fatal(err)
		}
		deliveries := s.Deliveries()
		var sent []string
		deliveries.Wake = func() { // a worker that is as fast as can be
			for _, d := range claim(t, s, "a") {
				sent = append(sent, d.ID)
				settle(t, s, d, content.Sent, content.OutcomeSent)
			}
		}
		if _, err := deliveries.ReleaseHeld(t.Context(), s.Approver, content.HeldSend); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(sent, want) {
			t.Errorf("sent %v, want %v", sent, want)
		}
	})
}

func TestAnOrderOnAPausedChannelSaysWhyItWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := out(t, s, "news", channel)
		if _, err := s.Channels().Pause(t.Context(), s.Admin, channel.ID); err != nil {
			t.Fatal(err)
		}
		got, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, content.Correction{How: content.CorrectByEdit, Text: "Better."})
		if err != nil || got.Reason.Code != content.CodeChannelPausedByHand {
			t.Errorf("corrected: %+v, %v", got.Reason, err)
		}
		got, err = s.Deliveries().Withdraw(t.Context(), s.Approver, d.ID)
		if err != nil || got.Reason.Code != content.CodeChannelPausedByHand {
			t.Errorf("taken down: %+v, %v", got.Reason, err)
		}
	})
}

func TestTrustingThePagesLetsGoWhatWaitsForThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		d.State, d.Reason = content.NeedsDecision, content.Reason{Code: content.CodePostPageAsk}
		a := content.Attempt{Number: 1, Kind: content.AttemptPage, At: s.Now(), Ended: s.Now(), Outcome: content.OutcomeHeld, Detail: d.Reason}
		if ok, err := store.Postpone(t.Context(), d, a); !ok || err != nil {
			t.Fatal(ok, err)
		}
		other := claimOneOf(t, s, s.Announce(t, "other", channel)[channel.ID].ID)
		settle(t, s, other, content.NeedsDecision, content.OutcomeNotFound)
		if _, err := s.Deliveries().TrustPages(t.Context(), s.Author); content.KindOf(err) != content.Forbidden {
			t.Errorf("an author trusts: %v", err)
		}
		if n, err := s.Deliveries().TrustPages(t.Context(), s.Approver); n != 1 || err != nil {
			t.Errorf("let go %d, %v", n, err)
		}
		if got := stored(t, s, other.ID); got.State != content.NeedsDecision {
			t.Errorf("what may be out is %s", got.State)
		}
		claimOne(t, s, d.ID)
	})
}
