package api

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// Codes of times that cannot be used.
const (
	CodeMoment content.Code = "moment_form"
	CodePast   content.Code = "moment_past"
)

// move makes a step of the change in the path and answers with the change.
func (h *Handlers) move(c *fiber.Ctx, step func(ctx context.Context, actor content.Actor, id string) (content.Change, error)) error {
	id, err := id(c, content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	change, err := step(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return h.withFindings(c, id, err)
	}
	return h.sendChange(c, fiber.StatusOK, change)
}

// withFindings says what a closed gate found, and where in the texts.
func (h *Handlers) withFindings(c *fiber.Ctx, id string, err error) error {
	gate, closed := gateOf(err)
	if !closed {
		return err
	}
	return &web.ProblemError{Err: err, Extra: map[string]any{"findings": h.closedGate(c, id, gate)}}
}

// SubmitChange asks for approval.
func (h *Handlers) SubmitChange(c *fiber.Ctx) error {
	if err := readNothing(h, c); err != nil {
		return err
	}
	return h.move(c, h.Changes.Submit)
}

type approveInput struct {
	Hash string `json:"hash" need:"true" doc:"of the change as it was read"`
}

// ApproveChange agrees to exactly what the hash names.
func (h *Handlers) ApproveChange(c *fiber.Ctx) error {
	in, err := read[approveInput](h, c)
	if err != nil {
		return err
	}
	return h.move(c, func(ctx context.Context, actor content.Actor, id string) (content.Change, error) {
		return h.Changes.Approve(ctx, actor, id, in.Hash)
	})
}

type requestEditsInput struct {
	Note string `json:"note" doc:"what should be edited"`
}

// RequestEdits sends a change back to its authors.
func (h *Handlers) RequestEdits(c *fiber.Ctx) error {
	in, err := readIfAny[requestEditsInput](h, c)
	if err != nil {
		return err
	}
	return h.move(c, func(ctx context.Context, actor content.Actor, id string) (content.Change, error) {
		return h.Changes.RequestEdits(ctx, actor, id, in.Note)
	})
}

type scheduleInput struct {
	PublishAt string `json:"publish_at" need:"true" format:"date-time"`
}

// ScheduleChange sets the time at which an approved change is published.
func (h *Handlers) ScheduleChange(c *fiber.Ctx) error {
	in, err := read[scheduleInput](h, c)
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, in.PublishAt)
	if err != nil {
		return badField("publish_at", CodeMoment, content.Args{"Value": in.PublishAt})
	}
	return h.move(c, func(ctx context.Context, actor content.Actor, id string) (content.Change, error) {
		return h.Changes.Schedule(ctx, actor, id, at)
	})
}

// PublishChange makes everything in an approved change public.
func (h *Handlers) PublishChange(c *fiber.Ctx) error {
	if err := readNothing(h, c); err != nil {
		return err
	}
	return h.move(c, h.Changes.Publish)
}

// CancelChange ends a change that is not published.
func (h *Handlers) CancelChange(c *fiber.Ctx) error {
	if err := readNothing(h, c); err != nil {
		return err
	}
	return h.move(c, h.Changes.Cancel)
}
