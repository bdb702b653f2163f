package admin

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// SaveChange saves what a change says. It may take the change back to draft.
func (h *Handlers) SaveChange(c *fiber.Ctx) error {
	d, form, err := h.postedChange(c)
	if err != nil {
		return err
	}
	in := readChange(form, d)
	_, err = h.Changes.Update(c.UserContext(), web.Actor(c), d.change.ID, in)
	if err == nil {
		return web.SeeOther(c, changePath(d.change.ID)+"#what", "change_saved")
	}
	mine := written(d.change, in)
	if moved(err) {
		return h.changeConflict(c, d, form, changeFields(d, mine, web.Printer(c)), err)
	}
	for lang, views := range in.Perspectives {
		err = renamedViews(err, "perspectives."+string(lang), views)
	}
	data, pageErr := h.changePage(c, d, true)
	if pageErr != nil {
		return errors.Join(err, pageErr)
	}
	wrong(c, &data.Admin, err)
	data.Edition = in.Edition
	data.Form = changeForm(mine, d.settings.Languages, data.Errors)
	return h.again(c, "admin/change", data, err)
}

// postedChange reads a form of a change, and the change.
func (h *Handlers) postedChange(c *fiber.Ctx) (changeDesk, web.Form, error) {
	form, err := web.ReadForm(c)
	if err != nil {
		return changeDesk{}, form, err
	}
	d, err := h.loadChange(c, c.Params("id"))
	return d, form, err
}

// readChange reads the form of what a change says.
func readChange(form web.Form, d changeDesk) content.ChangeInput {
	slug, date := form.Get("slug"), form.Get("effective_date")
	materiality := content.Materiality(form.Get("materiality"))
	edition, _ := form.Int("edition")
	in := content.ChangeInput{
		Slug: &slug, Title: form.Text("title", d.settings.Languages), Summary: form.Text("summary", d.settings.Languages),
		Why: form.Text("why", d.settings.Languages), Materiality: &materiality, EffectiveDate: &date, Edition: edition,
	}
	views := map[content.Lang][]content.Perspective{}
	for _, lang := range d.settings.Languages {
		if said := readViews(form, "perspectives."+string(lang)); len(said) > 0 {
			views[lang] = said
		}
	}
	if len(views) > 0 || len(d.change.Perspectives) > 0 {
		in.Perspectives = views // nil leaves nothing as it is, so that the hash stays
	}
	return in
}

// written is the change as the form would leave it.
func written(c content.Change, in content.ChangeInput) content.Change {
	c.Slug, c.Title, c.Summary, c.Why = *in.Slug, in.Title, in.Summary, in.Why
	c.Materiality, c.EffectiveDate = *in.Materiality, content.Date(*in.EffectiveDate)
	c.Perspectives = in.Perspectives
	return c
}

// changeConflict shows what somebody else wrote into the change in between, beside mine.
func (h *Handlers) changeConflict(c *fiber.Ctx, d changeDesk, form web.Form, fields []view.ConflictField, cause error) error {
	p := web.Printer(c)
	page, err := h.page(c, "changes", changeHeading(d.change, p))
	if err != nil {
		return errors.Join(cause, err)
	}
	data := view.ChangeConflictPage{
		Admin: page, ID: d.change.ID, Heading: page.Title, Fields: fields, Action: c.Path(),
		Hidden: append(carried(form), view.Kept{Name: "edition", Value: strconv.Itoa(d.change.Edition)}),
	}
	return h.again(c, "admin/change_conflict", data, cause)
}

// changeFields lists the fields in which mine differs from what stands there now.
func changeFields(d changeDesk, mine content.Change, p *locale.Printer) []view.ConflictField {
	var list fieldList
	for _, lang := range d.settings.Languages {
		list.add(p.T("change.field_title"), lang, d.change.Title[lang], mine.Title[lang])
		list.add(p.T("change.field_summary"), lang, d.change.Summary[lang], mine.Summary[lang])
		list.add(p.T("change.field_why"), lang, d.change.Why[lang], mine.Why[lang])
		for _, side := range content.Sides() {
			list.add(p.T("editor.side_"+string(side)), lang, sideText(d.change.Perspectives[lang], side), sideText(mine.Perspectives[lang], side))
		}
	}
	list.add(p.T("change.field_materiality"), content.NoLang, p.T("change."+string(d.change.Materiality)), p.T("change."+string(mine.Materiality)))
	list.add(p.T("change.field_effective"), content.NoLang, p.Day(d.change.EffectiveDate), p.Day(mine.EffectiveDate))
	list.add(p.T("change.field_slug"), content.NoLang, d.change.Slug, mine.Slug)
	return list
}

type fieldList []view.ConflictField

func (l *fieldList) add(label string, lang content.Lang, theirs, mine string) {
	theirs, mine = strings.TrimSpace(theirs), strings.TrimSpace(mine)
	if theirs == mine {
		return
	}
	*l = append(*l, view.ConflictField{Label: label, Lang: lang, Parts: compare.Texts(
		&content.Writing{Body: theirs}, &content.Writing{Body: mine}, diffAround)})
}

func sideText(views []content.Perspective, side content.Side) string {
	for _, v := range views {
		if v.Side == side {
			return v.Text
		}
	}
	return ""
}
