package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Settings of the site; the defaults until somebody changes them.
func (s *Store) Settings(ctx context.Context) (content.Settings, error) {
	return settings(ctx, s.reader())
}

func settings(ctx context.Context, q *db.Queries) (content.Settings, error) {
	all := content.DefaultSettings()
	raw, err := q.Setting(ctx, "site")
	if errors.Is(err, sql.ErrNoRows) {
		return all, nil
	}
	if err != nil {
		return all, fmt.Errorf("read settings: %w", classify(err))
	}
	all.SiteName, all.Languages = nil, nil // JSON adds to a map and must not mix the defaults in
	return all, decode(raw, &all, "settings", "site")
}

// UpdateSettings changes the settings in one transaction.
func (s *Store) UpdateSettings(ctx context.Context, change func(*content.Settings) error, audit content.Audit) (content.Settings, error) {
	return s.updateSettings(ctx, audit, func(_ *tx, all *content.Settings) error { return change(all) })
}

func (s *Store) updateSettings(ctx context.Context, audit content.Audit, change func(*tx, *content.Settings) error) (content.Settings, error) {
	var all content.Settings
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.touch(ctx, touched{"settings", ""}); err != nil { // first, for its lock
			return err
		}
		var err error
		if all, err = settings(ctx, tx.Queries); err != nil {
			return err
		}
		if err := change(tx, &all); err != nil {
			return err
		}
		if err := tx.PutSetting(ctx, db.PutSettingParams{Name: "site", Value: encode(all), UpdatedAt: ms(audit.At)}); err != nil {
			return fmt.Errorf("write settings: %w", err)
		}
		return tx.audit(ctx, audit)
	})
	return all, err
}

// Logo is the one that was set last.
func (s *Store) Logo(ctx context.Context) (content.Logo, error) {
	var logo content.Logo
	raw, err := s.reader().Setting(ctx, "logo")
	if err != nil {
		return logo, missing(err, content.CodeLogoUnknown, "setting", "logo")
	}
	return logo, decode(raw, &logo, "settings", "logo")
}

// SetLogo keeps a picture and puts its name into the settings; nil takes the name away.
func (s *Store) SetLogo(ctx context.Context, logo *content.Logo, audit content.Audit) (content.Settings, error) {
	return s.updateSettings(ctx, audit, func(tx *tx, all *content.Settings) error {
		all.Look.Logo = nil
		if logo == nil {
			return nil
		}
		all.Look.Logo = &logo.LogoRef
		if err := tx.PutSetting(ctx, db.PutSettingParams{Name: "logo", Value: encode(logo), UpdatedAt: ms(audit.At)}); err != nil {
			return fmt.Errorf("write the logo: %w", err)
		}
		return nil
	})
}
