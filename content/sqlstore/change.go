package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Changes lists newest first; state "" lists all.
func (s *Store) Changes(ctx context.Context, state content.State) ([]content.Change, error) {
	var list []content.Change
	err := s.inSnapshot(ctx, func(q *db.Queries) (err error) {
		list, err = changes(ctx, q, state)
		return err
	})
	return list, err
}

func changes(ctx context.Context, q *db.Queries, state content.State) ([]content.Change, error) {
	var rows []db.Change
	var err error
	if state == "" {
		rows, err = q.Changes(ctx)
	} else {
		rows, err = q.ChangesIn(ctx, string(state))
	}
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	list := make([]content.Change, len(rows))
	byID := make(map[string]*content.Change, len(rows))
	for i, row := range rows {
		if list[i], err = changeOf(row); err != nil {
			return nil, err
		}
		byID[row.ID] = &list[i]
	}
	return list, addAllParts(ctx, q, byID)
}

func changeOf(row db.Change) (content.Change, error) {
	c := content.Change{
		ID: row.ID, Slug: row.Slug, Materiality: content.Materiality(row.Materiality), EffectiveDate: content.Date(row.EffectiveDate),
		State: content.State(row.State), Author: row.AuthorID, Note: row.Note, Created: at(row.CreatedAt), Updated: at(row.UpdatedAt),
		PublishAt: at(row.PublishAt), PublishedAt: at(row.PublishedAt), Imported: row.Imported,
		ApprovalsRequired: int(row.ApprovalsRequired), Edition: int(row.Edition),
	}
	for _, field := range []struct {
		raw  string
		into any
		name string
	}{
		{row.Title, &c.Title, "title"},
		{row.Summary, &c.Summary, "summary"},
		{row.Why, &c.Why, "why"},
		{row.Perspectives, &c.Perspectives, "perspectives"},
		{row.Failure, &c.Failure, "failure"},
		{row.Overrides, &c.Overrides, "overrides"},
	} {
		if err := decode(field.raw, field.into, field.name, row.ID); err != nil {
			return c, err
		}
	}
	return c, nil
}

// Change is one change with all its parts.
func (s *Store) Change(ctx context.Context, id string) (content.Change, error) {
	var c content.Change
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		row, err := q.Change(ctx, id)
		if err != nil {
			return missing(err, content.CodeChangeUnknown, "change", id)
		}
		c, err = withParts(ctx, q, row)
		return err
	})
	return c, err
}

func withParts(ctx context.Context, q *db.Queries, row db.Change) (content.Change, error) {
	c, err := changeOf(row)
	if err != nil {
		return c, err
	}
	var p parts
	revisions, err := q.ChangeRevisions(ctx, row.ID)
	if err != nil {
		return c, fmt.Errorf("read the revisions of change %s: %w", row.ID, err)
	}
	for _, r := range revisions {
		p.revisions = append(p.revisions, db.AllChangeRevisionsRow(r))
	}
	if p.withdrawals, err = q.ChangeWithdrawals(ctx, row.ID); err != nil {
		return c, fmt.Errorf("read the withdrawals of change %s: %w", row.ID, err)
	}
	users, err := q.Contributors(ctx, row.ID)
	if err != nil {
		return c, fmt.Errorf("read the contributors of change %s: %w", row.ID, err)
	}
	approvals, err := q.Approvals(ctx, row.ID)
	if err != nil {
		return c, fmt.Errorf("read the approvals of change %s: %w", row.ID, err)
	}
	for _, a := range approvals {
		p.approvals = append(p.approvals, db.AllApprovalsRow(a))
	}
	if p.announcements, err = q.Announcements(ctx, row.ID); err != nil {
		return c, fmt.Errorf("read the announcements of change %s: %w", row.ID, err)
	}
	c.Contributors = users
	return c, p.add(func(string) *content.Change { return &c })
}

// CreateChange writes a new change; Conflict where its slug is taken.
func (s *Store) CreateChange(ctx context.Context, c content.Change, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.addChange(ctx, c); err != nil {
			return err
		}
		if err := tx.setParts(ctx, nil, &c); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
}

func (t *tx) addChange(ctx context.Context, c content.Change) error {
	n, err := t.AddChange(ctx, db.AddChangeParams{
		ID: c.ID, Slug: c.Slug, Title: encode(c.Title), Summary: encode(c.Summary), Why: encode(c.Why), Materiality: string(c.Materiality),
		EffectiveDate: string(c.EffectiveDate), Perspectives: encode(c.Perspectives), State: string(c.State), AuthorID: c.Author, Note: c.Note,
		CreatedAt: ms(c.Created), UpdatedAt: ms(c.Updated), PublishAt: ms(c.PublishAt), PublishedAt: ms(c.PublishedAt),
		Imported: c.Imported, ApprovalsRequired: int64(c.ApprovalsRequired), Edition: int64(c.Edition), Failure: failureOf(c), Overrides: overridesOf(c),
		Hash: publishedHash(&c),
	})
	if err != nil {
		return fmt.Errorf("add change: %w", err)
	}
	if n == 0 {
		return slugTaken("slug", c.Slug)
	}
	return nil
}

func failureOf(c content.Change) string {
	if c.Failure == nil {
		return ""
	}
	return encode(c.Failure)
}

func overridesOf(c content.Change) string {
	if len(c.Overrides) == 0 {
		return ""
	}
	return encode(c.Overrides)
}

// publishedHash is the hash of a published change, whose parts do not change any more; "" before.
func publishedHash(c *content.Change) string {
	if c.State != content.Published {
		return ""
	}
	return c.Hash()
}

// sealChanges notes the hash of changes that a program published which did not know of it.
func (s *Store) sealChanges(ctx context.Context) error {
	ids, err := s.reader().UnsealedChanges(ctx)
	if err != nil {
		return fmt.Errorf("look for changes without a hash: %w", classify(err))
	}
	if len(ids) == 0 {
		return nil
	}
	return s.inTx(ctx, func(tx *tx) error {
		for _, id := range ids {
			c, err := tx.lockedChange(ctx, id)
			if err != nil {
				return err
			}
			if err := tx.SealChange(ctx, db.SealChangeParams{ID: id, Hash: publishedHash(&c)}); err != nil {
				return fmt.Errorf("note the hash of change %s: %w", id, err)
			}
		}
		return tx.touch(ctx, touched{"all", ""})
	})
}

// UpdateChange loads the change under a lock, runs decide, and writes what it left.
func (s *Store) UpdateChange(ctx context.Context, id string, decide func(*content.Change) error, audit content.Audit) (content.Change, error) {
	var c content.Change
	err := s.inTx(ctx, func(tx *tx) error {
		before, err := tx.lockedChange(ctx, id)
		if err != nil {
			return err
		}
		c = before.Clone()
		if err := decide(&c); err != nil {
			return err
		}
		if err := tx.setChange(ctx, &before, &c); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return c, err
}

// lockedChange reads the change with its row locked, so that two steps at once become one after the other.
func (t *tx) lockedChange(ctx context.Context, id string) (content.Change, error) {
	row, err := t.LockChange(ctx, id)
	if err != nil {
		return content.Change{}, missing(err, content.CodeChangeUnknown, "change", id)
	}
	return withParts(ctx, t.Queries, row)
}

// setChange writes the change where it still stands in the state it was read in.
func (t *tx) setChange(ctx context.Context, before, c *content.Change) error {
	if owner, err := t.ChangeSlugOwner(ctx, c.Slug); err == nil && owner != c.ID {
		return slugTaken("slug", c.Slug)
	}
	n, err := t.SetChange(ctx, db.SetChangeParams{
		ID: c.ID, Slug: c.Slug, Title: encode(c.Title), Summary: encode(c.Summary), Why: encode(c.Why), Materiality: string(c.Materiality),
		EffectiveDate: string(c.EffectiveDate), Perspectives: encode(c.Perspectives), State: string(c.State), Note: c.Note,
		UpdatedAt: ms(c.Updated), PublishAt: ms(c.PublishAt), PublishedAt: ms(c.PublishedAt),
		ApprovalsRequired: int64(c.ApprovalsRequired), Failure: failureOf(*c), Overrides: overridesOf(*c), State_2: string(before.State),
		Hash: publishedHash(c),
	})
	if err != nil {
		return fmt.Errorf("write change %s: %w", c.ID, err)
	}
	if n == 0 {
		return content.Fail(content.Conflict, content.CodeEditionOld, nil)
	}
	c.Edition++
	return t.setParts(ctx, before, c)
}

// DueChanges lists scheduled changes whose time has come, earliest first.
func (s *Store) DueChanges(ctx context.Context, now time.Time) ([]string, error) {
	ids, err := s.reader().DueChanges(ctx, ms(now))
	if err != nil {
		return nil, fmt.Errorf("read due changes: %w", classify(err))
	}
	return ids, nil
}
