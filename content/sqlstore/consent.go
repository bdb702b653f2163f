package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// AddConsent keeps a question until its answer comes, and forgets those that nobody answered in time.
func (s *Store) AddConsent(ctx context.Context, p content.PendingConsent, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.ForgetConsents(ctx, ms(p.Created)); err != nil {
			return fmt.Errorf("forget old consents: %w", err)
		}
		err := tx.AddConsent(ctx, db.AddConsentParams{
			StateHash: p.StateHash, UserID: p.User, Sealed: p.Sealed, CreatedAt: ms(p.Created), ExpiresAt: ms(p.Expires),
		})
		if err != nil {
			return fmt.Errorf("keep a pending consent: %w", err)
		}
		return tx.audit(ctx, audit)
	})
}

// ForgetConsents forgets the questions that nobody answered in time.
func (s *Store) ForgetConsents(ctx context.Context, now time.Time) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.ForgetConsents(ctx, ms(now)); err != nil {
			return fmt.Errorf("forget old consents: %w", err)
		}
		return nil
	})
}

// TakeConsent removes a question and answers it, so that of two who come with the same answer one gets it.
func (s *Store) TakeConsent(ctx context.Context, stateHash, user string) (content.PendingConsent, error) {
	var p content.PendingConsent
	err := s.inTx(ctx, func(tx *tx) error {
		row, err := tx.TakeConsent(ctx, db.TakeConsentParams{StateHash: stateHash, UserID: user})
		if err != nil {
			return missing(err, content.CodeConsentUnknown, "pending consent", stateHash)
		}
		p = content.PendingConsent{
			StateHash: row.StateHash, User: row.UserID, Sealed: row.Sealed, Created: at(row.CreatedAt), Expires: at(row.ExpiresAt),
		}
		return nil
	})
	return p, err
}
