package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

func addAllParts(ctx context.Context, q *db.Queries, byID map[string]*content.Change) error {
	var p parts
	var err error
	if p.revisions, err = q.AllChangeRevisions(ctx); err != nil {
		return fmt.Errorf("read the revisions of changes: %w", err)
	}
	if p.withdrawals, err = q.AllChangeWithdrawals(ctx); err != nil {
		return fmt.Errorf("read the withdrawals of changes: %w", err)
	}
	if p.contributors, err = q.AllContributors(ctx); err != nil {
		return fmt.Errorf("read contributors: %w", err)
	}
	if p.approvals, err = q.AllApprovals(ctx); err != nil {
		return fmt.Errorf("read approvals: %w", err)
	}
	if p.announcements, err = q.AllAnnouncements(ctx); err != nil {
		return fmt.Errorf("read announcements: %w", err)
	}
	return p.add(func(id string) *content.Change { return byID[id] })
}

// parts are the rows that belong to changes.
type parts struct {
	revisions     []db.AllChangeRevisionsRow
	withdrawals   []db.ChangeWithdrawal
	contributors  []db.ChangeContributor
	approvals     []db.AllApprovalsRow
	announcements []db.Announcement
}

// add hands each row to its change, if that is asked for.
func (p parts) add(find func(id string) *content.Change) error {
	for _, r := range p.revisions {
		if c := find(r.ChangeID); c != nil {
			c.Revisions = append(c.Revisions, content.RevisionRef{
				ID: r.ID, Entry: r.EntryID, Lang: content.Lang(r.Lang), Number: int(r.Number), Author: r.AuthorID, Hash: r.Hash,
			})
		}
	}
	for _, w := range p.withdrawals {
		if c := find(w.ChangeID); c != nil {
			c.Withdraw = append(c.Withdraw, content.Withdrawal{Entry: w.EntryID, Lang: content.Lang(w.Lang), Reason: w.Reason})
		}
	}
	for _, row := range p.contributors {
		if c := find(row.ChangeID); c != nil {
			c.Contributors = append(c.Contributors, row.UserID)
		}
	}
	for _, a := range p.approvals {
		if c := find(a.ChangeID); c != nil {
			c.Approvals = append(c.Approvals, content.Approval{ID: a.ID, User: a.UserID, Name: a.Name, Hash: a.Hash, At: at(a.At), Voided: at(a.VoidedAt)})
		}
	}
	for _, row := range p.announcements {
		if c := find(row.ChangeID); c != nil {
			a := content.Announcement{
				Channel: row.ChannelID, Lang: content.Lang(row.Lang), Text: row.Text, ContentWarning: row.ContentWarning, Link: row.Link,
				Thread: row.Thread, Reference: row.Reference,
			}
			if err := decode(row.Media, &a.Media, "media", row.ChangeID); err != nil {
				return err
			}
			c.Announcements = append(c.Announcements, a)
		}
	}
	return nil
}

// setParts writes the lists of a change that differ from before.
func (t *tx) setParts(ctx context.Context, before, c *content.Change) error {
	if before == nil || !slices.Equal(before.Revisions, c.Revisions) {
		if err := t.setRevisions(ctx, c); err != nil {
			return err
		}
	}
	if before == nil || !slices.Equal(before.Withdraw, c.Withdraw) {
		if err := t.setWithdrawals(ctx, c); err != nil {
			return err
		}
	}
	if before == nil || encode(before.Announcements) != encode(c.Announcements) {
		if err := t.setAnnouncements(ctx, c); err != nil {
			return err
		}
	}
	for _, user := range c.Contributors {
		if err := t.AddContributor(ctx, db.AddContributorParams{ChangeID: c.ID, UserID: user}); err != nil {
			return fmt.Errorf("note a contributor of change %s: %w", c.ID, err)
		}
	}
	for _, a := range c.Approvals {
		err := t.PutApproval(ctx, db.PutApprovalParams{ID: a.ID, ChangeID: c.ID, UserID: a.User, Hash: a.Hash, At: ms(a.At), VoidedAt: ms(a.Voided)})
		if err != nil {
			return fmt.Errorf("write an approval of change %s: %w", c.ID, err)
		}
	}
	return nil
}

func (t *tx) setRevisions(ctx context.Context, c *content.Change) error {
	if err := t.ClearChangeRevisions(ctx, c.ID); err != nil {
		return fmt.Errorf("clear the revisions of change %s: %w", c.ID, err)
	}
	for i, r := range c.Revisions {
		if err := t.AddChangeRevision(ctx, db.AddChangeRevisionParams{ChangeID: c.ID, RevisionID: r.ID, Position: int64(i)}); err != nil {
			return fmt.Errorf("add revision %s to change %s: %w", r.ID, c.ID, err)
		}
	}
	return nil
}

func (t *tx) setWithdrawals(ctx context.Context, c *content.Change) error {
	if err := t.ClearChangeWithdrawals(ctx, c.ID); err != nil {
		return fmt.Errorf("clear the withdrawals of change %s: %w", c.ID, err)
	}
	for _, w := range c.Withdraw {
		err := t.AddChangeWithdrawal(ctx, db.AddChangeWithdrawalParams{ChangeID: c.ID, EntryID: w.Entry, Lang: string(w.Lang), Reason: w.Reason})
		if err != nil {
			return fmt.Errorf("add the withdrawal of %s to change %s: %w", w.Entry, c.ID, err)
		}
	}
	return nil
}

func (t *tx) setAnnouncements(ctx context.Context, c *content.Change) error {
	if err := t.ClearAnnouncements(ctx, c.ID); err != nil {
		return fmt.Errorf("clear the announcements of change %s: %w", c.ID, err)
	}
	for _, a := range c.Announcements {
		err := t.AddAnnouncement(ctx, db.AddAnnouncementParams{
			ChangeID: c.ID, ChannelID: a.Channel, Lang: string(a.Lang), Text: a.Text, ContentWarning: a.ContentWarning, Link: a.Link, Media: encode(a.Media),
			Thread: a.Thread, Reference: a.Reference,
		})
		if err != nil {
			return fmt.Errorf("add an announcement to change %s: %w", c.ID, err)
		}
	}
	return nil
}
