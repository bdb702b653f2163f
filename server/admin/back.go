package admin

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// BackToText leads from the address of a form to its page, for whoever reloads it.
func (h *Handlers) BackToText(c *fiber.Ctx) error {
	return web.SeeOther(c, textPath(c.Params("id"), content.Lang(c.Params("lang"))), "")
}

// BackToChange does the same for the forms of a change.
func (h *Handlers) BackToChange(c *fiber.Ctx) error {
	return web.SeeOther(c, changePath(c.Params("id")), "")
}

// BackToTopics does the same for the forms of topics.
func (h *Handlers) BackToTopics(c *fiber.Ctx) error {
	return web.SeeOther(c, "/admin/topics", "")
}
