package api

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/web"
)

// deliveryJSON is the fate of one announcement on one channel.
type deliveryJSON struct {
	ID            string                `json:"id"`
	Change        string                `json:"change"`
	Channel       string                `json:"channel"`
	Lang          content.Lang          `json:"lang"`
	State         content.DeliveryState `json:"state"`
	RemoteID      *string               `json:"remote_id"`
	RemoteURL     *string               `json:"remote_url"`
	Reason        *reasonJSON           `json:"reason" doc:"why it stands as it does, and what to do"`
	Attempts      []attemptJSON         `json:"attempts"`
	NextAttemptAt *time.Time            `json:"next_attempt_at"`
	Text          string                `json:"text" doc:"exactly what is sent"`
	Permalink     string                `json:"permalink"`
	CreatedAt     time.Time             `json:"created_at"`
}

type attemptJSON struct {
	At      time.Time `json:"at"`
	Outcome string    `json:"outcome"`
	Detail  string    `json:"detail"`
}

func deliveryOf(p *locale.Printer) func(content.Delivery) deliveryJSON {
	return func(d content.Delivery) deliveryJSON {
		out := deliveryJSON{
			ID: d.ID, Change: d.Change, Channel: d.Channel, Lang: d.Lang, State: d.State, RemoteID: some(d.RemoteID), RemoteURL: some(d.RemoteURL),
			Reason: reasonOf(p, d.Reason), Text: d.Text, Permalink: d.Permalink, CreatedAt: stamp(d.Created),
			Attempts: each(d.Attempts, func(a content.Attempt) attemptJSON {
				return attemptJSON{At: stamp(a.At), Outcome: string(a.Outcome), Detail: p.Reason(a.Detail)}
			}),
		}
		if d.State == content.Queued || d.State == content.Waiting || d.State == content.UnknownFate {
			out.NextAttemptAt = moment(d.NextAttempt)
		}
		return out
	}
}

func reasonOf(p *locale.Printer, r content.Reason) *reasonJSON {
	if r.Code == "" && r.Detail == "" {
		return nil
	}
	return &reasonJSON{Code: r.Code, Detail: p.Reason(r)}
}

// ListDeliveries lists deliveries, of one change or channel or in one state where the query says so.
func (h *Handlers) ListDeliveries(c *fiber.Ctx) error {
	change, err := queryID(c, "change", content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	channel, err := queryID(c, "channel", content.CodeChannelUnknown)
	if err != nil {
		return err
	}
	state, err := queryState(c, content.DeliveryStates())
	if err != nil {
		return err
	}
	deliveries, err := h.Deliveries.List(c.UserContext(), web.Actor(c), content.DeliveryFilter{Change: change, Channel: channel, State: state})
	if err != nil {
		return err
	}
	return sendList(c, deliveries, func(d content.Delivery) string { return d.ID }, deliveryOf(web.Printer(c)))
}

// ShowDelivery answers with one delivery.
func (h *Handlers) ShowDelivery(c *fiber.Ctx) error {
	id, err := id(c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	d, err := h.Deliveries.Get(c.UserContext(), web.Actor(c), id)
	return sendDelivery(c, d, err)
}

func sendDelivery(c *fiber.Ctx, d content.Delivery, err error) error {
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, deliveryOf(web.Printer(c))(d))
}

// RetryDelivery sends again what surely is not out.
func (h *Handlers) RetryDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.Retry)
}

type resolveInput struct {
	As        string `json:"as" need:"true" enum:"sent,not_sent"`
	RemoteURL string `json:"remote_url" format:"uri" doc:"the post's address, with sent"`
}

// ResolveDelivery settles an unknown fate by a person's word.
func (h *Handlers) ResolveDelivery(c *fiber.Ctx) error {
	id, in, err := readAt[resolveInput](h, c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	d, err := h.Deliveries.Resolve(c.UserContext(), web.Actor(c), id, content.Resolution{As: in.As, RemoteURL: in.RemoteURL})
	return sendDelivery(c, d, err)
}

// CancelDelivery drops a delivery that is not sent.
func (h *Handlers) CancelDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.Cancel)
}

// moveDelivery does what needs no more words than the delivery's id.
func (h *Handlers) moveDelivery(c *fiber.Ctx, move func(context.Context, content.Actor, string) (content.Delivery, error)) error {
	id, err := id(c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	if err := readNothing(h, c); err != nil {
		return err
	}
	d, err := move(c.UserContext(), web.Actor(c), id)
	return sendDelivery(c, d, err)
}
