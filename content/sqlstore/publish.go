package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// PublishChange reads all that decide needs and writes all that it answers, in
// one transaction. The ledger's counter is locked first: publishes happen one
// after the other, so that the version numbers that decide chose are still free.
func (s *Store) PublishChange(
	ctx context.Context, id string, decide func(content.PublishInput) (content.Publication, error), audit content.Audit,
) (content.Change, error) {
	var pub content.Publication
	err := s.inTx(ctx, func(tx *tx) error {
		if _, err := tx.Advance(ctx, db.AdvanceParams{Name: "ledger", Value: 0}); err != nil {
			return fmt.Errorf("lock the ledger: %w", err)
		}
		before, err := tx.lockedChange(ctx, id)
		if err != nil {
			return err
		}
		in, err := tx.publishInput(ctx, before)
		if err != nil {
			return err
		}
		if pub, err = decide(in); err != nil {
			return err
		}
		return tx.publish(ctx, &before, &pub, audit)
	})
	return pub.Change, err
}

func (t *tx) publish(ctx context.Context, before *content.Change, pub *content.Publication, audit content.Audit) error {
	if err := t.setChange(ctx, before, &pub.Change); err != nil {
		return err
	}
	touches := []touched{{"change", pub.Change.ID}}
	for _, v := range pub.Versions {
		if err := t.addVersion(ctx, v); err != nil {
			return err
		}
		touches = append(touches, touched{"entry", v.Entry})
	}
	for _, tomb := range pub.Tombstones {
		if err := t.addTombstone(ctx, tomb); err != nil {
			return err
		}
		touches = append(touches, touched{"entry", tomb.Entry})
	}
	if err := t.appendLedger(ctx, pub.Change.PublishedAt, pub.Ledger); err != nil {
		return err
	}
	for _, d := range pub.Deliveries {
		if err := t.addDelivery(ctx, d); err != nil {
			return err
		}
	}
	if err := t.touch(ctx, touches...); err != nil {
		return err
	}
	return t.audit(ctx, audit)
}

func (t *tx) addVersion(ctx context.Context, v content.VersionMeta) error {
	err := t.AddVersion(ctx, db.AddVersionParams{
		EntryID: v.Entry, Lang: string(v.Lang), Number: int64(v.Number), RevisionID: v.Revision, FactsID: optional(v.Facts),
		ChangeID: v.Change, PublishedAt: ms(v.PublishedAt), EffectiveDate: string(v.Effective), Imported: v.Imported,
	})
	if err != nil {
		return fmt.Errorf("write version %d of %s in %q: %w", v.Number, v.Entry, v.Lang, err)
	}
	return nil
}

func (t *tx) addTombstone(ctx context.Context, tomb content.Tombstone) error {
	err := t.AddTombstone(ctx, db.AddTombstoneParams{
		EntryID: tomb.Entry, Lang: string(tomb.Lang), AfterVersion: int64(tomb.AfterVersion), ChangeID: tomb.Change, At: ms(tomb.At), Reason: tomb.Reason,
	})
	if err != nil {
		return fmt.Errorf("write the tombstone of %s in %q: %w", tomb.Entry, tomb.Lang, err)
	}
	return nil
}

func (t *tx) publishInput(ctx context.Context, c content.Change) (content.PublishInput, error) {
	in := content.PublishInput{
		Change: c.Clone(), Entries: map[string]content.Entry{}, Heads: map[content.Ref]content.Head{}, Hashes: map[string]string{},
	}
	settings, err := settings(ctx, t.Queries)
	if err != nil {
		return in, err
	}
	in.Settings, in.Zone = settings, settings.Zone()
	if in.Channels, err = channels(ctx, t.Queries); err != nil {
		return in, err
	}
	if in.Held, err = t.Held(ctx); err != nil {
		return in, fmt.Errorf("ask whether posts are held: %w", err)
	}
	for _, r := range c.Revisions {
		in.Hashes[r.ID] = r.Hash
		if err := t.addEntryInput(ctx, &in, r.Entry); err != nil {
			return in, err
		}
	}
	for _, w := range c.Withdraw {
		if err := t.addEntryInput(ctx, &in, w.Entry); err != nil {
			return in, err
		}
	}
	return in, nil
}

func (t *tx) addEntryInput(ctx context.Context, in *content.PublishInput, id string) error {
	if _, done := in.Entries[id]; done {
		return nil
	}
	row, err := t.Entry(ctx, id)
	if err != nil {
		return missing(err, content.CodeEntryUnknown, "entry", id)
	}
	in.Entries[id] = entryOf(row)
	heads, err := t.HeadsOf(ctx, id)
	if err != nil {
		return fmt.Errorf("read heads of %s: %w", id, err)
	}
	for _, row := range heads {
		h := headOf(db.HeadsRow(row))
		in.Heads[h.ref] = h.Head
		in.Hashes[h.Revision] = h.hash
	}
	return nil
}
