package publishers

import (
	"context"
	"encoding/json"
	"time"

	"klartext/content"
)

// Outbox is the queue of deliveries. It is the only memory of the worker, so
// that a worker that dies at any instruction loses nothing.
type Outbox interface {
	// Heads lists what each channel that is not paused would do next: the first unsettled delivery in its queue, if
	// what it follows is out, and what is out and is to be corrected or taken down.
	Heads(ctx context.Context) ([]content.QueueHead, error)
	// Recover ends calls of a worker that is gone: those of owner, whatever their lease, and all whose lease ran out;
	// owner "" takes only the latter. What was being sent becomes unknown; it answers how many these were.
	Recover(ctx context.Context, owner string, now time.Time, reason content.Reason) (int, error)
	// Claim takes what is still as it was picked, under a lease that ends at until, and writes down that an attempt
	// runs, all in one transaction. Of two workers only one gets it. What is to be sent is Sending then; what is to be
	// looked for, corrected or taken down keeps its state.
	Claim(ctx context.Context, owner string, now, until time.Time, picks []content.Pick) ([]content.Delivery, error)
	// Settle writes how an attempt ended and what d shall be then. It answers
	// false, and writes nothing, where the delivery has moved on meanwhile; a
	// receipt is taken all the same as long as nothing else is known.
	// pauseChannel pauses the channel and holds its queue, with the delivery's reason.
	Settle(ctx context.Context, d content.Delivery, a content.Attempt, pauseChannel bool) (bool, error)
	// Postpone puts off what nobody has claimed, with an attempt of the next number. It answers false where it moved on.
	Postpone(ctx context.Context, d content.Delivery, a content.Attempt) (bool, error)
}

// Records are what the worker reads besides the queue.
type Records interface {
	// Channel reads a channel with its encrypted settings.
	Channel(ctx context.Context, id string) (content.StoredChannel, error)
	// Receipted tells whether a remote post is the receipt of another delivery of this channel already.
	Receipted(ctx context.Context, channel, remoteID, delivery string) (bool, error)
	// Delivery reads one delivery.
	Delivery(ctx context.Context, id string) (content.Delivery, error)
	// Settings are the site's: whether it trusts that its pages are there.
	Settings(ctx context.Context) (content.Settings, error)
}

// ReadBacks are the posts that are out and looked after.
type ReadBacks interface {
	// ClaimReads takes posts that are due to be read back, and puts their next time off to until.
	ClaimReads(ctx context.Context, now, until time.Time, limit int) ([]content.Delivery, error)
	// SettleRead writes what a reading found; seen is the time that ClaimReads left. With an attempt it is kept and shown.
	SettleRead(ctx context.Context, d content.Delivery, seen time.Time, a *content.Attempt) error
}

// Credentials open the settings of channels.
type Credentials interface {
	// Fresh answers the settings, renewed where they end or, with force, where the network refused them. A
	// *content.CredentialError means that a person must see to the channel; after any other error nothing was sent.
	Fresh(ctx context.Context, channel content.StoredChannel, force bool) (json.RawMessage, error)
}
