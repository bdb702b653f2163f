package content

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Schedule sets the time of publication of an approved change.
func (s *Changes) Schedule(ctx context.Context, actor Actor, id string, at time.Time) (Change, error) {
	if err := actor.May(PublishChange); err != nil {
		return Change{}, err
	}
	now := s.Now()
	if !at.After(now) {
		return Change{}, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "publish_at", Code: CodePublishPast}}}
	}
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepSchedule)
		if err != nil {
			return err
		}
		c.State, c.PublishAt, c.Updated = next, at.UTC(), now
		return nil
	}, NewAudit(actor, now, "change.schedule", id, map[string]string{"publish_at": at.UTC().Format(time.RFC3339)}))
}

// Publish makes everything in an approved change public, in one transaction:
// versions, tombstones, ledger rows, audit row and one delivery per announcement.
func (s *Changes) Publish(ctx context.Context, actor Actor, id string) (Change, error) {
	if err := actor.May(PublishChange); err != nil {
		return Change{}, err
	}
	now := s.Now()
	c, err := s.Store.PublishChange(ctx, id, func(in PublishInput) (Publication, error) {
		if err := s.gate(&in.Change, in.Settings, in.Channels); err != nil && in.Change.State.Allows(StepPublish) {
			return Publication{}, err
		}
		return decidePublication(in, now, s.Compose)
	}, NewAudit(actor, now, "change.publish", id, nil))
	if err != nil {
		return Change{}, err
	}
	if s.Published != nil {
		s.Published()
	}
	return c, nil
}

// PublishDue publishes every scheduled change whose time has come. A change that
// cannot be published goes back to draft with the reason as its note, so that it is seen and not tried for ever.
func (s *Changes) PublishDue(ctx context.Context) error {
	ids, err := s.Store.DueChanges(ctx, s.Now())
	if err != nil {
		return fmt.Errorf("list due changes: %w", err)
	}
	var errs []error
	for _, id := range ids {
		_, err := s.Publish(ctx, System(), id)
		switch KindOf(err) {
		case Invalid, Conflict:
			errs = append(errs, s.fallBack(ctx, id, err))
		default:
			if err != nil {
				errs = append(errs, fmt.Errorf("publish scheduled change %s: %w", id, err))
			}
		}
	}
	return errors.Join(errs...)
}

func (s *Changes) fallBack(ctx context.Context, id string, cause error) error {
	now := s.Now()
	_, err := s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepRequestEdits)
		if err != nil || c.State != Scheduled {
			return err // somebody else published or cancelled it
		}
		c.State, c.Note, c.PublishAt, c.Updated = next, cause.Error(), time.Time{}, now
		c.voidApprovals(now)
		return nil
	}, NewAudit(System(), now, "change.schedule_failed", id, map[string]string{"cause": cause.Error()}))
	if err != nil {
		return fmt.Errorf("take back scheduled change %s after %w: %w", id, cause, err)
	}
	return nil
}
