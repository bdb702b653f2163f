package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content/sqlstore/db"
)

// Identity is what the site's feeds are known by: the one that was kept first. Where there is none yet, proposed is kept.
func (s *Store) Identity(ctx context.Context, proposed string, now time.Time) (string, error) {
	identity := ""
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.AddSetting(ctx, db.AddSettingParams{Name: "identity", Value: proposed, UpdatedAt: ms(now)}); err != nil {
			return fmt.Errorf("keep the site's identity: %w", err)
		}
		var err error
		if identity, err = tx.Setting(ctx, "identity"); err != nil {
			return fmt.Errorf("read the site's identity: %w", err)
		}
		return nil
	})
	return identity, err
}
