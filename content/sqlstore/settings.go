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
	all, _, err := s.trusting(ctx, change, audit)
	return all, err
}

// TrustPages says that the site's pages are there, and lets go what waits for that decision.
func (s *Store) TrustPages(ctx context.Context, audit content.Audit) (int, error) {
	_, n, err := s.trusting(ctx, func(all *content.Settings) error {
		all.TrustPages = true
		return nil
	}, audit)
	return n, err
}

// trusting changes settings. Where pages are trusted after it, nothing waits for a person to say so any more; it answers
// how many went on.
func (s *Store) trusting(ctx context.Context, change func(*content.Settings) error, audit content.Audit) (all content.Settings, n int, err error) {
	all, err = s.updateSettings(ctx, audit, func(tx *tx, all *content.Settings) error {
		n = 0
		if err := change(all); err != nil || !all.TrustPages {
			return err
		}
		var err error
		n, err = tx.letPagesGo(ctx, audit)
		return err
	})
	return all, n, err
}

func (t *tx) letPagesGo(ctx context.Context, because content.Audit) (n int, err error) {
	rows, err := t.LockPageAsks(ctx)
	if err != nil {
		return 0, fmt.Errorf("find what waits for its page: %w", err)
	}
	for _, row := range rows {
		d, err := deliveryOf(row)
		if err != nil {
			return n, err
		}
		channel, err := t.channelOfDelivery(ctx, d)
		if err != nil {
			return n, err
		}
		if !d.TrustPage(channel, because.At) {
			continue
		}
		if err := t.setDelivery(ctx, d); err != nil {
			return n, err
		}
		line := because
		line.ID, line.Action, line.Subject, line.Detail = content.NewID(because.At), "delivery.not_sent", d.ID, nil
		if err := t.audit(ctx, line); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
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
