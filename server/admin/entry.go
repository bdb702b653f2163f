package admin

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// entryDesk is what every page of an entry needs.
type entryDesk struct {
	entry    content.EntryState
	settings content.Settings
	topics   []content.Topic
	open     []content.Change // that are not yet published
	names    map[string]string
}

// loadEntry reads the entry that the address names, and what stands around it.
func (h *Handlers) loadEntry(c *fiber.Ctx, id string) (entryDesk, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	entry, err := h.Editor.Entry(ctx, actor, id)
	if err != nil {
		return entryDesk{}, err
	}
	d := entryDesk{entry: entry}
	if d.settings, err = h.Site.Settings(ctx); err != nil {
		return d, err
	}
	if d.topics, err = h.Editor.Topics(ctx); err != nil {
		return d, err
	}
	if d.open, err = h.openChanges(c); err != nil {
		return d, err
	}
	d.names, err = h.Accounts.Names(ctx, actor)
	return d, err
}

// openChanges lists the changes that are not yet published, drafts first.
func (h *Handlers) openChanges(c *fiber.Ctx) ([]content.Change, error) {
	var open []content.Change
	for _, state := range []content.State{content.Draft, content.InReview, content.Approved, content.Scheduled} {
		list, err := h.Changes.List(c.UserContext(), web.Actor(c), state)
		if err != nil {
			return nil, err
		}
		open = append(open, list...)
	}
	return open, nil
}

// ListEntries shows all entries by topic.
func (h *Handlers) ListEntries(c *fiber.Ctx) error {
	ctx := c.UserContext()
	entries, err := h.Editor.Entries(ctx, web.Actor(c))
	if err != nil {
		return err
	}
	topics, err := h.Editor.Topics(ctx)
	if err != nil {
		return err
	}
	settings, err := h.Site.Settings(ctx)
	if err != nil {
		return err
	}
	page, err := h.page(c, "entries", web.Printer(c).T("entries.title"))
	if err != nil {
		return err
	}
	data := view.EntriesPage{Admin: page, Query: c.Query("q"), Languages: settings.Languages, Total: len(entries)}
	fitting := filterEntries(entries, topics, data.Query)
	data.Shown = len(fitting)
	data.Groups = groupEntries(fitting, topics, settings.Languages, page.Lang)
	return h.render(c, "admin/entries", data)
}

// OpenEntry leads to the first language of an entry.
func (h *Handlers) OpenEntry(c *fiber.Ctx) error {
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	lang := settings.Languages[0]
	if slices.Contains(settings.Languages, web.Lang(c)) {
		lang = web.Lang(c)
	}
	return web.SeeOther(c, textPath(c.Params("id"), lang), "")
}

func textPath(entry string, lang content.Lang) string {
	if lang == content.NoLang {
		return "/admin/entries/" + entry + "/facts"
	}
	return "/admin/entries/" + entry + "/text/" + string(lang)
}

// entryPage fills in what every page of an entry has; current is the tab that is open.
func (h *Handlers) entryPage(c *fiber.Ctx, d entryDesk, current string) (view.Admin, view.EntryHead, error) {
	head := buildHead(d, web.Printer(c), current)
	page, err := h.page(c, "entries", head.Title)
	return page, head, err
}

// spoken names the languages of the site, for a sentence.
func spoken(settings content.Settings, p *locale.Printer) string {
	names := make([]string, len(settings.Languages))
	for i, lang := range settings.Languages {
		names[i] = p.LangName(lang)
	}
	return strings.Join(names, ", ")
}
