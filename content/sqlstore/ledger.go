package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// appendLedger adds rows to the ledger. The counter's row lock, held until the
// commit, makes the order of the rows the order of the commits on every database.
func (t *tx) appendLedger(ctx context.Context, now time.Time, rows []content.LedgerBody) error {
	if len(rows) == 0 {
		return nil
	}
	last, err := t.Advance(ctx, db.AdvanceParams{Name: "ledger", Value: int64(len(rows))})
	if err != nil {
		return fmt.Errorf("advance the ledger: %w", err)
	}
	for i, row := range rows {
		seq := last - int64(len(rows)-1-i)
		err := t.AddLedgerRow(ctx, db.AddLedgerRowParams{Seq: seq, At: ms(now), Body: string(content.MarshalLedger(row))})
		if err != nil {
			return fmt.Errorf("append ledger row %d: %w", seq, err)
		}
	}
	return nil
}

// Ledger reads rows after a sequence number, oldest first.
func (s *Store) Ledger(ctx context.Context, after int64, limit int) ([]content.LedgerRow, error) {
	rows, err := s.reader().LedgerRows(ctx, db.LedgerRowsParams{Seq: after, Limit: int32(min(limit, 10_000))})
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", classify(err))
	}
	list := make([]content.LedgerRow, 0, len(rows))
	for _, row := range rows {
		list = append(list, content.LedgerRow{Seq: row.Seq, At: at(row.At), Body: json.RawMessage(row.Body)})
	}
	return list, nil
}

// touched names something that the public site must read again.
type touched struct {
	kind    string // "entry", "change", "topics", "settings", "all"
	subject string
}

// touch notes what the public site must read again.
func (t *tx) touch(ctx context.Context, list ...touched) error {
	last, err := t.Advance(ctx, db.AdvanceParams{Name: "site", Value: int64(len(list))})
	if err != nil {
		return fmt.Errorf("advance the site: %w", err)
	}
	for i, what := range list {
		err := t.AddTouched(ctx, db.AddTouchedParams{Seq: last - int64(len(list)-1-i), Kind: what.kind, Subject: what.subject})
		if err != nil {
			return fmt.Errorf("touch %s %s: %w", what.kind, what.subject, err)
		}
	}
	return nil
}

func (t *tx) audit(ctx context.Context, a content.Audit) error {
	err := t.AddAudit(ctx, db.AddAuditParams{
		ID: a.ID, At: ms(a.At), ActorID: a.Actor, ActorName: a.Name, Via: a.Via, Action: a.Action, Subject: a.Subject, Detail: encode(a.Detail),
	})
	if err != nil {
		return fmt.Errorf("write audit of %s: %w", a.Action, err)
	}
	return nil
}
