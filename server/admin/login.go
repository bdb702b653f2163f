package admin

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowLogin asks for email and password.
func (h *Handlers) ShowLogin(c *fiber.Ctx) error {
	next := web.LocalPath(c.Query("next"), "")
	if _, ok := web.User(c); ok {
		return web.SeeOther(c, web.LocalPath(next, "/admin/"), "")
	}
	h.openDoor(c)
	page, err := h.page(c, "", web.Printer(c).T("login.title"))
	if err != nil {
		return err
	}
	return h.render(c, "admin/login", view.LoginPage{Admin: page, Next: next})
}

// Login lets a person in by email and password.
func (h *Handlers) Login(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	user, secret, err := h.Accounts.Enter(c.UserContext(), form.Get("email"), form.Get("password"), h.origin(c))
	if err != nil {
		h.Log.Warn("login refused", slog.String("kind", string(content.KindOf(err))))
		h.openDoor(c)
		page := view.LoginPage{
			Admin: h.bare(c, "", web.Printer(c).T("login.title")), Email: form.Get("email"), Next: web.LocalPath(form.Get("next"), ""),
		}
		wrong(c, &page.Admin, err)
		return h.again(c, "admin/login", page, err)
	}
	h.letIn(c, user, secret)
	return web.SeeOther(c, web.LocalPath(form.Get("next"), "/admin/"), "")
}

// ShowEnter is where a one-time link leads. It does not use the link: programs that look at links before people do would burn it.
func (h *Handlers) ShowEnter(c *fiber.Ctx) error {
	h.openDoor(c)
	page, err := h.page(c, "", web.Printer(c).T("enter.title"))
	if err != nil {
		return err
	}
	page.User = nil // the link may be another person's
	return h.render(c, "admin/enter", view.EnterPage{Admin: page, Token: c.Query("token")})
}

// Enter uses a one-time link.
func (h *Handlers) Enter(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	user, secret, err := h.Accounts.EnterByLink(c.UserContext(), form.Get("token"))
	if err != nil {
		return h.enterAgain(c, err)
	}
	h.letIn(c, user, secret)
	return web.SeeOther(c, "/admin/account?fresh="+h.fresh.proof(secret, h.Now()), "welcome")
}

// enterAgain says why a link does not work, and where else to go.
func (h *Handlers) enterAgain(c *fiber.Ctx, cause error) error {
	if content.KindOf(cause) == content.Internal {
		return cause
	}
	page, err := h.page(c, "", web.Printer(c).T("enter.title"))
	if err != nil {
		return errors.Join(cause, err)
	}
	page.User = nil
	wrong(c, &page, cause)
	return h.again(c, "admin/enter", view.EnterPage{Admin: page}, cause)
}

// letIn hands over the session and ends the one that this browser had before, so that no old secret lives on.
func (h *Handlers) letIn(c *fiber.Ctx, user content.User, secret string) {
	if old := c.Cookies(h.cookies.session); old != "" {
		before, known := web.User(c)
		if !known {
			before = user
		}
		if err := h.Accounts.Leave(c.UserContext(), before, old); err != nil {
			h.Log.Error("end the session before this login", slog.Any("error", err))
		}
	}
	h.cookies.set(c, h.cookies.session, secret, int(content.SessionMax/time.Second))
	h.cookies.clear(c, h.cookies.door)
}

// Logout ends the session, here and in the database.
func (h *Handlers) Logout(c *fiber.Ctx) error {
	user, _ := web.User(c)
	if err := h.Accounts.Leave(c.UserContext(), user, c.Cookies(h.cookies.session)); err != nil {
		return err
	}
	h.cookies.clear(c, h.cookies.session)
	c.Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
	return web.SeeOther(c, "/admin/login", "logged_out")
}

// openDoor gives a stranger's browser the secret to which the login form is bound.
func (h *Handlers) openDoor(c *fiber.Ctx) {
	if web.Session(c) != "" {
		return
	}
	secret := rand.Text() + rand.Text()
	h.cookies.set(c, h.cookies.door, secret, int(time.Hour/time.Second))
	web.SetSession(c, secret)
}
