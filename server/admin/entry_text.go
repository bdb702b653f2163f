package admin

import (
	"errors"
	"maps"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

const (
	// formLimit is how large a form with a text may be; the server refuses larger ones.
	formLimit = 4 << 20
	emptyRows = 2
)

// ShowText opens the editor for one language of an entry, with its newest draft.
func (h *Handlers) ShowText(c *fiber.Ctx) error {
	d, err := h.loadEntry(c, c.Params("id"))
	if err != nil {
		return err
	}
	lang := content.Lang(c.Params("lang"))
	if !slices.Contains(d.settings.Languages, lang) {
		return content.Fail(content.NotFound, content.CodeLangUnknown, content.Args{"Lang": string(lang), "Languages": spoken(d.settings, web.Printer(c))})
	}
	newest, err := h.newest(c, d.entry.ID, lang)
	if err != nil {
		return err
	}
	data, err := h.textPage(c, d, lang, orEmpty(newest.Text), newest.ID)
	if err != nil {
		return err
	}
	data.Preview = view.Preview{Lang: lang, Kind: d.entry.Kind, Text: orEmpty(newest.Text), HTML: newest.HTML, Draft: newest.Number}
	return h.render(c, "admin/text", data)
}

// newest is the newest revision, or an empty one where nothing was written yet.
func (h *Handlers) newest(c *fiber.Ctx, entry string, lang content.Lang) (content.Revision, error) {
	r, err := h.Editor.NewestRevision(c.UserContext(), web.Actor(c), entry, lang)
	if content.KindOf(err) == content.NotFound {
		return content.Revision{}, nil
	}
	return r, err
}

func orEmpty(w *content.Writing) content.Writing {
	if w == nil {
		return content.Writing{}
	}
	return *w
}

// textPage builds the editor around a text that goes on from the revision base.
func (h *Handlers) textPage(c *fiber.Ctx, d entryDesk, lang content.Lang, text content.Writing, base string) (view.TextPage, error) {
	page, head, err := h.entryPage(c, d, string(lang))
	if err != nil {
		return view.TextPage{}, err
	}
	data := view.TextPage{
		Admin: page, Entry: head, TextLang: lang, Status: langStatus(d.entry.Lang(lang)), MaxBytes: formLimit,
		Form:    buildTextForm(d.entry.Kind, text, base),
		Propose: buildPropose(d, web.Printer(c), lang), TakeDown: buildTakeDown(d, web.Printer(c), lang),
	}
	if d.entry.Lang(lang).Head.Live() {
		data.Public = publicPath(d.entry.Entry, lang)
	}
	if data.Revisions, err = h.revisionRows(c, d, lang); err != nil {
		return data, err
	}
	data.Nonce = web.StyleNonce(c)
	data.Clarity, err = h.clarityPanel(c, page, d, lang, text)
	return data, err
}

func publicPath(e content.Entry, lang content.Lang) string {
	if e.Kind == content.Policy {
		return "/" + string(lang) + "/policies/" + e.Slug
	}
	return "/" + string(lang) + "/faq/" + e.Slug
}

// buildTextForm adds the empty rows that can be filled in without JavaScript.
func buildTextForm(kind content.EntryKind, text content.Writing, base string) view.TextForm {
	f := view.TextForm{
		Base: base, Kind: kind, Text: text,
		Examples: append(slices.Clone(text.Examples), make([]string, emptyRows)...),
		Choices:  append(slices.Clone(text.Choices), make([]content.Choice, emptyRows)...),
		Views:    viewFields("perspectives", text.Perspectives, nil),
	}
	for i, s := range text.Sections {
		f.Sections = append(f.Sections, view.SectionField{Section: s, Number: i + 1})
	}
	f.Sections = append(f.Sections, view.SectionField{New: true})
	return f
}

func viewFields(field string, views []content.Perspective, errs map[string]string) []view.ViewField {
	fields := make([]view.ViewField, 0, len(content.Sides()))
	for _, side := range content.Sides() {
		f := view.ViewField{Side: side, Name: field + "." + string(side)}
		f.Error = errs[f.Name]
		if i := slices.IndexFunc(views, func(v content.Perspective) bool { return v.Side == side }); i >= 0 {
			f.Text = views[i].Text
		}
		fields = append(fields, f)
	}
	return fields
}

// SaveText saves what stands in the editor as a new revision.
func (h *Handlers) SaveText(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	n := content.NewRevision{Entry: d.entry.ID, Lang: content.Lang(c.Params("lang")), Base: form.Get("base")}
	text := readWriting(form)
	n.Text = &text
	if form.Get("conflict") == "edit" {
		return h.previewPage(c, d, n.Lang, text, n.Base)
	}
	saved, err := h.Editor.SaveText(c.UserContext(), web.Actor(c), n)
	if stale, ok := errors.AsType[*content.StaleError](err); ok {
		return h.textConflict(c, d, form, n, stale)
	}
	if err != nil {
		return h.textAgain(c, d, n.Lang, text, n.Base, err)
	}
	if form.Get("conflict") == "theirs" {
		return h.keepTheirs(c, n, saved)
	}
	return web.SeeOther(c, textPath(d.entry.ID, n.Lang), "revision_saved")
}

// openForm reads the entry and the form of a request that writes.
func (h *Handlers) openForm(c *fiber.Ctx) (entryDesk, web.Form, error) {
	form, err := web.ReadForm(c)
	if err != nil {
		return entryDesk{}, form, err
	}
	d, err := h.loadEntry(c, c.Params("id"))
	return d, form, err
}

// textAgain shows the editor with everything that was typed and why it was not accepted.
func (h *Handlers) textAgain(c *fiber.Ctx, d entryDesk, lang content.Lang, text content.Writing, base string, cause error) error {
	cause = renamedViews(cause, "perspectives", text.Perspectives)
	data, err := h.textPage(c, d, lang, text, base)
	if err != nil {
		return errors.Join(cause, err)
	}
	wrong(c, &data.Admin, cause)
	data.Form.Views = viewFields("perspectives", text.Perspectives, data.Errors)
	data.Preview = view.Preview{Lang: lang, Kind: d.entry.Kind}
	return h.again(c, "admin/text", data, cause)
}

// PreviewText shows what stands in the editor as readers would see it, and saves nothing.
func (h *Handlers) PreviewText(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	return h.previewPage(c, d, content.Lang(c.Params("lang")), readWriting(form), form.Get("base"))
}

func (h *Handlers) previewPage(c *fiber.Ctx, d entryDesk, lang content.Lang, text content.Writing, base string) error {
	data, err := h.textPage(c, d, lang, text, base)
	if err != nil {
		return err
	}
	if cause := h.fillPreview(c, &data, text); cause != nil {
		return h.again(c, "admin/text", data, cause)
	}
	return h.render(c, "admin/text", data)
}

// fillPreview renders a text into the page and gives the form the shape that the
// domain gives it, so that errors stand beside their fields.
func (h *Handlers) fillPreview(c *fiber.Ctx, data *view.TextPage, text content.Writing) error {
	shaped, html, err := h.Editor.Preview(c.UserContext(), web.Actor(c), data.Entry.Kind, text)
	err = renamedViews(err, "perspectives", shaped.Perspectives)
	data.Form = buildTextForm(data.Entry.Kind, shaped, data.Form.Base)
	data.Preview = view.Preview{Lang: data.TextLang, Kind: data.Entry.Kind, Text: shaped, HTML: html}
	if err == nil {
		return nil
	}
	wrong(c, &data.Admin, err)
	data.Form.Views = viewFields("perspectives", shaped.Perspectives, data.Errors)
	data.Preview.Problem = data.Problem
	for _, field := range slices.Sorted(maps.Keys(data.Errors)) {
		data.Preview.Problem = data.Errors[field]
	}
	return err
}
