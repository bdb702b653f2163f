package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/history"
	"klartext/content/sqlstore/db"
)

// ImportedStates lists the states that earlier imports took in.
func (s *Store) ImportedStates(ctx context.Context) (map[history.StateKey]bool, error) {
	rows, err := s.reader().ImportedStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was imported: %w", classify(err))
	}
	seen := make(map[history.StateKey]bool, len(rows))
	for _, row := range rows {
		seen[stateKey(row)] = true
	}
	return seen, nil
}

func stateKey(row db.ImportedStatesRow) history.StateKey {
	return history.StateKey{Key: row.SourceKey, Lang: content.Lang(row.Lang), At: row.At}
}

// Import plans on what is known and writes the plan, in one transaction. Like a publish
// it locks the ledger's counter first, and then the entries that it may go on with, so
// that neither a publish nor an editor's save comes in between.
func (s *Store) Import(ctx context.Context, decide func(history.Known) (history.Plan, error)) error {
	return s.inTx(ctx, func(tx *tx) error {
		if _, err := tx.Advance(ctx, db.AdvanceParams{Name: "ledger", Value: 0}); err != nil {
			return fmt.Errorf("lock the ledger: %w", err)
		}
		if err := tx.LockImportedEntries(ctx); err != nil {
			return fmt.Errorf("lock the imported entries: %w", err)
		}
		known, err := tx.known(ctx)
		if err != nil {
			return err
		}
		plan, err := decide(known)
		if err != nil || plan.Empty() {
			return err
		}
		return tx.write(ctx, &plan)
	})
}

// write puts the whole plan into the database. The public site reads everything again:
// that is faster than naming what was touched.
func (t *tx) write(ctx context.Context, plan *history.Plan) error {
	if err := t.placeImported(ctx, plan); err != nil {
		return err
	}
	for i := range plan.Revisions {
		if err := t.addRevision(ctx, plan.Revisions[i]); err != nil {
			return err
		}
	}
	for i := range plan.Publications {
		if err := t.addPublication(ctx, &plan.Publications[i], plan.Audit); err != nil {
			return err
		}
	}
	for _, state := range plan.States {
		err := t.AddImportedState(ctx, db.AddImportedStateParams{
			SourceKey: state.Key, Lang: string(state.Lang), At: state.At, EntryID: state.Entry, ChangeID: state.Change,
		})
		if err != nil {
			return fmt.Errorf("note the imported state of %s in %q: %w", state.Key, state.Lang, err)
		}
	}
	if err := t.touch(ctx, touched{"all", ""}); err != nil {
		return err
	}
	return t.audit(ctx, plan.Audit)
}

// placeImported writes topics and entries.
func (t *tx) placeImported(ctx context.Context, plan *history.Plan) error {
	for _, topic := range plan.Topics {
		n, err := t.AddTopic(ctx, db.AddTopicParams{
			ID: topic.ID, Slug: topic.Slug, Title: encode(topic.Title), Position: int64(topic.Position), CreatedAt: ms(topic.Created),
		})
		if err != nil {
			return fmt.Errorf("add topic %s: %w", topic.Slug, err)
		}
		if n == 0 { // somebody made it after it was looked for
			return slugTaken("topic", topic.Slug)
		}
	}
	for _, topic := range plan.Retitled {
		err := t.SetTopic(ctx, db.SetTopicParams{ID: topic.ID, Slug: topic.Slug, Title: encode(topic.Title), Position: int64(topic.Position)})
		if err != nil {
			return fmt.Errorf("write topic %s: %w", topic.ID, err)
		}
	}
	for _, e := range plan.Entries {
		if err := t.addImportedEntry(ctx, e); err != nil {
			return err
		}
	}
	for _, e := range plan.Moved {
		err := t.SetEntry(ctx, db.SetEntryParams{ID: e.ID, Slug: e.Slug, TopicID: optional(e.Topic), Position: int64(e.Position)})
		if err != nil {
			return fmt.Errorf("move entry %s: %w", e.ID, err)
		}
	}
	return nil
}

func (t *tx) addImportedEntry(ctx context.Context, e content.Entry) error {
	n, err := t.AddEntry(ctx, db.AddEntryParams{
		ID: e.ID, Kind: string(e.Kind), Slug: e.Slug, TopicID: optional(e.Topic), Position: int64(e.Position), CreatedAt: ms(e.Created),
	})
	if err != nil {
		return fmt.Errorf("add entry %s: %w", e.Slug, err)
	}
	if n == 0 {
		return slugTaken("slug", e.Slug)
	}
	return t.ownSlug(ctx, e)
}

// addPublication writes a change that was published elsewhere. The ledger says when it was imported.
func (t *tx) addPublication(ctx context.Context, pub *content.Publication, audit content.Audit) error {
	if err := t.addChange(ctx, pub.Change); err != nil {
		return err
	}
	if err := t.setParts(ctx, nil, &pub.Change); err != nil {
		return err
	}
	for _, v := range pub.Versions {
		if err := t.addVersion(ctx, v); err != nil {
			return err
		}
	}
	for _, tomb := range pub.Tombstones {
		if err := t.addTombstone(ctx, tomb); err != nil {
			return err
		}
	}
	return t.appendLedger(ctx, audit.At, pub.Ledger)
}
