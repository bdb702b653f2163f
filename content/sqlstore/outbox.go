package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Due tells whether anything may be claimed or recovered.
func (s *Store) Due(ctx context.Context, now time.Time) (bool, error) {
	due, err := s.reader().Due(ctx, ms(now))
	if err != nil {
		return false, fmt.Errorf("ask for due deliveries: %w", classify(err))
	}
	return due, nil
}

// Recover turns deliveries that a worker left while sending into unknown ones;
// looks that were cut off may begin again at once.
func (s *Store) Recover(ctx context.Context, owner string, now time.Time, reason content.Reason) (int, error) {
	n := 0
	err := s.inTx(ctx, func(tx *tx) error {
		rows, err := tx.RecoverDeliveries(ctx, db.RecoverDeliveriesParams{Owner: owner, Now: ms(now), Reason: encode(reason)})
		if err != nil {
			return fmt.Errorf("recover deliveries: %w", err)
		}
		for _, row := range rows {
			if err := tx.endAttempt(ctx, row.ID, int(row.Attempts), content.OutcomeUnsure, reason); err != nil {
				return err
			}
		}
		n = len(rows)
		if owner == "" {
			return nil
		}
		if err := tx.FreeLooks(ctx, owner); err != nil {
			return fmt.Errorf("free looks of %s: %w", owner, err)
		}
		return nil
	})
	return n, err
}

// Claim takes due deliveries under a lease, at most one of each channel, and
// writes their attempts down, before anything is sent.
func (s *Store) Claim(ctx context.Context, owner string, now, until time.Time, limit int) ([]content.Delivery, error) {
	var claimed []content.Delivery
	err := s.inTx(ctx, func(tx *tx) error {
		claimed = nil
		rows, err := tx.ClaimDeliveries(ctx, db.ClaimDeliveriesParams{
			Owner: owner, Now: ms(now), Until: ms(until), Limit: int32(min(limit, 1000)),
		})
		if err != nil {
			return fmt.Errorf("claim deliveries: %w", err)
		}
		slices.SortFunc(rows, func(a, b db.Delivery) int { return cmp.Or(cmp.Compare(a.NextAt, b.NextAt), cmp.Compare(a.ID, b.ID)) })
		for _, row := range rows {
			d, err := deliveryOf(row)
			if err != nil {
				return err
			}
			if err := tx.beginAttempt(ctx, &d, now); err != nil {
				return err
			}
			claimed = append(claimed, d)
		}
		return nil
	})
	return claimed, err
}

func (t *tx) beginAttempt(ctx context.Context, d *content.Delivery, now time.Time) error {
	hash := ""
	if d.State == content.Sending {
		hash = d.Hash()
	}
	err := t.AddAttempt(ctx, db.AddAttemptParams{DeliveryID: d.ID, Number: int64(d.Attempt), At: ms(now), Hash: hash})
	if err != nil {
		return fmt.Errorf("write attempt %d of delivery %s down: %w", d.Attempt, d.ID, err)
	}
	return nil
}

func (t *tx) endAttempt(ctx context.Context, delivery string, number int, outcome content.Outcome, detail content.Reason) error {
	err := t.EndAttempt(ctx, db.EndAttemptParams{DeliveryID: delivery, Number: int64(number), Outcome: string(outcome), Detail: encode(detail)})
	if err != nil {
		return fmt.Errorf("end attempt %d of delivery %s: %w", number, delivery, err)
	}
	return nil
}

// Settle writes how an attempt ended, unless the delivery has moved on. A
// receipt is taken as long as nothing else is known, so that what is known to be
// out is never sent again.
func (s *Store) Settle(ctx context.Context, d content.Delivery, a content.Attempt, pauseChannel bool) (bool, error) {
	settled := false
	err := s.inTx(ctx, func(tx *tx) error {
		n, err := tx.SettleDelivery(ctx, db.SettleDeliveryParams{
			ID: d.ID, Number: int64(a.Number), Receipt: d.State == content.Sent && d.RemoteID != "",
			State: string(d.State), RemoteID: d.RemoteID, RemoteUrl: d.RemoteURL, Reason: encode(d.Reason), NextAt: ms(d.NextAttempt),
			DoubtAt: ms(d.Doubt), Duplicate: d.Duplicate, Tries: int64(d.Tries), Looks: int64(d.Looks),
		})
		if err != nil {
			return fmt.Errorf("settle delivery %s: %w", d.ID, err)
		}
		if settled = n == 1; !settled {
			return nil
		}
		if err := tx.endAttempt(ctx, d.ID, a.Number, a.Outcome, a.Detail); err != nil {
			return err
		}
		if pauseChannel {
			return tx.pauseChannel(ctx, d)
		}
		return tx.announceSent(ctx, d)
	})
	return settled, err
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
