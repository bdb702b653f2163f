package admin

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowHome leads to where work begins.
func (h *Handlers) ShowHome(c *fiber.Ctx) error { return web.SeeOther(c, "/admin/entries", "") }

// ShowAccount is a person's own account: language, password, tokens.
func (h *Handlers) ShowAccount(c *fiber.Ctx) error {
	page, err := h.accountPage(c, c.Query("fresh"))
	if err != nil {
		return err
	}
	return h.render(c, "admin/account", page)
}

func (h *Handlers) accountPage(c *fiber.Ctx, fresh string) (view.AccountPage, error) {
	user, _ := web.User(c)
	frame, err := h.page(c, "account", web.Printer(c).T("account.title"))
	if err != nil {
		return view.AccountPage{}, err
	}
	page := view.AccountPage{
		Admin: frame, Langs: h.Views.Langs(), Chosen: user.Lang, HasPassword: user.PasswordHash != "", Now: h.Now(),
	}
	if h.fresh.holds(fresh, web.Session(c), h.Now()) {
		page.Fresh = fresh
	}
	page.Tokens, err = h.Accounts.Tokens(c.UserContext(), web.Actor(c), user.ID)
	return page, err
}

// accountAgain shows the account with what was wrong.
func (h *Handlers) accountAgain(c *fiber.Ctx, fresh string, cause error, more func(*view.AccountPage)) error {
	page, err := h.accountPage(c, fresh)
	if err != nil {
		return err
	}
	wrong(c, &page.Admin, cause)
	if more != nil {
		more(&page)
	}
	return h.again(c, "admin/account", page, cause)
}

// SaveLang chooses the language of the admin UI.
func (h *Handlers) SaveLang(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if _, err := h.Accounts.SetLang(c.UserContext(), web.Actor(c), content.Lang(form.Get("lang"))); err != nil {
		return h.accountAgain(c, "", err, nil)
	}
	return web.SeeOther(c, "/admin/account", "saved")
}

// SavePassword changes one's own password. It needs the current one, unless there is none yet or the person came by a
// one-time link just now. Every session ends but a new one for this browser.
func (h *Handlers) SavePassword(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	user, _ := web.User(c)
	fresh := form.Get("fresh")
	if err := h.mayChangePassword(c, user, form); err != nil {
		return h.accountAgain(c, fresh, err, nil)
	}
	if err := h.Accounts.SetPassword(c.UserContext(), web.Actor(c), user.ID, form.Get("new_password")); err != nil {
		return h.accountAgain(c, fresh, renamed(err, "password", "new_password"), nil)
	}
	user, secret, err := h.Accounts.Enter(c.UserContext(), user.Email, form.Get("new_password"), h.origin(c))
	if err != nil { // the password is changed all the same
		return web.SeeOther(c, "/admin/login", "password_saved")
	}
	h.letIn(c, user, secret)
	return web.SeeOther(c, "/admin/account", "password_saved")
}

func (h *Handlers) mayChangePassword(c *fiber.Ctx, user content.User, form web.Form) error {
	if user.PasswordHash == "" || h.fresh.holds(form.Get("fresh"), web.Session(c), h.Now()) {
		return nil
	}
	known, secret, err := h.Accounts.Enter(c.UserContext(), user.Email, form.Get("current_password"), h.origin(c))
	if content.KindOf(err) == content.Unknown {
		return fieldError("current_password", codePasswordWrong)
	}
	if err != nil {
		return err
	}
	return h.Accounts.Leave(c.UserContext(), known, secret) // it was only to ask
}

// codePasswordWrong says that the current password is another.
const codePasswordWrong content.Code = "password_wrong"

// AddToken makes an API token and shows its secret, this once.
func (h *Handlers) AddToken(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	user, _ := web.User(c)
	name := strings.TrimSpace(form.Get("token_name"))
	_, secret, err := h.Accounts.AddToken(c.UserContext(), web.Actor(c), name, user.ID, tokenLife(form))
	if err != nil {
		return h.accountAgain(c, "", renamed(err, "name", "token_name"), func(page *view.AccountPage) {
			page.TokenName, page.TokenLife = form.Get("token_name"), form.Get("token_life")
		})
	}
	page, err := h.accountPage(c, "")
	if err != nil {
		return err
	}
	page.Secret, page.Note = secret, web.Printer(c).T("note.token_made")
	return h.render(c, "admin/account", page)
}

// tokenLife is how many days a token holds; a token without an end must be asked for by name.
func tokenLife(form web.Form) time.Duration {
	if form.Get("token_life") == "never" {
		return 0
	}
	days, ok := form.Int("token_life")
	if !ok || days < 1 || days > 3650 {
		days = 90
	}
	return time.Duration(days) * 24 * time.Hour
}

// RevokeToken ends a token at once.
func (h *Handlers) RevokeToken(c *fiber.Ctx) error {
	if err := h.Accounts.RevokeToken(c.UserContext(), web.Actor(c), c.Params("id")); err != nil {
		return err
	}
	return web.SeeOther(c, "/admin/account#tokens", "token_ended")
}
