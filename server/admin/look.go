package admin

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// blankLinks are offered below the links at the foot that are there.
const blankLinks = 2

// ShowLook shows the front page's first answers, colours, texts and the logo.
func (h *Handlers) ShowLook(c *fiber.Ctx) error {
	if err := web.Actor(c).May(content.ManageSettings); err != nil {
		return web.SeeOther(c, "/admin/account", "")
	}
	page, err := h.lookPage(c)
	if err != nil {
		return err
	}
	return h.render(c, "admin/look", page)
}

func (h *Handlers) lookPage(c *fiber.Ctx) (view.LookPage, error) {
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return view.LookPage{}, err
	}
	entries, err := h.Editor.Entries(c.UserContext(), web.Actor(c))
	if err != nil {
		return view.LookPage{}, err
	}
	frame, err := h.page(c, "settings", web.Printer(c).T("look.title"))
	page := view.LookPage{Admin: frame, Languages: settings.Languages, Look: settings.Look, Featured: make([]string, content.MaxFeatured), Theme: h.Views.ThemeInUse()}
	for _, entry := range entries {
		if entry.Kind != content.FAQ {
			continue
		}
		page.Entries = append(page.Entries, view.Choice{Value: entry.Slug, Label: entry.Title(frame.Lang)})
		if i := slices.Index(settings.Featured, entry.ID); i >= 0 {
			page.Featured[i] = entry.Slug
		}
	}
	page.Links = slices.Concat(settings.Look.Links, make([]content.FooterLink, blankLinks))
	if logo := settings.Look.Logo; logo != nil {
		page.LogoURL = "/logo/" + logo.Hash + ".png"
	}
	return page, err
}

// SaveLook changes all of it but the logo.
func (h *Handlers) SaveLook(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	page, err := h.lookPage(c)
	if err != nil {
		return err
	}
	page.Look, page.Links = readLook(form, page.Languages)
	ids, places, err := h.readFeatured(c, form, &page)
	if err == nil {
		_, err = h.Site.Update(c.UserContext(), web.Actor(c), func(s *content.Settings) { s.Featured, s.Look = ids, page.Look })
		err = eachField(err, func(f content.FieldError) content.FieldError { return atPlace(f, places) })
	}
	if err == nil {
		return web.SeeOther(c, "/admin/look", "saved")
	}
	wrong(c, &page.Admin, err)
	return h.again(c, "admin/look", page, err)
}

// readFeatured finds the entries by what was chosen; places says in which field each stood.
func (h *Handlers) readFeatured(c *fiber.Ctx, form web.Form, page *view.LookPage) (ids []string, places []int, err error) {
	entries, err := h.Editor.Entries(c.UserContext(), web.Actor(c))
	if err != nil {
		return nil, nil, err
	}
	var wrong []content.FieldError
	for i := range page.Featured {
		field := "featured." + strconv.Itoa(i)
		slug := strings.TrimSpace(form.Get(field))
		page.Featured[i] = slug
		if slug == "" {
			continue
		}
		at := slices.IndexFunc(entries, func(e content.EntryState) bool { return e.Kind == content.FAQ && e.Slug == slug })
		if at < 0 {
			wrong = append(wrong, content.FieldError{Field: field, Code: content.CodeEntryUnknown, Args: content.Args{"Value": slug}})
			continue
		}
		ids, places = append(ids, entries[at].ID), append(places, i)
	}
	if len(wrong) > 0 {
		return nil, nil, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: wrong}
	}
	return ids, places, nil
}

// atPlace gives an error about a chosen entry to the field in which it stood: blank ones were left out.
func atPlace(f content.FieldError, places []int) content.FieldError {
	if number, ok := strings.CutPrefix(f.Field, "featured."); ok {
		if i, err := strconv.Atoi(number); err == nil && i < len(places) {
			f.Field = "featured." + strconv.Itoa(places[i])
		}
	}
	return f
}

// readLook reads the form; links keeps blank ones, so that each stays in its place when something is wrong.
func readLook(form web.Form, langs []content.Lang) (look content.Look, links []content.FooterLink) {
	look = content.Look{
		Accent: content.Colour(form.Get("look.accent")), AccentDark: content.Colour(form.Get("look.accent_dark")),
		Headline: form.Text("look.headline", langs), Lead: form.Text("look.lead", langs), Note: form.Text("look.note", langs),
		Contact: form.Text("look.contact", langs), Officer: form.Text("look.officer", langs), Imprint: form.Text("look.imprint", langs),
	}
	for i := 0; form.Has("look.links." + strconv.Itoa(i) + ".label." + string(langs[0])); i++ {
		field := "look.links." + strconv.Itoa(i)
		link := content.FooterLink{Label: form.Text(field+".label", langs), URL: form.Text(field+".url", langs)}
		if len(filled(link.Label))+len(filled(link.URL)) > 0 {
			links = append(links, link)
		}
	}
	look.Links = links
	return look, slices.Concat(links, make([]content.FooterLink, blankLinks))
}

// SaveLogo takes a new logo, or takes the old one away.
func (h *Handlers) SaveLogo(c *fiber.Ctx) error {
	raw, err := web.ReadFile(c, "logo")
	if err == nil && len(raw) == 0 {
		err = fieldError("logo", content.CodeRequired)
	}
	return h.setLogo(c, raw, err)
}

// RemoveLogo takes the logo away.
func (h *Handlers) RemoveLogo(c *fiber.Ctx) error { return h.setLogo(c, nil, nil) }

func (h *Handlers) setLogo(c *fiber.Ctx, raw []byte, err error) error {
	if err == nil {
		_, err = h.Site.SetLogo(c.UserContext(), web.Actor(c), raw)
	}
	if err == nil {
		return web.SeeOther(c, "/admin/look", "saved")
	}
	page, pageErr := h.lookPage(c)
	if pageErr != nil {
		return errors.Join(err, pageErr)
	}
	wrong(c, &page.Admin, err)
	return h.again(c, "admin/look", page, err)
}
