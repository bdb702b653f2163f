package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// BeginKeyed claims a key for a request and answers true, or answers false and the request that has it already.
// Requests of the same actor that began before forget are forgotten first.
func (s *Store) BeginKeyed(ctx context.Context, r content.KeyedRequest, forget time.Time) (content.KeyedRequest, bool, error) {
	found, begun := r, false
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.ForgetOldKeyed(ctx, db.ForgetOldKeyedParams{Actor: r.Actor, CreatedAt: ms(forget)}); err != nil {
			return fmt.Errorf("forget old request keys: %w", err)
		}
		n, err := tx.BeginKeyed(ctx, db.BeginKeyedParams{Actor: r.Actor, IdempotencyKey: r.Key, RequestHash: r.Hash, CreatedAt: ms(r.Begun)})
		if err != nil {
			return fmt.Errorf("claim a request key: %w", err)
		}
		if begun = n == 1; begun {
			found = r
			return nil
		}
		row, err := tx.Keyed(ctx, db.KeyedParams{Actor: r.Actor, IdempotencyKey: r.Key})
		if err != nil {
			return fmt.Errorf("read the request with the same key: %w", err)
		}
		found = content.KeyedRequest{
			Actor: row.Actor, Key: row.IdempotencyKey, Hash: row.RequestHash, Begun: at(row.CreatedAt), Status: int(row.Status), Answer: row.Response,
		}
		return nil
	})
	return found, begun, err
}

// FinishKeyed keeps the answer to a request that BeginKeyed let through.
func (s *Store) FinishKeyed(ctx context.Context, r content.KeyedRequest) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.FinishKeyed(ctx, db.FinishKeyedParams{
			Status: int64(r.Status), Response: r.Answer, Actor: r.Actor, IdempotencyKey: r.Key, CreatedAt: ms(r.Begun),
		})
		if err != nil {
			return fmt.Errorf("keep the answer to a request: %w", err)
		}
		return nil
	})
}

// ForgetKeyed frees the key of a request that did nothing.
func (s *Store) ForgetKeyed(ctx context.Context, r content.KeyedRequest) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.ForgetKeyed(ctx, db.ForgetKeyedParams{Actor: r.Actor, IdempotencyKey: r.Key, CreatedAt: ms(r.Begun)})
		if err != nil {
			return fmt.Errorf("free a request key: %w", err)
		}
		return nil
	})
}
