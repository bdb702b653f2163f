package admin

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// LookDelivery orders one more look at the network.
func (h *Handlers) LookDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_look", func(web.Form) (content.Delivery, error) {
		return h.Deliveries.Look(c.UserContext(), web.Actor(c), c.Params("id"))
	})
}

// CorrectDelivery orders other words for a post that is out.
func (h *Handlers) CorrectDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_correct", func(form web.Form) (content.Delivery, error) {
		return h.Deliveries.Correct(c.UserContext(), web.Actor(c), c.Params("id"), readCorrection(form))
	})
}

func readCorrection(form web.Form) content.Correction {
	return content.Correction{
		How: form.Get("how"), Text: form.Get("text"), ContentWarning: form.Get("content_warning"), Link: form.Bool("link"),
		Confirmed: form.Bool("confirm"),
	}
}

// DismissDelivery takes note of what happened to a post.
func (h *Handlers) DismissDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_dismissed", func(web.Form) (content.Delivery, error) {
		return h.Deliveries.Dismiss(c.UserContext(), web.Actor(c), c.Params("id"))
	})
}

// WithdrawDelivery orders a post to be taken down.
func (h *Handlers) WithdrawDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_withdraw", func(web.Form) (content.Delivery, error) {
		return h.Deliveries.Withdraw(c.UserContext(), web.Actor(c), c.Params("id"))
	})
}

// CallOffDelivery ends a correction or withdrawal that the network has not taken yet.
func (h *Handlers) CallOffDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_called_off", func(web.Form) (content.Delivery, error) {
		return h.Deliveries.CallOff(c.UserContext(), web.Actor(c), c.Params("id"))
	})
}

// RepeatDelivery orders the announcement to be posted once more.
func (h *Handlers) RepeatDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_again", func(form web.Form) (content.Delivery, error) {
		return h.Deliveries.Again(c.UserContext(), web.Actor(c), c.Params("id"), form.Bool("confirm"))
	})
}

// ReleaseHeld decides about all posts that are held because the database was restored.
func (h *Handlers) ReleaseHeld(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if _, err := h.Deliveries.ReleaseHeld(c.UserContext(), web.Actor(c), form.Get("as")); err != nil {
		return err
	}
	return web.SeeOther(c, "/admin/deliveries?filter=all", "delivery_resolved")
}

// TrustPages says that the site's pages are there although this server cannot reach them.
func (h *Handlers) TrustPages(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if _, err := h.Deliveries.TrustPages(c.UserContext(), web.Actor(c)); err != nil {
		return err
	}
	return web.SeeOther(c, web.LocalPath(form.Get("back"), "/admin/deliveries"), "delivery_again")
}
