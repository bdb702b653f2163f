package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

func readChanges(ctx context.Context, q *db.Queries, data *content.SiteData) error {
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
		data.Changes[i].SHA256 = row.Hash
		byID[row.ID] = &data.Changes[i]
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
