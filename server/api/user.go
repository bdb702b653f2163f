package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// userJSON is an account, without anything that proves who somebody is.
type userJSON struct {
	ID         string        `json:"id"`
	Email      string        `json:"email"`
	Name       string        `json:"name"`
	Role       content.Role  `json:"role"`
	Lang       *content.Lang `json:"lang" doc:"of the admin UI; null for the browser's"`
	CreatedAt  time.Time     `json:"created_at"`
	DisabledAt *time.Time    `json:"disabled_at" doc:"null while the account works"`
}

func userOf(u content.User) userJSON {
	return userJSON{
		ID: u.ID, Email: u.Email, Name: u.Name, Role: u.Role, Lang: some(u.Lang), CreatedAt: stamp(u.Created), DisabledAt: moment(u.Disabled),
	}
}

// ListUsers lists the accounts.
func (h *Handlers) ListUsers(c *fiber.Ctx) error {
	users, err := h.Accounts.Users(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return sendList(c, users, func(u content.User) string { return u.ID }, userOf)
}

// ShowSelf tells whose token it is.
func (h *Handlers) ShowSelf(c *fiber.Ctx) error {
	user, _ := web.User(c) // strangers never get here
	return answer(c, fiber.StatusOK, userOf(user))
}

type userInput struct {
	Email string       `json:"email" need:"true"`
	Name  string       `json:"name" need:"true"`
	Role  content.Role `json:"role" need:"true"`
	Lang  content.Lang `json:"lang"`
}

// AddUser makes an account without a password; a login link lets the person in.
func (h *Handlers) AddUser(c *fiber.Ctx) error {
	in, err := read[userInput](h, c)
	if err != nil {
		return err
	}
	user, err := h.Accounts.AddUser(c.UserContext(), web.Actor(c), content.User{Email: in.Email, Name: in.Name, Role: in.Role, Lang: in.Lang})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, userOf(user))
}

type userPatchInput struct {
	Name     *string       `json:"name"`
	Role     *content.Role `json:"role"`
	Disabled *bool         `json:"disabled" doc:"a disabled account's sessions and tokens no longer work"`
}

// EditUser changes name or role, or disables an account.
func (h *Handlers) EditUser(c *fiber.Ctx) error {
	id, in, err := readAt[userPatchInput](h, c, content.CodeUserUnknown)
	if err != nil {
		return err
	}
	user, err := h.Accounts.UpdateUser(c.UserContext(), web.Actor(c), id, func(u *content.User) {
		if in.Name != nil {
			u.Name = *in.Name
		}
		if in.Role != nil {
			u.Role = *in.Role
		}
		if in.Disabled != nil {
			u.Disabled = disabledAt(u.Disabled, *in.Disabled, h.Now())
		}
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, userOf(user))
}

// disabledAt keeps the time since when an account has been disabled.
func disabledAt(since time.Time, disabled bool, now time.Time) time.Time {
	switch {
	case !disabled:
		return time.Time{}
	case since.IsZero():
		return now
	}
	return since
}

// loginLinkJSON lets its holder in once.
type loginLinkJSON struct {
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
}

// MakeLoginLink makes a link that lets the person in once.
func (h *Handlers) MakeLoginLink(c *fiber.Ctx) error {
	id, err := id(c, content.CodeUserUnknown)
	if err != nil {
		return err
	}
	if err := readNothing(h, c); err != nil {
		return err
	}
	holdsSecret(c)
	secret, err := h.Accounts.LoginLink(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, loginLinkJSON{
		URL: h.BaseURL + "/admin/enter?token=" + secret, ExpiresAt: stamp(h.Now().Add(content.LoginLinkLife)),
	})
}
