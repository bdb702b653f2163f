package admin

import (
	"github.com/gofiber/fiber/v2"

	"klartext/server/view"
	"klartext/server/web"

	"klartext/content"
)

// ShowEntrySettings shows the address and the topic of an entry.
func (h *Handlers) ShowEntrySettings(c *fiber.Ctx) error {
	d, err := h.loadEntry(c, c.Params("id"))
	if err != nil {
		return err
	}
	data, err := h.entrySettingsPage(c, d)
	if err != nil {
		return err
	}
	data.Slug, data.Topic, data.Place = d.entry.Slug, d.entry.Topic, d.entry.Position
	return h.render(c, "admin/entry_settings", data)
}

func (h *Handlers) entrySettingsPage(c *fiber.Ctx, d entryDesk) (view.EntrySettingsPage, error) {
	page, head, err := h.entryPage(c, d, tabSettings)
	return view.EntrySettingsPage{Admin: page, Entry: head, Topics: topicOptions(d.topics, page.Lang)}, err
}

// SaveEntrySettings changes address, topic and place of an entry at once: they are not part of a change.
func (h *Handlers) SaveEntrySettings(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	place, isNumber := form.Int("position")
	if !isNumber {
		place = d.entry.Position
		err = &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
			{Field: "position", Code: codeCountForm, Args: content.Args{"Value": form.Get("position")}},
		}}
	} else {
		err = h.moveEntry(c, d.entry.ID, form, place)
	}
	if err != nil {
		data, pageErr := h.entrySettingsPage(c, d)
		if pageErr != nil {
			return pageErr
		}
		data.Slug, data.Topic, data.Place = form.Get("slug"), form.Get("topic"), place
		wrong(c, &data.Admin, err)
		return h.again(c, "admin/entry_settings", data, err)
	}
	return web.SeeOther(c, "/admin/entries/"+d.entry.ID+"/settings", "entry_saved")
}

func (h *Handlers) moveEntry(c *fiber.Ctx, id string, form web.Form, place int) error {
	_, err := h.Editor.UpdateEntry(c.UserContext(), web.Actor(c), id, func(e *content.Entry) {
		e.Slug, e.Topic, e.Position = form.Get("slug"), form.Get("topic"), place
	})
	return err
}
