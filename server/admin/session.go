package admin

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// cookies are the names of the two cookies and whether they are for https only.
type cookies struct {
	session string // after login
	door    string // before it: what the forms of login are bound to
	secure  bool
}

func newCookies(https bool) cookies {
	if https {
		return cookies{session: "__Host-klartext", door: "__Host-klartext-door", secure: true}
	}
	return cookies{session: "klartext_session", door: "klartext_door"}
}

func (k cookies) set(c *fiber.Ctx, name, value string, seconds int) {
	c.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, Secure: k.secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// clear ends a cookie. Fiber leaves Max-Age out where it is zero, so it is negative.
func (k cookies) clear(c *fiber.Ctx, name string) { k.set(c, name, "", -1) }

// Open finds out who asks, for every address of the admin UI, and refuses what another site caused.
func (h *Handlers) Open(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if err := h.knowUser(c); err != nil {
		return err
	}
	if err := web.CheckForged(c, h.host); err != nil {
		return err
	}
	return c.Next()
}

// knowUser notes the user of the session cookie, if it has one that still lasts.
func (h *Handlers) knowUser(c *fiber.Ctx) error {
	secret := c.Cookies(h.cookies.session)
	if secret == "" {
		web.SetSession(c, c.Cookies(h.cookies.door))
		return nil
	}
	web.SetSession(c, secret)
	user, err := h.Accounts.BySession(c.UserContext(), secret)
	if kind := content.KindOf(err); kind == content.NotFound || kind == content.Unknown {
		return nil
	}
	if err != nil {
		return err
	}
	web.SetUser(c, user, "session")
	return nil
}

// RequireUser lets only people who are logged in pass. Reading leads to the
// login and back; writing gets its form back, so that nothing typed is lost.
func (h *Handlers) RequireUser(c *fiber.Ctx) error {
	if _, ok := web.User(c); ok {
		return c.Next()
	}
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return h.sessionEnded(c)
	}
	next := c.OriginalURL()
	if web.LocalPath(next, "") == "" || strings.HasPrefix(next, "/admin/?") {
		return web.SeeOther(c, "/admin/login", "")
	}
	return web.SeeOther(c, "/admin/login?next="+url.QueryEscape(next), "")
}
