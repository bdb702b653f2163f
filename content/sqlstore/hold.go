package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// LastCall is when the youngest call to a network began that the database knows of; zero where there was none.
func (s *Store) LastCall(ctx context.Context) (time.Time, error) {
	row, err := s.reader().LastCall(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the last call: %w", classify(err))
	}
	return at(max(row.Ended, row.Running)), nil
}

// Hold stops everything that is not out until a person decides, and everything
// that is published from now on, too. It answers how many it stopped.
func (s *Store) Hold(ctx context.Context, now time.Time, reason content.Reason) (int, error) {
	n := 0
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.SetCounter(ctx, db.SetCounterParams{Name: "hold", Value: 1}); err != nil {
			return fmt.Errorf("hold posts: %w", err)
		}
		rows, err := tx.HoldUnsent(ctx, encode(reason))
		if err != nil {
			return fmt.Errorf("hold posts: %w", err)
		}
		n = len(rows)
		for _, row := range rows {
			held := content.Attempt{
				Number: int(row.Attempts), Kind: content.AttemptSend, At: now, Ended: now, Outcome: content.OutcomeHeld, Detail: reason,
			}
			if err := tx.addAttempt(ctx, row.ID, held); err != nil {
				return err
			}
		}
		if err := tx.HoldAmendments(ctx, encode(reason)); err != nil {
			return fmt.Errorf("hold corrections: %w", err)
		}
		return nil
	})
	return n, err
}

// Held tells whether posts wait for a person because the database went back in time.
func (s *Store) Held(ctx context.Context) (bool, error) {
	held, err := s.reader().Held(ctx)
	if err != nil {
		return false, fmt.Errorf("ask whether posts are held: %w", classify(err))
	}
	return held, nil
}

// Release ends the hold: what is published from now on goes out as usual.
func (s *Store) Release(ctx context.Context, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.SetCounter(ctx, db.SetCounterParams{Name: "hold", Value: 0}); err != nil {
			return fmt.Errorf("end the hold: %w", err)
		}
		return tx.audit(ctx, audit)
	})
}

// QueueState is what waits on these channels, each in its order up to the position in it.
func (s *Store) QueueState(ctx context.Context, until map[string]int) (content.QueueState, error) {
	state := content.QueueState{Paced: map[string]time.Time{}}
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		for channel, position := range until {
			open, err := q.LineUntil(ctx, db.LineUntilParams{ChannelID: channel, Position: int64(position)})
			if err != nil {
				return fmt.Errorf("read what waits on channel %s: %w", channel, err)
			}
			for _, row := range open {
				state.Queued = append(state.Queued, content.InQueue{
					Delivery: row.ID, Channel: row.ChannelID, State: content.DeliveryState(row.State), NextAttempt: at(row.NextAt),
				})
			}
			paced, err := q.PaceOf(ctx, channel)
			if err != nil {
				return fmt.Errorf("read the pace of channel %s: %w", channel, err)
			}
			if paced > 0 {
				state.Paced[channel] = at(paced)
			}
		}
		return nil
	})
	return state, err
}
