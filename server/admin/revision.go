package admin

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// revisionRows lists the revisions of one language of an entry, newest first.
func (h *Handlers) revisionRows(c *fiber.Ctx, d entryDesk, lang content.Lang) ([]view.RevisionRow, error) {
	ctx := c.UserContext()
	revisions, err := h.Editor.Revisions(ctx, web.Actor(c), d.entry.ID, lang)
	if err != nil {
		return nil, err
	}
	versions, err := h.Editor.Versions(ctx, d.entry.ID, lang)
	if err != nil {
		return nil, err
	}
	rows := make([]view.RevisionRow, 0, len(revisions))
	for i, r := range revisions {
		row := revisionRow(d, r, versions)
		row.Newest = i == 0
		rows = append(rows, row)
	}
	return rows, nil
}

func revisionRow(d entryDesk, r content.Revision, versions []content.VersionMeta) view.RevisionRow {
	head := d.entry.Lang(r.Lang).Head
	row := view.RevisionRow{
		ID: r.ID, Number: r.Number, Author: d.names[r.Author], At: r.Created,
		Live: head.Live() && head.Revision == r.ID,
	}
	for _, v := range versions {
		if v.Revision == r.ID {
			row.Version = max(row.Version, v.Number)
		}
	}
	return row
}

// ShowRevision shows one revision whole, and how it differs from what readers see.
func (h *Handlers) ShowRevision(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), web.Actor(c)
	r, err := h.Editor.Revision(ctx, actor, c.Params("id"))
	if err != nil {
		return err
	}
	d, err := h.loadEntry(c, r.Entry)
	if err != nil {
		return err
	}
	versions, err := h.Editor.Versions(ctx, r.Entry, r.Lang)
	if err != nil {
		return err
	}
	tab := string(r.Lang)
	if r.Lang == content.NoLang {
		tab = tabFacts
	}
	page, head, err := h.entryPage(c, d, tab)
	if err != nil {
		return err
	}
	data := view.RevisionPage{Admin: page, Entry: head, Revision: revisionRow(d, r, versions), TextLang: r.Lang, Back: textPath(r.Entry, r.Lang)}
	if newest := d.entry.Lang(r.Lang).Newest; newest != nil {
		data.Base, data.Restore = newest.ID, newest.ID != r.ID
	}
	live := d.entry.Lang(r.Lang).Head
	var before content.Revision
	if live.Version > 0 {
		if before, err = h.Editor.Revision(ctx, actor, live.Revision); err != nil {
			return err
		}
		data.Against = live.Version
	}
	showRevision(&data, d, r, before, web.Printer(c))
	return h.render(c, "admin/revision", data)
}

func showRevision(data *view.RevisionPage, d entryDesk, r, before content.Revision, p *locale.Printer) {
	if r.Lang == content.NoLang {
		data.Tables = factsTables(r.Facts, d.settings.Languages, p)
		data.Facts = factsDiff(before.Facts, r.Facts, d.settings, p)
		return
	}
	data.Parts = compare.Texts(before.Text, r.Text, diffAround)
	data.Shown = view.Preview{Lang: r.Lang, Kind: d.entry.Kind, Text: orEmpty(r.Text), HTML: r.HTML, Draft: r.Number}
}

// RestoreRevision writes an old revision once more, as the newest.
func (h *Handlers) RestoreRevision(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), web.Actor(c)
	r, err := h.Editor.Revision(ctx, actor, c.Params("id"))
	if err != nil {
		return err
	}
	n := content.NewRevision{Entry: r.Entry, Lang: r.Lang, Base: form.Get("base"), Text: r.Text, Facts: r.Facts}
	if r.Lang == content.NoLang {
		_, err = h.Editor.SaveFacts(ctx, actor, n)
	} else {
		_, err = h.Editor.SaveText(ctx, actor, n)
	}
	if _, stale := errors.AsType[*content.StaleError](err); stale {
		return web.SeeOther(c, "/admin/revisions/"+r.ID, "moved_on")
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, textPath(r.Entry, r.Lang), "revision_restored")
}
