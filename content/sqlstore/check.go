package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// ChecksDue lists some active channels that are to be checked, the longest overdue first.
func (s *Store) ChecksDue(ctx context.Context, now time.Time) ([]content.CheckDue, error) {
	rows, err := s.reader().ChecksDue(ctx, ms(now))
	if err != nil {
		return nil, fmt.Errorf("read which channels are to be checked: %w", classify(err))
	}
	due := make([]content.CheckDue, len(rows))
	for i, row := range rows {
		due[i] = content.CheckDue{Channel: row.ID, At: at(row.CheckAt)}
	}
	return due, nil
}

// ClaimCheck sets when a channel is checked next, for one of several who saw that it is due.
func (s *Store) ClaimCheck(ctx context.Context, due content.CheckDue, next time.Time) (bool, error) {
	var n int64
	err := s.inTx(ctx, func(tx *tx) (err error) {
		if n, err = tx.ClaimCheck(ctx, db.ClaimCheckParams{ID: due.Channel, Seen: ms(due.At), Next: ms(next)}); err != nil {
			return fmt.Errorf("claim the check of channel %s: %w", due.Channel, err)
		}
		return nil
	})
	return n == 1, err
}

// SetAccount notes what the network said about a channel's account.
func (s *Store) SetAccount(ctx context.Context, id string, account content.Account) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.SetAccount(ctx, db.SetAccountParams{ID: id, Account: encode(account)}); err != nil {
			return fmt.Errorf("note the account of channel %s: %w", id, err)
		}
		return nil
	})
}
