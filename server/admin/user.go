package admin

import (
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowUsers lists the accounts.
func (h *Handlers) ShowUsers(c *fiber.Ctx) error {
	page, err := h.usersPage(c)
	if err != nil {
		return err
	}
	return h.render(c, "admin/users", page)
}

func (h *Handlers) usersPage(c *fiber.Ctx) (view.UsersPage, error) {
	users, err := h.Accounts.Users(c.UserContext(), web.Actor(c))
	if err != nil {
		return view.UsersPage{}, err
	}
	frame, err := h.page(c, "settings", web.Printer(c).T("users.title"))
	return view.UsersPage{Admin: frame, Users: users, Roles: content.Roles(), New: content.User{Role: content.Author}}, err
}

// AddUser makes an account and shows the one-time link that lets the person in.
func (h *Handlers) AddUser(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	asked := content.User{Email: form.Get("email"), Name: form.Get("name"), Role: content.Role(form.Get("role"))}
	user, cause := h.Accounts.AddUser(c.UserContext(), web.Actor(c), asked)
	if cause != nil {
		page, err := h.usersPage(c)
		if err != nil {
			return err
		}
		page.New = asked
		wrong(c, &page.Admin, cause)
		return h.again(c, "admin/users", page, cause)
	}
	return h.showLink(c, user.ID)
}

// ShowUser is one account.
func (h *Handlers) ShowUser(c *fiber.Ctx) error {
	page, err := h.userPage(c, c.Params("id"))
	if err != nil {
		return err
	}
	return h.render(c, "admin/user", page)
}

func (h *Handlers) userPage(c *fiber.Ctx, id string) (view.UserPage, error) {
	users, err := h.Accounts.Users(c.UserContext(), web.Actor(c))
	if err != nil {
		return view.UserPage{}, err
	}
	for _, user := range users {
		if user.ID == id {
			frame, err := h.page(c, "settings", user.Name)
			return view.UserPage{Admin: frame, Account: user, Roles: content.Roles(), Self: web.Actor(c).UserID == id}, err
		}
	}
	return view.UserPage{}, content.Fail(content.NotFound, content.CodeUserUnknown, nil)
}

// SaveUser changes name and role.
func (h *Handlers) SaveUser(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	name, role := form.Get("name"), content.Role(form.Get("role"))
	return h.changeUser(c, func(u *content.User) { u.Name, u.Role = name, role })
}

// DisableUser shuts an account and ends its sessions.
func (h *Handlers) DisableUser(c *fiber.Ctx) error {
	now := h.Now()
	return h.changeUser(c, func(u *content.User) { u.Disabled = now })
}

// EnableUser opens it again.
func (h *Handlers) EnableUser(c *fiber.Ctx) error {
	return h.changeUser(c, func(u *content.User) { u.Disabled = time.Time{} })
}

func (h *Handlers) changeUser(c *fiber.Ctx, change func(*content.User)) error {
	id := c.Params("id")
	_, cause := h.Accounts.UpdateUser(c.UserContext(), web.Actor(c), id, change)
	if cause == nil {
		return web.SeeOther(c, "/admin/users/"+url.PathEscape(id), "saved")
	}
	page, err := h.userPage(c, id)
	if err != nil {
		return cause
	}
	change(&page.Account)
	wrong(c, &page.Admin, cause)
	return h.again(c, "admin/user", page, cause)
}

// LinkUser makes a new one-time link for a person who cannot get in.
func (h *Handlers) LinkUser(c *fiber.Ctx) error { return h.showLink(c, c.Params("id")) }

// showLink answers with the link itself: sent on by redirect it would stand in an address, and in a log.
func (h *Handlers) showLink(c *fiber.Ctx, id string) error {
	secret, err := h.Accounts.LoginLink(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	page, err := h.userPage(c, id)
	if err != nil {
		return err
	}
	page.Link = h.BaseURL + "/admin/enter?token=" + url.QueryEscape(secret)
	return h.render(c, "admin/user", page)
}
