// Package admin is the UI of the people who write: forms in, redirects out. It
// decides nothing: what is allowed and right is content's to say.
package admin

import (
	"bytes"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/server/view"
	"klartext/server/web"
)

// Deps is what the admin UI needs.
type Deps struct {
	Accounts *content.Accounts
	Site     *content.Site
	Editor   *content.Editor
	Changes  *content.Changes
	Pictures *content.Pictures
	Channels *content.Channels
	Consents *content.Consents
	// Deliveries is what became of announcements.
	Deliveries *content.Deliveries
	// Checks read texts for the editor; Words names bands of the score. Without them nothing is checked.
	Checks   *content.Checks
	Glossary *content.Glossary
	Words    *clarity.Checker
	// Questions and Votes are what readers say.
	Questions *content.Questions
	Votes     *content.Votes
	Views     *view.Views
	// Proxies are believed when they say whose request they pass on.
	Proxies []netip.Prefix
	// BaseURL is the public address without a slash at the end; with https it makes the session cookie safer.
	BaseURL string
	Log     *slog.Logger
	Now     content.Clock
}

// Handlers answer what people do in the admin UI.
type Handlers struct {
	Deps
	origins *web.Origins
	cookies cookies
	fresh   *freshness
	host    string // of BaseURL
}

// New makes the handlers.
func New(deps Deps) *Handlers {
	scheme, host, _ := strings.Cut(deps.BaseURL, "://")
	return &Handlers{Deps: deps, origins: web.NewOrigins(), cookies: newCookies(scheme == "https"), fresh: newFreshness(), host: host}
}

// page fills in what every page has. section is the part of the navigation to
// mark; title the page's title, ready to read.
func (h *Handlers) page(c *fiber.Ctx, section, title string) (view.Admin, error) {
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return view.Admin{}, err
	}
	p := h.bare(c, section, title)
	p.SiteName, _ = settings.SiteName.In(p.Lang, settings.Languages...)
	p.Zone = settings.Zone()
	return p, nil
}

// bare is a page that needs no database.
func (h *Handlers) bare(c *fiber.Ctx, section, title string) view.Admin {
	p := view.Admin{
		Lang: web.Lang(c), Title: title, SiteName: "Klartext", Section: section, Zone: time.UTC,
		CSRF: web.CSRFToken(c), Note: web.Note(c),
	}
	if user, ok := web.User(c); ok {
		p.User = &user
	}
	return p
}

// origin names where a request comes from, for slowing down guesses.
func (h *Handlers) origin(c *fiber.Ctx) string { return h.origins.Of(c, h.Proxies, h.Now()) }

// render answers with a page.
func (h *Handlers) render(c *fiber.Ctx, page string, data any) error {
	var b bytes.Buffer
	if err := h.Views.Render(&b, web.Lang(c), page, data); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(b.Bytes())
}

// again answers with the form that was not accepted. wrong must have been
// told of cause before; the error handler makes the status of it.
func (h *Handlers) again(c *fiber.Ctx, page string, data any, cause error) error {
	if err := h.render(c, page, data); err != nil {
		return errors.Join(cause, err)
	}
	return &web.ShownError{Err: cause}
}

// wrong puts the sentences for an error into the page, beside the fields where it names any.
func wrong(c *fiber.Ctx, p *view.Admin, err error) {
	printer := web.Printer(c)
	p.Errors = printer.FieldErrors(err)
	if len(p.Errors) == 0 {
		p.Problem = printer.Error(err)
		return
	}
	p.Wrongs = make([]view.Field, 0, len(p.Errors))
	e, _ := errors.AsType[*content.Error](err)
	for _, f := range e.Fields {
		if !slices.ContainsFunc(p.Wrongs, func(w view.Field) bool { return w.Name == f.Field }) {
			p.Wrongs = append(p.Wrongs, view.Field{Name: f.Field, Label: printer.FieldName(f.Field), Error: p.Errors[f.Field]})
		}
	}
}
