package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// ClaimReads takes posts that are due to be read back: their next time is put
// off to until, and only who saw the old one has them.
func (s *Store) ClaimReads(ctx context.Context, now, until time.Time, limit int) ([]content.Delivery, error) {
	rows, err := s.reader().DueReads(ctx, db.DueReadsParams{Now: ms(now), Limit: int32(min(limit, 1000))})
	if err != nil {
		return nil, fmt.Errorf("ask what is to be read back: %w", classify(err))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var claimed []content.Delivery
	err = s.inTx(ctx, func(tx *tx) error {
		claimed = nil
		for _, row := range rows {
			n, err := tx.ClaimRead(ctx, db.ClaimReadParams{ID: row.ID, Seen: row.CheckAt, Until: ms(until)})
			if err != nil {
				return fmt.Errorf("claim the reading of %s: %w", row.ID, err)
			}
			if n == 0 {
				continue
			}
			d, err := deliveryOf(row)
			if err != nil {
				return err
			}
			d.Health.Next = until
			claimed = append(claimed, d)
		}
		return nil
	})
	return claimed, err
}

// SettleRead writes what reading a post back found. seen is the time that
// ClaimReads left. Only a remarkable reading, with an attempt, is kept and shown
// to readers.
func (s *Store) SettleRead(ctx context.Context, d content.Delivery, seen time.Time, a *content.Attempt) error {
	return s.inTx(ctx, func(tx *tx) error {
		params := db.SettleReadParams{
			ID: d.ID, Seen: ms(seen), Number: int64(d.Attempt), Health: encode(d.Health.Reason), Remark: string(d.Health.Reason.Code), CheckedAt: ms(d.Health.Checked),
			CheckAt: ms(d.Health.Next), RemoteUrl: d.RemoteURL,
		}
		if a != nil {
			seq, err := tx.Advance(ctx, db.AdvanceParams{Name: "site", Value: 1})
			if err != nil {
				return fmt.Errorf("advance the site: %w", err)
			}
			params.Kept, params.TouchedSeq = 1, seq
		}
		n, err := tx.SettleRead(ctx, params)
		if err != nil {
			return fmt.Errorf("settle the reading of %s: %w", d.ID, err)
		}
		if n == 0 || a == nil {
			return nil // something else happened to it meanwhile, which is newer
		}
		return tx.addAttempt(ctx, d.ID, *a)
	})
}
