package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// BeginRenewal gives one caller at a time the right to renew a channel's credentials.
func (s *Store) BeginRenewal(ctx context.Context, id, claim string, now, until time.Time) (content.Renewal, error) {
	var r content.Renewal
	err := s.inTx(ctx, func(tx *tx) error {
		row, err := tx.LockChannel(ctx, id)
		if err != nil {
			return missing(err, content.CodeChannelUnknown, "channel", id)
		}
		r = content.Renewal{CutOff: row.Renewal != "" && row.RenewalUntil <= ms(now)}
		if r.Channel, err = storedChannelOf(row); err != nil {
			return err
		}
		if r.Mine = row.Renewal == "" || r.CutOff; !r.Mine {
			return nil
		}
		if err := tx.SetRenewal(ctx, db.SetRenewalParams{ID: id, Renewal: claim, RenewalUntil: ms(until)}); err != nil {
			return fmt.Errorf("claim the renewal of channel %s: %w", id, err)
		}
		return nil
	})
	return r, err
}

// EndRenewal stores renewed credentials, unless others took their place meanwhile.
func (s *Store) EndRenewal(ctx context.Context, id, claim, sealed string) (bool, error) {
	var n int64
	err := s.inTx(ctx, func(tx *tx) (err error) {
		if n, err = tx.EndRenewal(ctx, db.EndRenewalParams{ID: id, Claim: claim, Settings: sealed}); err != nil {
			return fmt.Errorf("store the renewed settings of channel %s: %w", id, err)
		}
		return nil
	})
	return n == 1, err
}

// DropRenewal ends a claim without new credentials.
func (s *Store) DropRenewal(ctx context.Context, id, claim string, spent bool) error {
	return s.inTx(ctx, func(tx *tx) error {
		end := func() error { return tx.DropRenewal(ctx, db.DropRenewalParams{ID: id, Claim: claim}) }
		if spent {
			end = func() error { return tx.LeaveRenewal(ctx, db.LeaveRenewalParams{ID: id, Claim: claim}) }
		}
		if err := end(); err != nil {
			return fmt.Errorf("end a renewal of channel %s: %w", id, err)
		}
		return nil
	})
}
