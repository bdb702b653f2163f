package admin

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowSettings shows the site's settings.
func (h *Handlers) ShowSettings(c *fiber.Ctx) error {
	if err := web.Actor(c).May(content.ManageSettings); err != nil {
		return web.SeeOther(c, "/admin/account", "")
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	page, err := h.settingsPage(c, settings, strconv.Itoa(settings.ApprovalsRequired), joined(settings.Languages))
	if err != nil {
		return err
	}
	return h.render(c, "admin/settings", page)
}

func (h *Handlers) settingsPage(c *fiber.Ctx, s content.Settings, approvals, languages string) (view.SettingsPage, error) {
	frame, err := h.page(c, "settings", web.Printer(c).T("settings.title"))
	page := view.SettingsPage{Admin: frame, Languages: languages, TimeZone: s.TimeZone, Zones: zones(), Approvals: approvals, TrustPages: s.TrustPages, ShowLag: s.ShowLag}
	for _, lang := range s.Languages {
		page.SiteNames = append(page.SiteNames, view.NameIn{Lang: lang, Text: s.SiteName[lang]})
	}
	return page, err
}

// SaveSettings changes the site's settings.
func (h *Handlers) SaveSettings(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	asked := readSettings(form)
	_, cause := h.Site.Update(c.UserContext(), web.Actor(c), func(s *content.Settings) {
		s.SiteName, s.Languages, s.TimeZone, s.ApprovalsRequired = asked.SiteName, asked.Languages, asked.TimeZone, asked.ApprovalsRequired
		s.TrustPages = asked.TrustPages
		s.ShowLag = asked.ShowLag
	})
	if cause == nil {
		return web.SeeOther(c, "/admin/settings", "saved")
	}
	page, err := h.settingsPage(c, asked, form.Get("approvals_required"), form.Get("languages"))
	if err != nil {
		return err
	}
	wrong(c, &page.Admin, cause)
	gather(&page.Admin, "languages")
	if page.Errors["languages"] != "" {
		if err := h.keepNames(c, &page, form); err != nil {
			return errors.Join(cause, err)
		}
	}
	return h.again(c, "admin/settings", page, cause)
}

// keepNames shows the names as they were typed, in the languages that the form had: those
// that were asked for are none, and must not take the names with them.
func (h *Handlers) keepNames(c *fiber.Ctx, page *view.SettingsPage, form web.Form) error {
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	names := form.Text("site_name", settings.Languages)
	page.SiteNames = nil
	for _, lang := range settings.Languages {
		page.SiteNames = append(page.SiteNames, view.NameIn{Lang: lang, Text: names[lang]})
	}
	ofNames := func(field string) bool { return field == "site_name" || strings.HasPrefix(field, "site_name.") }
	page.Wrongs = slices.DeleteFunc(page.Wrongs, func(w view.Field) bool { return ofNames(w.Name) })
	maps.DeleteFunc(page.Errors, func(field, _ string) bool { return ofNames(field) })
	return nil
}

func readSettings(form web.Form) content.Settings {
	s := content.Settings{Languages: languages(form.Get("languages")), TimeZone: strings.TrimSpace(form.Get("time_zone")), ApprovalsRequired: -1}
	s.ShowLag = form.Get("show_language_lag") != ""
	// A name in a language that is taken away goes with it.
	s.SiteName = form.Text("site_name", s.Languages)
	if n, ok := form.Int("approvals_required"); ok {
		s.ApprovalsRequired = n
	}
	s.TrustPages = form.Bool("trust_pages")
	return s
}

// languages reads "de, en" as people write lists.
func languages(list string) []content.Lang {
	var langs []content.Lang
	for _, word := range strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) }) {
		langs = append(langs, content.Lang(word))
	}
	return langs
}

func joined(langs []content.Lang) string {
	words := make([]string, len(langs))
	for i, lang := range langs {
		words[i] = string(lang)
	}
	return strings.Join(words, ", ")
}

// gather puts the errors of "languages.0", "languages.1" to the one field that the form has for them.
func gather(page *view.Admin, field string) {
	var rest []view.Field
	var one view.Field
	for _, w := range page.Wrongs {
		if !strings.HasPrefix(w.Name, field+".") {
			rest = append(rest, w)
			continue
		}
		delete(page.Errors, w.Name)
		one = view.Field{Name: field, Label: w.Label, Error: strings.TrimSpace(one.Error + " " + w.Error)}
	}
	if one.Name != "" {
		page.Errors[field] = one.Error
		page.Wrongs = append([]view.Field{one}, rest...)
	}
}

// zones are offered while typing; any other that exists is taken too.
func zones() []string {
	return []string{
		"Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Amsterdam", "Europe/Brussels", "Europe/Paris", "Europe/Madrid", "Europe/Rome",
		"Europe/Warsaw", "Europe/Prague", "Europe/Copenhagen", "Europe/Stockholm", "Europe/Helsinki", "Europe/Lisbon", "Europe/Dublin", "Europe/London",
		"America/New_York", "America/Chicago", "America/Los_Angeles", "UTC",
	}
}
