package content

import (
	"context"
	"maps"
	"time"
)

// InQueue is what waits on a channel, as much of it as a forecast needs.
type InQueue struct {
	Delivery    string
	Channel     string
	State       DeliveryState
	NextAttempt time.Time
}

// QueueState is what waits on some channels, each in its order, and where each channel's pace stands.
type QueueState struct {
	Queued []InQueue
	Paced  map[string]time.Time
}

// Forecast says when each of these that waits will go out if all goes well; a post on a paused channel, or behind one whose
// fate is unknown, has no time. Of each queue it reads what stands before them.
func (s *Deliveries) Forecast(ctx context.Context, actor Actor, channels []Channel, shown []Delivery) (map[string]time.Time, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	paces := map[string]Pace{}
	for _, c := range channels {
		if c.State == ChannelActive && s.Pace != nil {
			paces[c.ID] = s.Pace(c)
		}
	}
	until := map[string]int{}
	for _, d := range shown {
		if _, active := paces[d.Channel]; active && (d.State == Queued || d.State == Waiting) {
			until[d.Channel] = max(until[d.Channel], d.Position)
		}
	}
	if len(until) == 0 {
		return map[string]time.Time{}, nil
	}
	state, err := s.Store.QueueState(ctx, until)
	if err != nil {
		return nil, err
	}
	return forecast(state, paces, s.Now()), nil
}

// forecast is pure: the queue of each channel is played through at its pace.
func forecast(state QueueState, paces map[string]Pace, now time.Time) map[string]time.Time {
	times := map[string]time.Time{}
	paced, earliest, stuck := map[string]time.Time{}, map[string]time.Time{}, map[string]bool{}
	maps.Copy(paced, state.Paced)
	for _, q := range state.Queued {
		pace, active := paces[q.Channel]
		if q.State == UnknownFate || q.State == Sending || !active {
			stuck[q.Channel] = stuck[q.Channel] || q.State == UnknownFate
			continue
		}
		if stuck[q.Channel] {
			continue
		}
		from := latestOf(now, q.NextAttempt, earliest[q.Channel])
		at, after := pace.Slot(paced[q.Channel], from)
		times[q.Delivery], paced[q.Channel], earliest[q.Channel] = at, after, at
	}
	return times
}

func latestOf(times ...time.Time) (last time.Time) {
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// TrustPages says, from now on, that the site's pages are there although this
// server cannot reach them, and lets go what waits for that decision; it answers
// how many these were.
func (s *Deliveries) TrustPages(ctx context.Context, actor Actor) (int, error) {
	if err := actor.May(DecideDelivery); err != nil {
		return 0, err
	}
	n, err := s.Store.TrustPages(ctx, NewAudit(actor, s.Now(), "delivery.trust_pages", "site", nil))
	s.wake(err)
	return n, err
}

// TrustPage puts a delivery back into its queue that waits for a person only because its page was out of reach; false
// where it does not, or where its channel cannot send any more.
func (d *Delivery) TrustPage(channel Channel, now time.Time) bool {
	next, err := d.State.Next(StepNotSent)
	if err != nil || d.State != NeedsDecision || d.Reason.Code != CodePostPageAsk || channel.State == ChannelDisconnected {
		return false
	}
	d.restart(next, channel, now)
	return true
}
