package storetest_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

const lease = 2 * time.Minute

func claim(t *testing.T, s *storetest.Site, owner string) []content.Delivery {
	t.Helper()
	claimed, err := claimDue(t.Context(), s.Store, owner, s.Now())
	if err != nil {
		t.Fatal(err)
	}
	return claimed
}

// claimDue takes what a worker would take that keeps no pace.
func claimDue(ctx context.Context, store *sqlstore.Store, owner string, now time.Time) ([]content.Delivery, error) {
	heads, err := store.Heads(ctx)
	if err != nil {
		return nil, err
	}
	var picks []content.Pick
	for _, h := range heads {
		if !h.Busy.After(now) && !h.Delivery.NextAttempt.After(now) {
			picks = append(picks, content.Pick{ID: h.Delivery.ID, Attempt: h.Delivery.Attempt})
		}
	}
	return store.Claim(ctx, owner, now, now.Add(lease), picks)
}

func claimOne(t *testing.T, s *storetest.Site, want string) content.Delivery {
	t.Helper()
	claimed := claim(t, s, "a")
	if len(claimed) != 1 || claimed[0].ID != want {
		t.Fatalf("claimed %v, want only %s", ids(claimed), want)
	}
	return claimed[0]
}

func ids(list []content.Delivery) (out []string) {
	for _, d := range list {
		out = append(out, d.ID)
	}
	return out
}

func settle(t *testing.T, s *storetest.Site, d content.Delivery, state content.DeliveryState, outcome content.Outcome) bool {
	t.Helper()
	d.State = state
	if state == content.Sent {
		d.RemoteID, d.RemoteURL = "r-"+d.ID, "https://example.social/@shop/"+d.ID
	}
	ok, err := s.Store.Settle(t.Context(), d, ended(s, d, outcome), false)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

// ended is how a worker writes the end of an attempt down.
func ended(s *storetest.Site, d content.Delivery, outcome content.Outcome) content.Attempt {
	return content.Attempt{Number: d.Attempt, Kind: content.AttemptSend, At: d.Claimed, Ended: s.Now(), Outcome: outcome, Hash: d.Hash()}
}

func stored(t *testing.T, s *storetest.Site, id string) content.Delivery {
	t.Helper()
	d, err := s.Store.Delivery(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// reason stands for what a worker writes down about work that was cut off.
func reason() content.Reason { return content.Reason{Code: content.CodePostInterrupted} }

func TestPublishingQueuesInOrderAndFreezesTheText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		first := s.Announce(t, "first", channel)[channel.ID]
		second := s.Announce(t, "second", channel)[channel.ID]
		if first.Text != "News: first\n\nhttps://example.org/en/changes/first" || first.State != content.Queued || first.Key != content.DeliveryKey(first) {
			t.Errorf("queued: %+v", first)
		}
		d := claimOne(t, s, first.ID)
		if d.State != content.Sending || d.Attempt != 1 || d.First.IsZero() {
			t.Errorf("claimed: state %s, attempt %d, first %s", d.State, d.Attempt, d.First)
		}
		if attempts := stored(t, s, first.ID).Attempts; len(attempts) != 1 || attempts[0].Outcome != content.OutcomeStarted || attempts[0].Hash != first.Hash() {
			t.Errorf("the attempt was not written down before the call: %+v", attempts)
		}
		if more := claim(t, s, "b"); len(more) != 0 {
			t.Errorf("a second one of the channel is in flight: %v", ids(more))
		}
		if !settle(t, s, d, content.Sent, content.OutcomeSent) {
			t.Error("the receipt was not taken")
		}
		claimOne(t, s, second.ID)
	})
}

func TestWhatBlocksAChannel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		for state, blocks := range map[content.DeliveryState]bool{
			content.Waiting: true, content.UnknownFate: true, content.Failed: false, content.NeedsDecision: false, content.Sent: false,
		} {
			channel := s.Channel(t, string(state))
			slug := "n-" + string(state)[:2]
			first := s.Announce(t, slug+"-1", channel)[channel.ID]
			second := s.Announce(t, slug+"-2", channel)[channel.ID]
			d := claimOne(t, s, first.ID)
			d.NextAttempt = s.Now().Add(time.Hour)
			settle(t, s, d, state, content.OutcomeLater)
			next := claim(t, s, "a")
			if blocks != (len(next) == 0) {
				t.Errorf("%s: the next one claimed %v, blocks should be %v", state, ids(next), blocks)
			}
			for _, d := range next {
				settle(t, s, d, content.Failed, content.OutcomeNever)
			}
			if blocks {
				s.Time = s.Time.Add(2 * time.Hour)
				again := claimOne(t, s, first.ID)
				if look := again.State == content.UnknownFate; look != (state == content.UnknownFate) {
					t.Errorf("%s: claimed again as %s", state, again.State)
				}
				settle(t, s, again, content.Failed, content.OutcomeNever)
				settle(t, s, claimOne(t, s, second.ID), content.Failed, content.OutcomeNever)
			}
		}
	})
}

// Eight workers that fight for the same queue: nothing is claimed twice, and no channel has two in flight.
func TestEightWorkersClaimNothingTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channels := make([]content.Channel, 5)
		for i := range channels {
			channels[i] = s.Channel(t, fmt.Sprintf("channel %d", i))
		}
		const changes = 6
		for i := range changes {
			s.Announce(t, fmt.Sprintf("news-%d", i), channels...)
		}
		total := len(channels) * changes
		var mu sync.Mutex
		seen, flying, order := map[string]int{}, map[string]int{}, map[string][]string{}
		var wg sync.WaitGroup
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		for w := range 8 {
			wg.Go(func() {
				for ctx.Err() == nil {
					now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
					claimed, err := claimDue(ctx, store, fmt.Sprintf("worker %d", w), now)
					if err != nil {
						t.Error(err)
						return
					}
					for _, d := range claimed {
						mu.Lock()
						seen[d.ID]++
						if flying[d.Channel]++; flying[d.Channel] > 1 {
							t.Errorf("two in flight on one channel")
						}
						order[d.Channel] = append(order[d.Channel], d.ID)
						mu.Unlock()
						runtime.Gosched() // the call to the network
						mu.Lock()
						flying[d.Channel]--
						mu.Unlock()
						d.State, d.RemoteID = content.Sent, "r-"+d.ID
						if ok, err := store.Settle(ctx, d, content.Attempt{Number: d.Attempt, Outcome: content.OutcomeSent}, false); !ok || err != nil {
							t.Errorf("settle: %v, %v", ok, err)
						}
					}
					mu.Lock()
					done := len(seen) == total
					mu.Unlock()
					if done {
						return
					}
				}
			})
		}
		wg.Wait()
		for id, n := range seen {
			if n != 1 {
				t.Errorf("delivery %s was claimed %d times", id, n)
			}
		}
		if len(seen) != total {
			t.Errorf("%d of %d were claimed", len(seen), total)
		}
		for channel, list := range order {
			if !slices.IsSorted(list) { // ids grow with time
				t.Errorf("channel %s went out of order: %v", channel, list)
			}
		}
	})
}

func TestRecover(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel, other := s.Channel(t, "mine"), s.Channel(t, "other's")
		mine := s.Announce(t, "mine", channel)[channel.ID]
		claimOne(t, s, mine.ID)
		others := s.Announce(t, "others", other)[other.ID]
		if got := claim(t, s, "b"); len(got) != 1 || got[0].ID != others.ID {
			t.Fatalf("b claimed %v", ids(got))
		}
		if n, err := store.Recover(t.Context(), "a", s.Now(), reason()); err != nil || n != 1 {
			t.Fatalf("recovered %d, %v; want only a's own", n, err)
		}
		d := stored(t, s, mine.ID)
		if d.State != content.UnknownFate || d.Reason.Code != content.CodePostInterrupted || d.Attempts[0].Outcome != content.OutcomeUnsure {
			t.Errorf("after the restart: %s %+v %+v", d.State, d.Reason, d.Attempts)
		}
		if got := stored(t, s, others.ID); got.State != content.Sending {
			t.Errorf("b's delivery is %s although its lease holds", got.State)
		}
		look := claimOne(t, s, mine.ID)
		if look.State != content.UnknownFate || look.Attempt != 2 || stored(t, s, mine.ID).Attempts[1].Hash != "" {
			t.Errorf("the look: %s, attempt %d", look.State, look.Attempt)
		}
		s.Time = s.Time.Add(lease + time.Second)
		if heads, err := store.Heads(t.Context()); err != nil || len(heads) != 2 || heads[0].Busy.IsZero() || heads[0].Busy.After(s.Now()) {
			t.Errorf("a lease ran out, but nothing tells: %+v, %v", heads, err)
		}
		if n, err := store.Recover(t.Context(), "", s.Now(), reason()); err != nil || n != 1 || stored(t, s, others.ID).State != content.UnknownFate {
			t.Errorf("recovered %d after the lease, %v", n, err)
		}
	})
}

func TestLateAnswersAreFencedButReceiptsAreTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := claimOne(t, s, s.Announce(t, "news", channel)[channel.ID].ID)
		s.Time = s.Time.Add(lease + time.Second)
		if _, err := store.Recover(t.Context(), "", s.Now(), reason()); err != nil {
			t.Fatal(err)
		}
		look := claimOne(t, s, d.ID)
		if settle(t, s, d, content.Failed, content.OutcomeNever) {
			t.Error("an answer to attempt 1 was taken during attempt 2")
		}
		settle(t, s, look, content.NeedsDecision, content.OutcomeNotFound)
		if _, err := s.Deliveries().Resolve(t.Context(), s.Approver, d.ID, content.Resolution{As: "not_sent"}); err != nil {
			t.Fatal(err)
		}
		if !settle(t, s, d, content.Sent, content.OutcomeSent) {
			t.Error("a late receipt was thrown away, and the post would go out again")
		}
		if got := stored(t, s, d.ID); got.State != content.Sent || got.RemoteID == "" {
			t.Errorf("after the late receipt: %+v", got)
		}
		if more := claim(t, s, "a"); len(more) != 0 {
			t.Errorf("sent again: %v", ids(more))
		}
		if settle(t, s, d, content.Sent, content.OutcomeSent) {
			t.Error("a receipt was taken twice")
		}
	})
}

func TestPausedChannelKeepsItsQueueAndOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		first := s.Announce(t, "first", channel)[channel.ID]
		second := s.Announce(t, "second", channel)[channel.ID]
		d := claimOne(t, s, first.ID)
		d.State, d.Reason = content.Paused, content.Reason{Code: content.CodeChannelToken}
		if ok, err := store.Settle(t.Context(), d, content.Attempt{Number: d.Attempt, Outcome: content.OutcomePaused}, true); !ok || err != nil {
			t.Fatal(ok, err)
		}
		if c, err := store.Channel(t.Context(), channel.ID); err != nil || c.State != content.ChannelPaused || c.Reason.Code != content.CodeChannelToken {
			t.Errorf("channel: %+v, %v", c, err)
		}
		if got := stored(t, s, second.ID); got.State != content.Paused || got.Reason.Code != content.CodeChannelToken {
			t.Errorf("the queue: %s %+v", got.State, got.Reason)
		}
		third := s.Announce(t, "third", channel)[channel.ID]
		if third.State != content.Paused {
			t.Errorf("published while paused: %s", third.State)
		}
		if got := claim(t, s, "a"); len(got) != 0 {
			t.Errorf("a paused channel sent %v", ids(got))
		}
		if _, err := s.Channels().Resume(t.Context(), s.Admin, channel.ID); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{first.ID, second.ID, third.ID} {
			settle(t, s, claimOne(t, s, want), content.Sent, content.OutcomeSent)
		}
	})
}

func TestDisconnectForgetsSecretsAndEndsTheQueue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		first := s.Announce(t, "first", channel)[channel.ID]
		second := s.Announce(t, "second", channel)[channel.ID]
		settle(t, s, claimOne(t, s, first.ID), content.UnknownFate, content.OutcomeUnsure)
		if _, err := s.Channels().Disconnect(t.Context(), s.Admin, channel.ID); err != nil {
			t.Fatal(err)
		}
		c, err := store.Channel(t.Context(), channel.ID)
		if err != nil || c.Sealed != "" || c.State != content.ChannelDisconnected {
			t.Errorf("channel: %+v, %v", c, err)
		}
		if got := stored(t, s, first.ID).State; got != content.NeedsDecision {
			t.Errorf("what may be out is %s, want needs_decision", got)
		}
		if got := stored(t, s, second.ID).State; got != content.CancelledPost {
			t.Errorf("what is not out is %s, want cancelled", got)
		}
		if _, err := s.Channels().Resume(t.Context(), s.Admin, channel.ID); content.KindOf(err) != content.Conflict {
			t.Errorf("resume a disconnected channel: %v", err)
		}
		_, err = s.Deliveries().Resolve(t.Context(), s.Approver, first.ID, content.Resolution{As: "not_sent"})
		if content.KindOf(err) != content.Conflict {
			t.Errorf("order a post on a disconnected channel: %v", err)
		}
		d, err := s.Deliveries().Resolve(t.Context(), s.Approver, first.ID, content.Resolution{As: "sent", RemoteURL: "https://example.social/@shop/42"})
		if err != nil || d.State != content.Sent || d.RemoteID != "42" {
			t.Errorf("say that it is out: %+v, %v", d, err)
		}
	})
}

func TestSentPostsAreShownPublicly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		before, err := store.SiteSeq(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		settle(t, s, claimOne(t, s, d.ID), content.Sent, content.OutcomeSent)
		data, err := store.Published(t.Context(), before)
		if err != nil || len(data.Changes) != 1 || len(data.Changes[0].Posts) != 1 {
			t.Fatalf("published since: %+v, %v", data.Changes, err)
		}
		if post := data.Changes[0].Posts[0]; post.URL == "" || post.Network != "test" || post.Lang != "en" {
			t.Errorf("post: %+v", post)
		}
		taken, err := store.Receipted(t.Context(), channel.ID, "r-"+d.ID, "another")
		if err != nil || !taken {
			t.Errorf("Receipted = %v, %v", taken, err)
		}
		if taken, err = store.Receipted(t.Context(), channel.ID, "r-"+d.ID, d.ID); err != nil || taken {
			t.Errorf("Receipted for its own delivery = %v, %v", taken, err)
		}
	})
}

func TestPeopleDecide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel := s.Channel(t, "Shop")
		d := s.Announce(t, "news", channel)[channel.ID]
		deliveries := s.Deliveries()
		if _, err := deliveries.Retry(t.Context(), s.Author, d.ID); content.KindOf(err) != content.Forbidden {
			t.Errorf("an author decided: %v", err)
		}
		if _, err := deliveries.Retry(t.Context(), s.Approver, d.ID); content.KindOf(err) != content.Conflict {
			t.Errorf("retry what is queued: %v", err)
		}
		settle(t, s, claimOne(t, s, d.ID), content.Failed, content.OutcomeNever)
		again, err := deliveries.Retry(t.Context(), s.Approver, d.ID)
		if err != nil || again.State != content.Queued || again.Key != d.Key || again.Attempt != 1 {
			t.Errorf("retry: %+v, %v", again, err)
		}
		settle(t, s, claimOne(t, s, d.ID), content.NeedsDecision, content.OutcomeNotFound)
		if _, err := deliveries.Retry(t.Context(), s.Approver, d.ID); content.KindOf(err) != content.Conflict {
			t.Errorf("a blind retry of what may be out: %v", err)
		}
		for _, link := range []string{"", "javascript:alert(1)", "https://example.social/", "/path", "https://example.social/%00", "https://example.social/%FF", "https://example.social/a%0Ab"} {
			_, err := deliveries.Resolve(t.Context(), s.Approver, d.ID, content.Resolution{As: "sent", RemoteURL: link})
			if content.KindOf(err) != content.Invalid {
				t.Errorf("resolve with link %q: %v", link, err)
			}
		}
		if _, err := deliveries.Resolve(t.Context(), s.Approver, d.ID, content.Resolution{As: "maybe"}); content.KindOf(err) != content.Invalid {
			t.Errorf("resolve as maybe: %v", err)
		}
		dropped, err := deliveries.Cancel(t.Context(), s.Approver, d.ID)
		if err != nil || dropped.State != content.CancelledPost || len(dropped.Attempts) != 2 {
			t.Errorf("cancel: %+v, %v", dropped, err)
		}
		if _, err := deliveries.Get(t.Context(), s.Author, "nothing"); content.KindOf(err) != content.NotFound {
			t.Errorf("an unknown delivery: %v", err)
		}
	})
}
