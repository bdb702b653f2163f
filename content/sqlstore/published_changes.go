package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

func readChanges(ctx context.Context, q *db.Queries, data *content.SiteData, entries map[string]*content.PublishedEntry) error {
	rows, err := q.ChangesIn(ctx, string(content.Published))
	if err != nil {
		return fmt.Errorf("read the published changes: %w", err)
	}
	counts, err := q.ApprovalCounts(ctx)
	if err != nil {
		return fmt.Errorf("count approvals: %w", err)
	}
	posts, err := q.Posts(ctx)
	if err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	data.Changes = make([]content.PublishedChange, len(rows))
	byID := make(map[string]*content.PublishedChange, len(rows))
	for i, row := range rows {
		if data.Changes[i].Change, err = changeOf(row); err != nil {
			return err
		}
		byID[row.ID] = &data.Changes[i]
	}
	if err := sealAll(ctx, q, byID, entries); err != nil {
		return err
	}
	for _, row := range counts {
		if c := byID[row.ChangeID]; c != nil {
			c.ApprovalCount = int(row.Given)
		}
	}
	for _, post := range posts {
		link, err := postOf(post)
		if err != nil {
			return err
		}
		if c := byID[post.Delivery.ChangeID]; c != nil {
			c.Posts = append(c.Posts, link)
		}
	}
	return nil
}

// sealAll notes the hash of each change. What revisions say of themselves is taken from the versions that they became.
func sealAll(ctx context.Context, q *db.Queries, byID map[string]*content.PublishedChange, entries map[string]*content.PublishedEntry) error {
	pieces, err := q.ChangePieces(ctx)
	if err != nil {
		return fmt.Errorf("read what changes published: %w", err)
	}
	versions := make(map[string]*content.VersionMeta, len(pieces))
	for _, e := range entries {
		for i := range e.Versions {
			versions[e.Versions[i].Revision] = &e.Versions[i]
		}
	}
	p := parts{revisions: make([]db.AllChangeRevisionsRow, 0, len(pieces))}
	for _, piece := range pieces {
		if v := versions[piece.RevisionID]; v != nil && byID[piece.ChangeID] != nil {
			p.revisions = append(p.revisions, db.AllChangeRevisionsRow{ChangeID: piece.ChangeID, ID: v.Revision, EntryID: v.Entry, Lang: string(v.Lang), Hash: v.Hash})
		}
	}
	if p.withdrawals, err = q.AllChangeWithdrawals(ctx); err != nil {
		return fmt.Errorf("read what changes took down: %w", err)
	}
	if p.announcements, err = q.AllAnnouncements(ctx); err != nil {
		return fmt.Errorf("read what changes announced: %w", err)
	}
	err = p.add(func(id string) *content.Change {
		if c := byID[id]; c != nil {
			return &c.Change
		}
		return nil
	})
	for _, c := range byID {
		seal(c)
	}
	return err
}

// seal notes the hash of a change and lets go of the lists that it was made of.
func seal(c *content.PublishedChange) {
	c.SHA256 = c.Hash()
	c.Revisions, c.Withdraw, c.Announcements, c.Approvals, c.Contributors = nil, nil, nil, nil, nil
}
