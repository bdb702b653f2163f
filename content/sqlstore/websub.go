package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// AddHub notes a WebSub hub; what was published before is no news to it.
func (s *Store) AddHub(ctx context.Context, hub string) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.AddHub(ctx, hub); err != nil {
			return fmt.Errorf("note the hub %s: %w", hub, err)
		}
		return nil
	})
}

// ClaimHub gives the turn to tell a hub of what the ledger has since the last time; false where there is nothing, where
// it is not time yet, or where another process has the turn until then.
func (s *Store) ClaimHub(ctx context.Context, hub string, now, until time.Time) (content.HubClaim, bool, error) {
	claim := content.HubClaim{Hub: hub}
	due, err := s.reader().HubDue(ctx, db.HubDueParams{Hub: hub, Now: ms(now)})
	if err != nil {
		return claim, false, fmt.Errorf("ask whether the hub %s is due: %w", hub, classify(err))
	}
	if due == 0 {
		return claim, false, nil
	}
	claimed := false
	err = s.inTx(ctx, func(tx *tx) error {
		row, err := tx.ClaimHub(ctx, db.ClaimHubParams{Hub: hub, Now: ms(now), Until: ms(until)})
		if errors.Is(err, sql.ErrNoRows) {
			return nil // another process was faster
		}
		if err != nil {
			return fmt.Errorf("claim the hub %s: %w", hub, err)
		}
		claim.After, claim.Tries, claimed = row.LedgerSeq, int(row.Tries), true
		return nil
	})
	return claim, claimed, err
}

// SettleHub ends a turn: After is what the hub knows now, and next the time before which it is not told again.
func (s *Store) SettleHub(ctx context.Context, claim content.HubClaim, next time.Time) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.SettleHub(ctx, db.SettleHubParams{Hub: claim.Hub, LedgerSeq: claim.After, Tries: int64(claim.Tries), NextAt: ms(next)})
		if err != nil {
			return fmt.Errorf("settle the hub %s: %w", claim.Hub, err)
		}
		return nil
	})
}
