package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// verdictText is a version's verdict as it is stored; "" where the gate was not asked.
func verdictText(v *content.Verdict) string {
	if v == nil {
		return ""
	}
	return encode(v)
}

func verdictOf(raw, id string) (*content.Verdict, error) {
	if raw == "" {
		return nil, nil //nolint:nilnil // the gate was not asked
	}
	var v content.Verdict
	return &v, decode(raw, &v, "verdict", id)
}

// Verdict is what the gate said about a text that passed; false where it never did.
func (s *Store) Verdict(ctx context.Context, hash string) (content.Verdict, bool, error) {
	var v content.Verdict
	raw, err := s.reader().Verdict(ctx, hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return v, false, nil
	case err != nil:
		return v, false, fmt.Errorf("read the verdict on %s: %w", hash, classify(err))
	}
	return v, true, decode(raw, &v, "verdict", hash)
}

// KeepVerdicts writes verdicts of texts that passed; one that is there stays.
func (s *Store) KeepVerdicts(ctx context.Context, passed map[string]content.Verdict) error {
	return s.inTx(ctx, func(tx *tx) error {
		for hash, v := range passed {
			if err := tx.AddVerdict(ctx, db.AddVerdictParams{Hash: hash, Verdict: encode(v)}); err != nil {
				return fmt.Errorf("keep the verdict on %s: %w", hash, err)
			}
		}
		return nil
	})
}

// Ignored lists findings that were put aside in an entry.
func (s *Store) Ignored(ctx context.Context, entry string, lang content.Lang) ([]content.Ignored, error) {
	rows, err := s.reader().IgnoredFindings(ctx, entry)
	if err != nil {
		return nil, fmt.Errorf("read what was put aside in %s: %w", entry, classify(err))
	}
	var list []content.Ignored
	for _, row := range rows {
		if lang == content.EveryLang || content.Lang(row.Lang) == lang {
			list = append(list, content.Ignored{
				ID: row.ID, Entry: row.EntryID, Lang: content.Lang(row.Lang), Rule: row.Rule, Quote: row.Quote,
				Reason: row.Reason, User: row.UserID, Created: at(row.CreatedAt),
			})
		}
	}
	return list, nil
}

// AddIgnored puts a finding aside, or writes its reason anew.
func (s *Store) AddIgnored(ctx context.Context, i content.Ignored, audit content.Audit) (content.Ignored, error) {
	err := s.inTx(ctx, func(tx *tx) error {
		id, err := tx.PutIgnoredFinding(ctx, db.PutIgnoredFindingParams{
			ID: i.ID, EntryID: i.Entry, Lang: string(i.Lang), Rule: i.Rule, Quote: i.Quote, Reason: i.Reason, UserID: i.User, CreatedAt: ms(i.Created),
		})
		if err != nil {
			return fmt.Errorf("put a finding aside in %s: %w", i.Entry, err)
		}
		i.ID = id
		return tx.audit(ctx, audit)
	})
	return i, err
}

// DeleteIgnored takes a finding up again.
func (s *Store) DeleteIgnored(ctx context.Context, id string, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		n, err := tx.DeleteIgnoredFinding(ctx, id)
		if err != nil {
			return fmt.Errorf("take the finding %s up again: %w", id, err)
		}
		if n == 0 {
			return content.Fail(content.NotFound, content.CodeIgnoredUnknown, content.Args{"Value": id})
		}
		return tx.audit(ctx, audit)
	})
}
