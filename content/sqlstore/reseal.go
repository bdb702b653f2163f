package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// sealedRow is one encrypted text and where it belongs.
type sealedRow struct {
	sealed, place string
	// swap writes after in the place of before, where that still stands there.
	swap func(tx *tx, before, after string) (int64, error)
}

// Sealed answers all encrypted texts that are stored, by their place.
func (s *Store) Sealed(ctx context.Context) (map[string]string, error) {
	rows, err := s.sealedRows(ctx)
	texts := make(map[string]string, len(rows))
	for _, row := range rows {
		texts[row.place] = row.sealed
	}
	return texts, err
}

// Reseal puts every encrypted text that is stored through again, each in a
// transaction of its own, and answers how many it wrote. again answers "" for a
// text that shall stay. A text that changes meanwhile is left to the next call.
func (s *Store) Reseal(ctx context.Context, again func(sealed, place string) (string, error)) (int, error) {
	rows, err := s.sealedRows(ctx)
	if err != nil {
		return 0, err
	}
	written := 0
	for _, row := range rows {
		after, err := again(row.sealed, row.place)
		if err != nil {
			return written, err
		}
		if after == "" {
			continue
		}
		err = s.inTx(ctx, func(tx *tx) error {
			n, err := row.swap(tx, row.sealed, after)
			if err != nil {
				return fmt.Errorf("write %s: %w", row.place, err)
			}
			written += int(n)
			return nil
		})
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

func (s *Store) sealedRows(ctx context.Context) ([]sealedRow, error) {
	channels, err := s.reader().Channels(ctx)
	if err != nil {
		return nil, fmt.Errorf("read channels: %w", classify(err))
	}
	var rows []sealedRow
	for _, c := range channels {
		if c.Settings == "" {
			continue
		}
		rows = append(rows, sealedRow{c.Settings, content.SettingsPlace(c.ID), func(tx *tx, before, after string) (int64, error) {
			return tx.ResealChannel(ctx, db.ResealChannelParams{ID: c.ID, Before: before, After: after})
		}})
	}
	consents, err := s.reader().Consents(ctx)
	if err != nil {
		return nil, fmt.Errorf("read pending consents: %w", classify(err))
	}
	for _, c := range consents {
		rows = append(rows, sealedRow{c.Sealed, content.ConsentPlace(c.StateHash), func(tx *tx, before, after string) (int64, error) {
			return tx.ResealConsent(ctx, db.ResealConsentParams{StateHash: c.StateHash, Before: before, After: after})
		}})
	}
	return rows, nil
}
