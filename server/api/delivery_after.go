package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

type correctInput struct {
	How            string `json:"how" need:"true" enum:"edit,post" doc:"edit changes the post where the network can do that; post sends one that answers it"`
	Text           string `json:"text" need:"true" doc:"without the permalink"`
	ContentWarning string `json:"content_warning"`
	Confirm        bool   `json:"confirm" doc:"post it although one with the same words was dropped in doubt and may be out"`
	Link           *bool  `json:"link" doc:"whether the permalink goes into it; true where it is not given"`
}

// CorrectDelivery orders other words for a post that is out.
func (h *Handlers) CorrectDelivery(c *fiber.Ctx) error {
	id, in, err := readAt[correctInput](h, c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	d, err := h.Deliveries.Correct(c.UserContext(), web.Actor(c), id, content.Correction{
		How: in.How, Text: in.Text, ContentWarning: in.ContentWarning, Link: in.Link == nil || *in.Link, Confirmed: in.Confirm,
	})
	return h.sendDelivery(c, d, err)
}

// WithdrawDelivery orders a post to be taken down.
func (h *Handlers) WithdrawDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.Withdraw)
}

// CallOffDelivery ends a correction or withdrawal that the network has not taken yet.
func (h *Handlers) CallOffDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.CallOff)
}

// LookDelivery orders one more look at the network.
func (h *Handlers) LookDelivery(c *fiber.Ctx) error { return h.moveDelivery(c, h.Deliveries.Look) }

type repeatInput struct {
	Confirm bool `json:"confirm" doc:"post it although one like it was dropped in doubt and may be out, so that followers may see two"`
}

// RepeatDelivery orders the announcement to be posted once more; it answers with the new delivery.
func (h *Handlers) RepeatDelivery(c *fiber.Ctx) error {
	id, err := id(c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	in, err := readIfAny[repeatInput](h, c)
	if err != nil {
		return err
	}
	d, err := h.Deliveries.Again(c.UserContext(), web.Actor(c), id, in.Confirm)
	return h.sendDelivery(c, d, err)
}

// DismissDelivery takes note of what happened to a post.
func (h *Handlers) DismissDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.Dismiss)
}

type heldJSON struct {
	Held bool `json:"held" doc:"whether everything unsent waits for a person, because the database was restored from a backup"`
}

// ShowHeld tells whether posts are held.
func (h *Handlers) ShowHeld(c *fiber.Ctx) error {
	held, err := h.Deliveries.Held(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, heldJSON{Held: held})
}

type releaseInput struct {
	As string `json:"as" need:"true" enum:"look,send,drop" doc:"look for each on its network; send them, because none is out; drop them"`
}

type releasedJSON struct {
	Decided int `json:"decided" doc:"how many deliveries this decided about"`
}

// ReleaseHeld ends the hold after a restore, by a person's word about all posts that were held.
func (h *Handlers) ReleaseHeld(c *fiber.Ctx) error {
	in, err := read[releaseInput](h, c)
	if err != nil {
		return err
	}
	n, err := h.Deliveries.ReleaseHeld(c.UserContext(), web.Actor(c), in.As)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, releasedJSON{Decided: n})
}

// TrustPages says, from now on, that the site's pages are there although this server cannot reach them.
func (h *Handlers) TrustPages(c *fiber.Ctx) error {
	if err := readNothing(h, c); err != nil {
		return err
	}
	n, err := h.Deliveries.TrustPages(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, releasedJSON{Decided: n})
}
