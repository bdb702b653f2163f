package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// Codes of who may use the API.
const (
	CodeTokenNeeded content.Code = "token_needed"
	CodeTokenWrong  content.Code = "token_wrong"
)

// Authenticate finds out whose token a request carries. Without one it goes on
// as a stranger's; with a wrong one it ends, also where no token is needed, so
// that nobody takes published content for the drafts they asked for.
func (h *Handlers) Authenticate(c *fiber.Ctx) error {
	c.Vary(fiber.HeaderAuthorization, fiber.HeaderAcceptLanguage)
	header := c.Get(fiber.HeaderAuthorization)
	if header == "" {
		return c.Next()
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	scheme, secret, _ := strings.Cut(header, " ")
	if secret = strings.TrimSpace(secret); !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return content.Fail(content.Unknown, CodeTokenWrong, nil)
	}
	user, err := h.Accounts.ByToken(c.UserContext(), secret)
	if kind := content.KindOf(err); kind == content.NotFound || kind == content.Unknown {
		return content.Fail(content.Unknown, CodeTokenWrong, nil)
	}
	if err != nil {
		return err
	}
	web.SetUser(c, user, "token")
	return c.Next()
}

// NeedToken ends what strangers may not do before anything of it is read.
func (h *Handlers) NeedToken(c *fiber.Ctx) error {
	if _, known := web.User(c); !known {
		return content.Fail(content.Unknown, CodeTokenNeeded, nil)
	}
	return c.Next()
}

// Open lets pages of any origin read what everybody may read. An answer to a
// request with a token is for its holder alone.
func (h *Handlers) Open(c *fiber.Ctx) error {
	if c.Get(fiber.HeaderAuthorization) == "" {
		c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
		c.Set("Cross-Origin-Resource-Policy", "cross-origin")
		c.Set(fiber.HeaderCacheControl, "no-cache")
	}
	return c.Next()
}
