package content

import (
	"context"
	"strings"
	"time"
)

// DeliveryStore keeps deliveries.
type DeliveryStore interface {
	// Deliveries lists newest change first, and within one by channel and language, where the view has no other order.
	// It reads no more than the filter's Limit. It answers NotFound with CodeDeliveryUnknown for an unknown After.
	Deliveries(ctx context.Context, filter DeliveryFilter) ([]Delivery, error)
	// CountInState counts all that are in a state, CountLine what is not out yet on a channel.
	CountInState(ctx context.Context, state DeliveryState) (int, error)
	CountLine(ctx context.Context, channel string) (int, error)
	// Delivery answers NotFound with CodeDeliveryUnknown.
	Delivery(ctx context.Context, id string) (Delivery, error)
	// UpdateDelivery loads the delivery and its channel under a lock, runs decide, and writes state, reason, receipt,
	// times and progress as decide left them, in one transaction. What an attempt in flight answers later cannot undo it.
	// Deliveries that decide orders besides are queued as the next generation of the same place.
	UpdateDelivery(ctx context.Context, id string, decide func(*Delivery, Channel) ([]Delivery, error), audit Audit) (Delivery, error)
	// Held tells whether posts wait for a person because the database went back in time; Release ends that.
	Held(ctx context.Context) (bool, error)
	Release(ctx context.Context, audit Audit) error
	// ChangeTitles are the titles of changes, by their ids.
	ChangeTitles(ctx context.Context, ids []string) (map[string]Text, error)
	// TrustPages sets the setting, lets go what waits for that decision, and answers how many these were.
	TrustPages(ctx context.Context, audit Audit) (int, error)
	// QueueState is what waits on these channels, each in its order up to the position in it.
	QueueState(ctx context.Context, until map[string]int) (QueueState, error)
}

// Deliveries is the service for what became of each announcement, and for what a person decides about it.
type Deliveries struct {
	Store DeliveryStore
	// Networks by name compose the words of corrections. Can tells what each can do with a post that is out.
	Networks map[string]Network
	Can      map[string]Abilities
	// Pace is how fast a channel sends, its network's default filled in. May be nil.
	Pace func(Channel) Pace
	Now  Clock
	// Wake is told when a queue may go on; it must not block. May be nil.
	Wake func()
}

// List lists the deliveries that the filter picks.
func (s *Deliveries) List(ctx context.Context, actor Actor, filter DeliveryFilter) ([]Delivery, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	return s.Store.Deliveries(ctx, filter)
}

// Get is one delivery with its attempts.
func (s *Deliveries) Get(ctx context.Context, actor Actor, id string) (Delivery, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Delivery{}, err
	}
	return s.Store.Delivery(ctx, id)
}

// Retry sends again what surely is not out: a failed delivery, or a waiting one
// before its time. What may be out must be resolved instead.
func (s *Deliveries) Retry(ctx context.Context, actor Actor, id string) (Delivery, error) {
	return s.order(ctx, actor, id, "delivery.retry", StepRetry, 0)
}

// Cancel drops a delivery that is not sent.
func (s *Deliveries) Cancel(ctx context.Context, actor Actor, id string) (Delivery, error) {
	return s.decide(ctx, actor, id, "delivery.cancel", nil, func(d *Delivery, _ Channel) error {
		next, err := d.State.Next(StepDrop)
		if err != nil {
			return err
		}
		d.drop(next, actor, s.Now())
		return nil
	})
}

// drop ends a delivery. What a restored database takes for unsent may be out, although no attempt is known.
func (d *Delivery) drop(state DeliveryState, actor Actor, now time.Time) {
	if d.Reason.Code == CodePostRestored && d.Doubt.IsZero() {
		d.Doubt = now
	}
	d.State, d.Reason = state, Reason{Code: CodeDeliveryDropped, Args: Args{"Name": actor.Name}}
}

// Resolution is what a person found out about a delivery whose fate is unknown.
type Resolution struct {
	As        string // "sent" or "not_sent"
	RemoteURL string // the post's address, with "sent"
	// Attempt is the number of the last attempt that the person knew of, with "not_sent": what happened after it may
	// have sent the post. 0 does not say.
	Attempt int
}

// Resolve settles an unknown fate by a person's word: it is out, here is the link; or it is not out, send it again.
func (s *Deliveries) Resolve(ctx context.Context, actor Actor, id string, r Resolution) (Delivery, error) {
	switch r.As {
	case "not_sent":
		return s.order(ctx, actor, id, "delivery.not_sent", StepNotSent, r.Attempt)
	case "sent":
		return s.isSent(ctx, actor, id, strings.TrimSpace(r.RemoteURL))
	}
	return Delivery{}, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "as", Code: CodeResolveAs, Args: Args{"Value": r.As}}}}
}

func (s *Deliveries) isSent(ctx context.Context, actor Actor, id, remoteURL string) (Delivery, error) {
	remoteID, err := idOfPost(remoteURL)
	if err != nil {
		return Delivery{}, err
	}
	now := s.Now()
	d, err := s.decide(ctx, actor, id, "delivery.is_sent", map[string]string{"remote_url": remoteURL}, func(d *Delivery, channel Channel) error {
		next, err := d.State.Next(StepIsSent)
		if err != nil {
			return err
		}
		if err := s.checkHost(channel, remoteURL); err != nil {
			return err
		}
		d.State, d.RemoteID, d.RemoteURL, d.Sent = next, remoteID, remoteURL, now
		d.Reason = Reason{Code: CodeDeliveryByWord, Args: Args{"Name": actor.Name}}
		d.Health = Health{Next: now} // a link to another post is noticed then
		return nil
	})
	s.wake(err)
	return d, err
}

// order puts a delivery back into its queue by a person's order. Who knew only
// of attempts before seen decided about something else; 0 for any.
func (s *Deliveries) order(ctx context.Context, actor Actor, id, action string, step DeliveryStep, seen int) (Delivery, error) {
	now := s.Now()
	d, err := s.decide(ctx, actor, id, action, nil, func(d *Delivery, channel Channel) error {
		next, err := d.State.Next(step)
		if err != nil {
			return err
		}
		if seen != 0 && seen != d.Attempt {
			return Fail(Conflict, CodeDeliveryState, Args{"State": string(d.State), "Step": string(step)})
		}
		if channel.State == ChannelDisconnected {
			return Fail(Conflict, CodeChannelDisconnected, Args{"Channel": channel.Name})
		}
		d.restart(next, channel, now)
		return nil
	})
	s.wake(err)
	return d, err
}

// restart puts a delivery back into its queue. The key and the number of the
// attempt stay: a network that still remembers the key makes no second post, and
// a late answer to an old attempt is told from a new one. So does the time of the
// first attempt, from which looks go back. A doubt ends only with a person's word
// about it, not by hurrying what is waiting.
func (d *Delivery) restart(state DeliveryState, channel Channel, now time.Time) {
	progress := Progress{Attempt: d.Attempt, First: d.First}
	if d.State == Waiting {
		progress.Doubt, progress.Looks, progress.Duplicate = d.Doubt, d.Looks, d.Duplicate
	}
	d.State, d.Reason, d.Ordered, d.NextAttempt, d.Progress = state, Reason{}, now, now, progress
	if channel.State == ChannelPaused {
		d.State, d.Reason = Paused, channel.Reason
	}
}

func (s *Deliveries) decide(
	ctx context.Context, actor Actor, id, action string, detail map[string]string, decide func(*Delivery, Channel) error,
) (Delivery, error) {
	if err := actor.May(DecideDelivery); err != nil {
		return Delivery{}, err
	}
	return s.Store.UpdateDelivery(ctx, id, func(d *Delivery, c Channel) ([]Delivery, error) {
		return nil, decide(d, c)
	}, NewAudit(actor, s.Now(), action, id, detail))
}
