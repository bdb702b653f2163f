package storetest_test

import (
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// doubtful lets the fate of a delivery become unknown, and asks a person.
func doubtful(t *testing.T, s *storetest.Site, id string) {
	t.Helper()
	d := claimOneOf(t, s, id)
	d.Doubt = s.Now()
	if !settle(t, s, d, content.NeedsDecision, content.OutcomeNotFound) {
		t.Fatal("not settled")
	}
}

func TestWhatWasDroppedInDoubtIsPostedAgainOnlyByAWordOfItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		doubtful(t, s, d.ID)
		drop(t, s, d.ID)
		if !stored(t, s, d.ID).MaybeOut {
			t.Error("nobody is told that it may be out")
		}
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, d.ID, false); codeOf(err) != content.CodeAgainDoubt || content.KindOf(err) != content.Conflict {
			t.Errorf("without a word: %v", err)
		}
		again, err := s.Deliveries().Again(t.Context(), s.Approver, d.ID, true)
		if err != nil {
			t.Fatal(err)
		}
		// The second is dropped before it was sent; the first may still be out.
		drop(t, s, again.ID)
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, again.ID, false); codeOf(err) != content.CodeAgainDoubt {
			t.Errorf("after the second was dropped: %v", err)
		}
		sure := s.Announce(t, "sure", channel)[channel.ID]
		drop(t, s, sure.ID)
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, sure.ID, false); err != nil || stored(t, s, sure.ID).MaybeOut {
			t.Errorf("what was never sent asks for a word: %v", err)
		}
	})
}

func TestWhatARestoredDatabaseDroppedMayBeOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		if _, err := store.Hold(t.Context(), s.Now(), content.Reason{Code: content.CodePostRestored}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Deliveries().ReleaseHeld(t.Context(), s.Approver, content.HeldDrop); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, d.ID, false); codeOf(err) != content.CodeAgainDoubt {
			t.Errorf("without a word: %v", err)
		}
	})
}

func TestACorrectionDroppedInDoubtIsSentAgainOnlyByAWordOfItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		d := out(t, s, "news", s.Channel(t, "Shop"))
		order := content.Correction{How: content.CorrectByPost, Text: "We were wrong.", Link: true}
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order); err != nil {
			t.Fatal(err)
		}
		list, err := store.Deliveries(t.Context(), content.DeliveryFilter{State: content.Queued})
		if err != nil || len(list) != 1 {
			t.Fatal(len(list), err)
		}
		doubtful(t, s, list[0].ID)
		drop(t, s, list[0].ID)
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order); codeOf(err) != content.CodeAgainDoubt {
			t.Errorf("the same words without a word: %v", err)
		}
		if _, err := s.Deliveries().Again(t.Context(), s.Approver, list[0].ID, false); codeOf(err) != content.CodeAgainDoubt {
			t.Errorf("once more without a word: %v", err)
		}
		order.Confirmed = true
		if _, err := s.Deliveries().Correct(t.Context(), s.Approver, d.ID, order); err != nil {
			t.Errorf("with a word: %v", err)
		}
	})
}

func drop(t *testing.T, s *storetest.Site, id string) {
	t.Helper()
	if _, err := s.Deliveries().Cancel(t.Context(), s.Approver, id); err != nil {
		t.Fatal(err)
	}
}

func TestTrustInTheSettingsLetsGoWhatWaitsForThePages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		d.State, d.Reason = content.NeedsDecision, content.Reason{Code: content.CodePostPageAsk}
		a := content.Attempt{Number: 1, Kind: content.AttemptPage, At: s.Now(), Ended: s.Now(), Outcome: content.OutcomeHeld, Detail: d.Reason}
		if ok, err := store.Postpone(t.Context(), d, a); !ok || err != nil {
			t.Fatal(ok, err)
		}
		woken := 0
		site := &content.Site{Store: store, Now: s.Now, Wake: func() { woken++ }}
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.ShowLag = true }); err != nil {
			t.Fatal(err)
		}
		if got := stored(t, s, d.ID); got.State != content.NeedsDecision || woken != 0 {
			t.Errorf("another setting let it go: %s, woken %d times", got.State, woken)
		}
		if _, err := site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.TrustPages = true }); err != nil {
			t.Fatal(err)
		}
		if got := stored(t, s, d.ID); got.State != content.Queued || got.Reason.Code != "" || woken != 1 {
			t.Errorf("trusted: %s, woken %d times", got.State, woken)
		}
		lines, err := store.Audits(t.Context(), "", 2)
		if err != nil || len(lines) != 2 {
			t.Fatal(len(lines), err)
		}
		if actions := map[string]bool{lines[0].Action: true, lines[1].Action: true}; !actions["settings.update"] || !actions["delivery.not_sent"] {
			t.Errorf("audit: %v", actions)
		}
	})
}
