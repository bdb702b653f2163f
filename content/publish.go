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
	return s.publish(ctx, actor, id, s.Now(), nil, func(*Change) error { return nil })
}

func (s *Changes) publish(
	ctx context.Context, actor Actor, id string, now time.Time, detail map[string]string, ready func(*Change) error,
) (Change, error) {
	found, err := s.picturesOf(ctx, id)
	if err != nil {
		return Change{}, err
	}
	c, err := s.Store.PublishChange(ctx, id, func(in PublishInput) (Publication, error) {
		if err := ready(&in.Change); err != nil {
			return Publication{}, err
		}
		if err := s.gate(&in.Change, gateInput{in.Settings, in.Channels, found}); err != nil && in.Change.State.Allows(StepPublish) {
			return Publication{}, err
		}
		return decidePublication(in, now, s.Compose)
	}, NewAudit(actor, now, "change.publish", id, detail))
	if err != nil {
		return Change{}, err
	}
	if s.Published != nil {
		s.Published()
	}
	return c, nil
}

// errNotDue says that somebody put off, edited or published a change after it was found due.
var errNotDue = errors.New("the change is not due any more")

func (c *Change) due(now time.Time) error {
	if c.State != Scheduled || c.PublishAt.After(now) {
		return errNotDue
	}
	return nil
}

// PublishDue publishes every scheduled change whose time has come, however late. A change that
// cannot be published goes back to draft with its Failure, so that it is seen and not tried for ever.
func (s *Changes) PublishDue(ctx context.Context) error {
	ids, err := s.Store.DueChanges(ctx, s.Now())
	if err != nil {
		return fmt.Errorf("list due changes: %w", err)
	}
	var errs []error
	for _, id := range ids {
		if err := s.publishDue(ctx, id); err != nil {
			errs = append(errs, fmt.Errorf("publish scheduled change %s: %w", id, err))
		}
	}
	return errors.Join(errs...)
}

func (s *Changes) publishDue(ctx context.Context, id string) error {
	now, detail := s.Now(), map[string]string{}
	_, err := s.publish(ctx, System(), id, now, detail, func(c *Change) error {
		detail["publish_at"] = c.PublishAt.Format(time.RFC3339)
		return c.due(now)
	})
	cause, known := errors.AsType[*Error](err)
	switch {
	case errors.Is(err, errNotDue):
		return nil
	case known && (cause.Kind == Invalid || cause.Kind == Conflict):
		return s.fallBack(ctx, id, cause)
	}
	return err
}

func (s *Changes) fallBack(ctx context.Context, id string, cause *Error) error {
	now := s.Now()
	_, err := s.Store.UpdateChange(ctx, id, func(c *Change) error {
		if err := c.due(now); err != nil {
			return err
		}
		next, err := c.State.Next(StepRequestEdits)
		if err != nil {
			return err
		}
		c.State, c.PublishAt, c.Updated = next, time.Time{}, now
		c.Failure = &Failure{At: now, Kind: cause.Kind, Code: cause.Code, Args: cause.Args, Fields: cause.Fields}
		c.voidApprovals(now)
		return nil
	}, NewAudit(System(), now, "change.schedule_failed", id, map[string]string{"cause": cause.Error()}))
	if err != nil && !errors.Is(err, errNotDue) {
		return fmt.Errorf("take it back after %w: %w", cause, err)
	}
	return nil
}
