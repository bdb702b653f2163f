package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Heads lists what each channel would do next: the head of its queue, and what
// is to be corrected or taken down.
func (s *Store) Heads(ctx context.Context) ([]content.QueueHead, error) {
	q := s.reader()
	rows, err := q.QueueHeads(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the heads of the queues: %w", classify(err))
	}
	amendments, err := q.Amendments(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what is to be amended: %w", classify(err))
	}
	for _, row := range amendments {
		rows = append(rows, db.QueueHeadsRow{Delivery: row.Delivery, Channel: row.Channel, BusyUntil: row.BusyUntil})
	}
	heads := make([]content.QueueHead, 0, len(rows))
	for _, row := range rows {
		d, err := deliveryOf(row.Delivery)
		if err != nil {
			return nil, err
		}
		c, err := channelOf(row.Channel)
		if err != nil {
			return nil, err
		}
		heads = append(heads, content.QueueHead{Delivery: d, Channel: c, Busy: at(row.BusyUntil), Paced: at(row.PacedAt)})
	}
	return heads, nil
}

// Recover turns deliveries that a worker left while sending into unknown ones;
// other calls that were cut off may begin again at once, because they do no harm
// twice. It answers how many were being sent.
func (s *Store) Recover(ctx context.Context, owner string, now time.Time, reason content.Reason) (int, error) {
	n := 0
	err := s.inTx(ctx, func(tx *tx) error {
		n = 0
		rows, err := tx.StaleDeliveries(ctx, db.StaleDeliveriesParams{Owner: owner, Now: ms(now)})
		if err != nil {
			return fmt.Errorf("find what was cut off: %w", err)
		}
		for _, row := range rows {
			sent, err := tx.recover(ctx, row, now, reason)
			if err != nil {
				return err
			}
			n += sent
		}
		return nil
	})
	return n, err
}

func (t *tx) recover(ctx context.Context, row db.Delivery, now time.Time, reason content.Reason) (sending int, err error) {
	params := db.RecoverDeliveryParams{
		ID: row.ID, Number: row.Attempts, State: row.State, Reason: row.Reason, DoubtAt: row.DoubtAt, Duplicate: row.Duplicate,
		Looks: row.Looks, NextAt: row.NextAt,
	}
	outcome, detail := content.OutcomeLater, content.Reason{Code: content.CodeAmendLater}
	if content.DeliveryState(row.State) == content.Sending {
		sending, outcome, detail = 1, content.OutcomeUnsure, reason
		params.State, params.Reason, params.DoubtAt = string(content.UnknownFate), encode(reason), ms(now)
		params.Duplicate, params.Looks, params.NextAt = false, 0, ms(now)
	}
	changed, err := t.RecoverDelivery(ctx, params)
	if err != nil {
		return 0, fmt.Errorf("recover delivery %s: %w", row.ID, err)
	}
	if changed == 0 {
		return 0, nil
	}
	return sending, t.endRunning(ctx, row, outcome, detail, now)
}

// endRunning writes down how the attempt ended that runs in a row.
func (t *tx) endRunning(ctx context.Context, row db.Delivery, outcome content.Outcome, reason content.Reason, now time.Time) error {
	d, err := deliveryOf(row)
	if err != nil || d.Claimed.IsZero() {
		return err
	}
	running := d.Running()
	running.Outcome, running.Detail, running.Ended = outcome, reason, now
	return t.addAttempt(ctx, d.ID, running)
}

// Claim takes what is still as it was seen, under a lease. The row itself says
// from then on that an attempt runs, and what it sends.
func (s *Store) Claim(ctx context.Context, owner string, now, until time.Time, picks []content.Pick) ([]content.Delivery, error) {
	var claimed []content.Delivery
	err := s.inTx(ctx, func(tx *tx) error {
		claimed = nil
		for _, pick := range picks {
			rows, err := tx.ClaimDelivery(ctx, db.ClaimDeliveryParams{
				ID: pick.ID, Number: int64(pick.Attempt), PacedAt: ms(pick.Paced), Owner: owner, Now: ms(now), Until: ms(until),
			})
			if err != nil {
				return fmt.Errorf("claim delivery %s: %w", pick.ID, err)
			}
			for _, row := range rows {
				d, err := deliveryOf(row)
				if err != nil {
					return err
				}
				claimed = append(claimed, d)
			}
		}
		return nil
	})
	return claimed, err
}

func (t *tx) addAttempt(ctx context.Context, delivery string, a content.Attempt) error {
	err := t.AddAttempt(ctx, db.AddAttemptParams{
		DeliveryID: delivery, Number: int64(a.Number), Kind: string(a.Kind), At: ms(a.At), EndedAt: ms(a.Ended), Outcome: string(a.Outcome),
		Detail: encode(a.Detail), Hash: a.Hash, Answer: encode(a.Answer), Found: encode(a.Found),
	})
	if err != nil {
		return fmt.Errorf("write attempt %d of delivery %s down: %w", a.Number, delivery, err)
	}
	return nil
}

// Postpone puts off a delivery that nobody has claimed, and writes down why.
func (s *Store) Postpone(ctx context.Context, d content.Delivery, a content.Attempt) (bool, error) {
	done := false
	err := s.inTx(ctx, func(tx *tx) error {
		n, err := tx.PostponeDelivery(ctx, db.PostponeDeliveryParams{
			ID: d.ID, Number: int64(a.Number - 1), State: string(d.State), Reason: encode(d.Reason), NextAt: ms(d.NextAttempt), Now: ms(a.Ended),
		})
		if err != nil {
			return fmt.Errorf("postpone delivery %s: %w", d.ID, err)
		}
		if done = n == 1; !done {
			return nil
		}
		return tx.addAttempt(ctx, d.ID, a)
	})
	return done, err
}

// Settle writes how an attempt ended, unless the delivery has moved on. A
// receipt is taken as long as nothing else is known, so that what is known to be
// out is never sent again. It takes four writes at most for a post that is out.
func (s *Store) Settle(ctx context.Context, d content.Delivery, a content.Attempt, pauseChannel bool) (bool, error) {
	settled := false
	err := s.inTx(ctx, func(tx *tx) error {
		seq, err := tx.noticed(ctx, d)
		if err != nil {
			return err
		}
		n, err := tx.SettleDelivery(ctx, settleParams(d, a, seq))
		if err != nil {
			return fmt.Errorf("settle delivery %s: %w", d.ID, err)
		}
		if settled = n == 1; !settled {
			return nil
		}
		if err := tx.addAttempt(ctx, d.ID, a); err != nil {
			return err
		}
		if pauseChannel {
			return tx.pauseChannel(ctx, d)
		}
		return tx.settleCorrection(ctx, d, seq)
	})
	return settled, err
}

func settleParams(d content.Delivery, a content.Attempt, seq int64) db.SettleDeliveryParams {
	return db.SettleDeliveryParams{
		ID: d.ID, Number: int64(a.Number), Receipt: d.State == content.Sent && d.RemoteID != "",
		State: string(d.State), RemoteID: d.RemoteID, RemoteUrl: d.RemoteURL, Reason: encode(d.Reason), NextAt: ms(d.NextAttempt),
		FirstAt: ms(d.First), DoubtAt: ms(d.Doubt), Duplicate: d.Duplicate, Tries: int64(d.Tries), Looks: int64(d.Looks), SentAt: ms(d.Sent),
		Wanted: encodeWording(d.Wanted), Corrected: encodeWording(d.Corrected), Health: encode(d.Health.Reason),
		Remark: string(d.Health.Reason.Code), CheckedAt: ms(d.Health.Checked), CheckAt: ms(d.Health.Next), TouchedSeq: seq,
	}
}

// noticed advances the site's counter where readers will notice what became of a post.
func (t *tx) noticed(ctx context.Context, d content.Delivery) (int64, error) {
	if d.State != content.Sent && d.State != content.Corrected && d.State != content.Withdrawn {
		return 0, nil
	}
	seq, err := t.Advance(ctx, db.AdvanceParams{Name: "site", Value: 1})
	if err != nil {
		return 0, fmt.Errorf("advance the site: %w", err)
	}
	return seq, nil
}

// settleCorrection says of a post that the correction of it is out, or that none will come.
func (t *tx) settleCorrection(ctx context.Context, d content.Delivery, seq int64) error {
	if d.Kind != content.KindCorrection {
		return nil
	}
	var err error
	switch d.State { //nolint:exhaustive // the others are not the end
	case content.Sent:
		_, err = t.SettleCorrected(ctx, db.SettleCorrectedParams{ID: d.Follows, TouchedSeq: seq})
	case content.Failed, content.CancelledPost:
		err = t.KeepCorrected(ctx, db.KeepCorrectedParams{ID: d.Follows, Reason: encode(d.Reason)})
	}
	if err != nil {
		return fmt.Errorf("settle what delivery %s corrects: %w", d.ID, err)
	}
	return nil
}

// pauseChannel holds the queue of a channel that the network refused.
func (t *tx) pauseChannel(ctx context.Context, d content.Delivery) error {
	if err := t.touch(ctx, touched{"settings", ""}); err != nil { // first, for its lock
		return err
	}
	n, err := t.PauseChannel(ctx, db.PauseChannelParams{ID: d.Channel, Reason: encode(d.Reason)})
	if err != nil {
		return fmt.Errorf("pause channel %s: %w", d.Channel, err)
	}
	if n == 0 {
		return nil // somebody else did, or it is disconnected
	}
	if err := t.HoldQueue(ctx, db.HoldQueueParams{ChannelID: d.Channel, Reason: encode(d.Reason)}); err != nil {
		return fmt.Errorf("hold the queue of channel %s: %w", d.Channel, err)
	}
	return nil
}

// Receipted tells whether a remote post is the receipt of another delivery of the channel.
func (s *Store) Receipted(ctx context.Context, channel, remoteID, delivery string) (bool, error) {
	taken, err := s.reader().Receipted(ctx, db.ReceiptedParams{ChannelID: channel, RemoteID: remoteID, ID: delivery})
	if err != nil {
		return false, fmt.Errorf("read receipts of channel %s: %w", channel, classify(err))
	}
	return taken, nil
}
