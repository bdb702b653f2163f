package admin

import (
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

func glossaryPath(lang content.Lang) string { return "/admin/glossary?lang=" + string(lang) }

// ListTerms shows the glossary in one language, to edit and to take built-in terms over.
func (h *Handlers) ListTerms(c *fiber.Ctx) error {
	data, err := h.termsPage(c, content.Lang(c.Query("lang")))
	if err != nil {
		return err
	}
	return h.render(c, "admin/glossary", data)
}

func (h *Handlers) termsPage(c *fiber.Ctx, lang content.Lang) (view.TermsPage, error) {
	ctx, p := c.UserContext(), web.Printer(c)
	page, err := h.page(c, "entries", p.T("glossary.title"))
	if err != nil {
		return view.TermsPage{}, err
	}
	settings, err := h.Site.Settings(ctx)
	if err != nil {
		return view.TermsPage{}, err
	}
	if !slices.Contains(settings.Languages, lang) {
		if lang = p.Lang; !slices.Contains(settings.Languages, lang) {
			lang = settings.Languages[0]
		}
	}
	terms, err := h.Glossary.Terms(ctx, content.NoLang)
	if err != nil {
		return view.TermsPage{}, err
	}
	data := view.TermsPage{Admin: page, TermLang: lang, Public: "/" + string(lang) + "/glossary", MayEdit: web.Actor(c).May(content.EditGlossary) == nil}
	for _, l := range settings.Languages {
		data.Tabs = append(data.Tabs, view.Filter{Href: glossaryPath(l), Label: p.LangName(l), Count: len(content.TermsIn(terms, l)), Current: l == lang})
	}
	for _, t := range content.TermsIn(terms, lang) {
		data.Terms = append(data.Terms, termForm(t))
	}
	data.Starters, err = h.Glossary.Starters(ctx, web.Actor(c), lang)
	return data, err
}

func termForm(t content.Term) view.TermForm {
	return view.TermForm{
		ID: t.ID, Edition: t.Edition, Term: t.Term, Forms: strings.Join(t.Forms, ", "), Explanation: t.Explanation, Example: t.Example, Anchor: t.Anchor(),
	}
}

func readTerm(form web.Form) content.Term {
	return content.Term{
		Lang: content.Lang(form.Get("lang")), Term: form.Get("term"), Forms: wordsIn(form.Get("forms")),
		Explanation: form.Get("explanation"), Example: form.Get("example"),
	}
}

// CreateTerm explains a term.
func (h *Handlers) CreateTerm(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	t := readTerm(form)
	made, err := h.Glossary.Create(c.UserContext(), web.Actor(c), t)
	if err != nil {
		return h.termAgain(c, t.Lang, "new", t, 0, err)
	}
	return web.SeeOther(c, glossaryPath(t.Lang)+"#"+made.Anchor(), "term_saved")
}

// SaveTerm changes a term or takes it out.
func (h *Handlers) SaveTerm(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, actor, id, asked := c.UserContext(), web.Actor(c), c.Params("id"), readTerm(form)
	if form.Get("do") == "delete" {
		if err := h.Glossary.Delete(ctx, actor, id); err != nil {
			return err
		}
		return web.SeeOther(c, glossaryPath(asked.Lang), "term_deleted")
	}
	edition, _ := form.Int("edition")
	saved, err := h.Glossary.Update(ctx, actor, id, edition, func(t *content.Term) {
		t.Term, t.Forms, t.Explanation, t.Example = asked.Term, asked.Forms, asked.Explanation, asked.Example
	})
	if content.KindOf(err) == content.NotFound {
		return err
	}
	if err != nil {
		return h.termAgain(c, asked.Lang, id, asked, edition, err)
	}
	return web.SeeOther(c, glossaryPath(asked.Lang)+"#"+saved.Anchor(), "term_saved")
}

// termAgain shows the form that was not accepted, with what was typed.
func (h *Handlers) termAgain(c *fiber.Ctx, lang content.Lang, id string, typed content.Term, edition int, cause error) error {
	data, err := h.termsPage(c, lang)
	if err != nil {
		return errors.Join(cause, err)
	}
	data.Open = id
	form := termForm(typed)
	form.ID, form.Edition = id, edition
	if id == "new" {
		data.New = form
	}
	for i := range data.Terms {
		if data.Terms[i].ID == id {
			data.Terms[i] = form
		}
	}
	wrong(c, &data.Admin, cause)
	return h.again(c, "admin/glossary", data, cause)
}

// AdoptTerms takes built-in terms over.
func (h *Handlers) AdoptTerms(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	lang := content.Lang(form.Get("lang"))
	if _, err := h.Glossary.Adopt(c.UserContext(), web.Actor(c), lang, append([]string{}, form.All("term")...)); err != nil {
		return err
	}
	return web.SeeOther(c, glossaryPath(lang), "terms_adopted")
}

// BackToGlossary leads from the address of a form back to its page.
func (h *Handlers) BackToGlossary(c *fiber.Ctx) error { return web.SeeOther(c, "/admin/glossary", "") }
