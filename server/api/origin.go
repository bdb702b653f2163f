package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Tidy takes the slash off the end of an address, which many scripts put there.
func (h *Handlers) Tidy(c *fiber.Ctx) error {
	if path := c.Path(); strings.HasSuffix(path, "/") {
		c.Path(strings.TrimRight(path, "/"))
	}
	return c.Next()
}

// Preflight answers browsers that ask before a page of another origin reads something: yes, where everybody may read.
func (h *Handlers) Preflight(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodOptions && readByAll(c.Path()) {
		return h.Allow(c)
	}
	return c.Next()
}

func readByAll(path string) bool {
	for _, op := range operations() {
		if op.method == fiber.MethodGet && op.act == everybody && fits(path, op.path) {
			return true
		}
	}
	return false
}

// Allow says that pages of any origin may read here. Authorization is not among the headers they may send: with a token
// come drafts, which are for their holder's own programs.
func (h *Handlers) Allow(c *fiber.Ctx) error {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderAccessControlAllowMethods, "GET, HEAD")
	c.Set(fiber.HeaderAccessControlAllowHeaders, "Accept, Accept-Language, Content-Type, If-None-Match, X-Requested-With")
	c.Set(fiber.HeaderAccessControlMaxAge, "86400")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return c.SendStatus(fiber.StatusNoContent)
}
