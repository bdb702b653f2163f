package publishers

import (
	"context"
	"time"

	"klartext/content"
)

// Outbox is the queue of deliveries. It is the only memory of the worker, so
// that a worker that dies at any instruction loses nothing.
type Outbox interface {
	// Due tells cheaply whether Recover or Claim would find anything.
	Due(ctx context.Context, now time.Time) (bool, error)
	// Recover turns deliveries that were being sent by a worker that is gone
	// into unknown ones: those of owner, whatever their lease, and all whose
	// lease ran out. owner "" takes only the latter. It answers how many.
	Recover(ctx context.Context, owner string, now time.Time, reason content.Reason) (int, error)
	// Claim takes the first unsettled delivery of each channel that is due and
	// not taken, under a lease that ends at until, and writes the attempt
	// down, all in one transaction. Of two workers only one gets it. A claimed delivery
	// is Sending, or still UnknownFate where it is to be looked for.
	Claim(ctx context.Context, owner string, now, until time.Time, limit int) ([]content.Delivery, error)
	// Settle writes how an attempt ended and what d shall be then. It answers
	// false, and writes nothing, where the delivery has moved on meanwhile; a
	// receipt is taken all the same as long as nothing else is known.
	// pauseChannel pauses the channel and holds its queue, with the delivery's reason.
	Settle(ctx context.Context, d content.Delivery, a content.Attempt, pauseChannel bool) (bool, error)
	// Channel reads a channel with its encrypted settings.
	Channel(ctx context.Context, id string) (content.StoredChannel, error)
	// Receipted tells whether a remote post is the receipt of another delivery of this channel already.
	Receipted(ctx context.Context, channel, remoteID, delivery string) (bool, error)
}
