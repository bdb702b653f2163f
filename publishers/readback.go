package publishers

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
)

// readsAtOnce bounds how many posts are read back in one round: looking after old posts must not hold up new ones.
const readsAtOnce = 4

// readBack starts to read posts back that are due: whether the network shows
// them, to whom, and with which words.
func (w *Worker) readBack(ctx, calls context.Context, now time.Time) error {
	free := min(w.free()-1, readsAtOnce)
	if w.ReadBacks == nil || free <= 0 {
		return nil
	}
	until := now.Add(w.Lease)
	due, err := w.ReadBacks.ClaimReads(ctx, now, until, free)
	if err != nil {
		return fmt.Errorf("ask which posts to read back: %w", err)
	}
	for _, d := range due {
		w.launch(calls, d.ID, func() error { return w.read(calls, d, until) })
	}
	return nil
}

func (w *Worker) read(ctx context.Context, d content.Delivery, until time.Time) error {
	channel, err := w.Records.Channel(ctx, d.Channel)
	if err != nil {
		return fmt.Errorf("read channel %s: %w", d.Channel, err)
	}
	began := w.Now()
	publisher, post, err := w.prepare(ctx, d, channel)
	if err != nil {
		return w.settleRead(ctx, w.unread(d, err, w.Now()), until)
	}
	reader, ok := publisher.(Reader)
	if !ok {
		d.Health.Next = time.Time{} // this network cannot be asked, now or later
		return w.settleRead(ctx, reading{delivery: d}, until)
	}
	seen, answer, err := w.readFresh(ctx, reader, post, channel, d.RemoteID)
	if ctx.Err() != nil {
		return nil //nolint:nilerr // stopped; it is due again when the claim ends
	}
	if err != nil {
		return w.settleRead(ctx, w.unread(d, withoutSecrets(err, post.Settings), w.Now()), until)
	}
	r := w.seen(d, seen, w.Now())
	if r.attempt != nil {
		r.attempt.At, r.attempt.Answer = began, answer
	}
	return w.settleRead(ctx, r, until)
}

func (w *Worker) readFresh(ctx context.Context, reader Reader, post Post, channel content.StoredChannel, id string) (seen Seen, answer content.Answer, err error) {
	ask := func() {
		ctx, cancel := context.WithTimeout(ctx, w.Call)
		defer cancel()
		ctx, heard := w.listen(ctx)
		err = guard(func() error {
			var err error
			seen, err = reader.Read(ctx, post, id)
			return err
		})
		answer = *heard
	}
	if ask(); err == nil || !FateOf(err).Expired {
		return seen, answer, err
	}
	if post.Settings, err = w.Credentials.Fresh(ctx, channel, true); err != nil {
		return seen, answer, err
	}
	ask()
	return seen, answer, err
}

// reading is what one reading back leaves: an attempt only where it is remarkable.
type reading struct {
	delivery content.Delivery
	attempt  *content.Attempt
}

// seen is pure: what the network shows is compared with what was known.
func (c *Config) seen(d content.Delivery, seen Seen, now time.Time) reading {
	found := seen.Receipt.Warning
	switch {
	case seen.Gone:
		found = content.Reason{Code: content.CodePostGone}
	case !seen.Intact:
		found = content.Reason{Code: content.CodePostAltered}
	}
	if d.RemoteURL == "" && isPage(seen.Receipt.URL) {
		d.RemoteURL = seen.Receipt.URL
	}
	first, changed := d.Health.Checked.IsZero(), d.Health.Reason.Code != found.Code
	d.Health.Reason, d.Health.Checked = found, now
	d.Health.Next = c.nextRead(d, now)
	r := reading{delivery: d}
	if first || changed {
		r.attempt = &content.Attempt{
			Number: d.Attempt + 1, Kind: content.AttemptRead, At: now, Ended: now, Outcome: content.OutcomeSeen, Detail: found,
		}
	}
	return r
}

// unread is pure: what could not be read is read again later, and nothing is said about it.
func (c *Config) unread(d content.Delivery, err error, now time.Time) reading {
	fate := FateOf(err)
	if fate.Fate == Never { // this way of posting cannot read at all
		d.Health.Next = time.Time{}
		return reading{delivery: d}
	}
	d.Health.Next = now.Add(max(c.Backoff, c.scaled(c.ReadEach)/24))
	if fate.At.After(d.Health.Next) {
		d.Health.Next = latest(d.Health.Next, now.Add(min(fate.At.Sub(now), c.MaxPause)))
	}
	return reading{delivery: d}
}

// nextRead is when a post is read back next; zero once it is old enough to be left alone.
func (c *Config) nextRead(d content.Delivery, now time.Time) time.Time {
	next := now.Add(c.scaled(c.ReadEach))
	next = next.Add(time.Duration(c.Jitter() * float64(c.scaled(c.ReadEach)) / 10))
	if d.Health.Gone() || next.Sub(d.Sent) > c.scaled(c.ReadFor) {
		return time.Time{}
	}
	return next
}

func (w *Worker) settleRead(ctx context.Context, r reading, until time.Time) error {
	if err := w.ReadBacks.SettleRead(ctx, r.delivery, until, r.attempt); err != nil {
		return fmt.Errorf("note what reading a post back found: %w", err)
	}
	if r.attempt != nil && w.Sent != nil {
		w.Sent()
	}
	return nil
}
