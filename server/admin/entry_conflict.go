package admin

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/view"
	"klartext/server/web"
)

// diffAround is how many unchanged blocks stand beside each difference.
const diffAround = 1

// textConflict shows both texts where somebody else saved in between.
func (h *Handlers) textConflict(c *fiber.Ctx, d entryDesk, form web.Form, mine content.NewRevision, stale *content.StaleError) error {
	data, err := h.conflictPage(c, d, form, mine.Lang, stale)
	if err != nil {
		return errors.Join(stale, err)
	}
	theirs := stale.Newest
	data.Parts = compare.Texts(theirs.Text, mine.Text, diffAround)
	data.TheirsIs = view.Preview{Lang: mine.Lang, Kind: d.entry.Kind, Text: orEmpty(theirs.Text), HTML: theirs.HTML, Draft: theirs.Number}
	shaped, html, _ := h.Editor.Preview(c.UserContext(), web.Actor(c), d.entry.Kind, *mine.Text) // was good enough to save
	data.MineIs = view.Preview{Lang: mine.Lang, Kind: d.entry.Kind, Text: shaped, HTML: html}
	return h.again(c, "admin/text_conflict", data, stale)
}

// factsConflict is textConflict for facts.
func (h *Handlers) factsConflict(c *fiber.Ctx, d entryDesk, form web.Form, mine content.NewRevision, stale *content.StaleError) error {
	data, err := h.conflictPage(c, d, form, content.NoLang, stale)
	if err != nil {
		return errors.Join(stale, err)
	}
	data.Facts = factsDiff(stale.Newest.Facts, mine.Facts, d.settings, web.Printer(c))
	return h.again(c, "admin/text_conflict", data, stale)
}

func (h *Handlers) conflictPage(c *fiber.Ctx, d entryDesk, form web.Form, lang content.Lang, stale *content.StaleError) (view.TextConflictPage, error) {
	tab := string(lang)
	if lang == content.NoLang {
		tab = tabFacts
	}
	page, head, err := h.entryPage(c, d, tab)
	return view.TextConflictPage{
		Admin: page, Entry: head, TextLang: lang,
		Theirs: view.RevisionRow{ID: stale.Newest.ID, Number: stale.Newest.Number, Author: d.names[stale.Newest.Author], At: stale.Newest.Created},
		Action: c.Path(), Fields: carried(form), Back: textPath(d.entry.ID, lang),
	}, err
}

// carried lists the fields of a form, to send them once more.
func carried(form web.Form) []view.Kept {
	var fields []view.Kept
	for _, name := range form.Names() {
		switch name {
		case web.CSRFField, "base", "conflict", "edition":
			continue
		}
		for _, value := range form.All(name) {
			fields = append(fields, view.Kept{Name: name, Value: value})
		}
	}
	return fields
}

// keepTheirs saves the other person's text once more on top of mine, which was
// saved just now: theirs is the newest, mine stays among the revisions.
func (h *Handlers) keepTheirs(c *fiber.Ctx, n content.NewRevision, mine content.Revision) error {
	ctx, actor := c.UserContext(), web.Actor(c)
	theirs, err := h.Editor.Revision(ctx, actor, n.Base)
	if err != nil {
		return err
	}
	n.Base, n.Text, n.Facts = mine.ID, theirs.Text, theirs.Facts
	if n.Lang == content.NoLang {
		_, err = h.Editor.SaveFacts(ctx, actor, n)
	} else {
		_, err = h.Editor.SaveText(ctx, actor, n)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, textPath(n.Entry, n.Lang), "theirs_kept")
}
