package public

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
	"klartext/server/web"
)

// Nothing of what readers send or see in return is kept, here or on the way.
const notKept = "no-store"

func askPath(lang content.Lang) string { return "/" + string(lang) + "/ask" }

func receiptPath(lang content.Lang, receipt string) string {
	return "/" + string(lang) + "/questions/" + receipt
}

// listens tells whether readers can ask and vote here; a copy of the pages on another server cannot.
func (h *Handlers) listens() bool {
	return h.deps.Questions != nil && h.deps.Votes != nil && h.deps.Forms != nil
}

// asked finds the language that an address begins with.
func (h *Handlers) asked(c *fiber.Ctx) (*snapshot, content.Lang, bool) {
	s, err := h.now()
	if err != nil || !h.listens() {
		return nil, "", false
	}
	lang := content.Lang(c.Params("lang"))
	return s, lang, s.site.HasLang(lang)
}

// fresh answers with a page that is made for this request only.
func (h *Handlers) fresh(c *fiber.Ctx, s *snapshot, lang content.Lang, compose func(*desk) (string, any, error)) error {
	return h.send(c, s, &page{keep: notKept, build: h.html(lang, compose)})
}

// question is what a reader wrote into the form, and what was wrong with it.
type question struct {
	text  string
	about *site.Entry // nil where it is about nothing that is there
	wrong error
}

// ShowAsk shows the form for a question.
func (h *Handlers) ShowAsk(c *fiber.Ctx) error {
	s, lang, ok := h.asked(c)
	if !ok {
		return c.Next()
	}
	return h.showAsk(c, s, lang, question{about: s.about(c.Query("about"))})
}

// about finds the entry on whose page a question was asked.
func (s *snapshot) about(slug string) *site.Entry {
	if entry, ok := s.site.Entry(content.FAQ, slug); ok && published(entry) {
		return entry
	}
	return nil
}

func (h *Handlers) showAsk(c *fiber.Ctx, s *snapshot, lang content.Lang, q question) error {
	token, err := h.stampForm()
	if err != nil {
		return err
	}
	if isCode(q.wrong, content.CodeFormFast) {
		token = string(c.Request().PostArgs().Peek("form")) // so that waiting helps
	}
	return h.fresh(c, s, lang, func(d *desk) (string, any, error) {
		page := view.AskPage{
			Public: d.public(d.printer.T("voice.ask_title"), askPath), Text: q.text, Token: token, Action: askPath(d.lang),
			Least: content.MinQuestion, Most: content.MaxQuestion,
		}
		page.Section, page.Canonical = "", ""
		if q.about != nil {
			page.About, _ = d.link(q.about)
			page.Slug = q.about.Slug
		}
		d.refuse(q.wrong, &page.Wrong)
		return "public/ask", page, nil
	})
}

// refuse puts the sentence for what was wrong into the page.
func (d *desk) refuse(wrong error, into *string) {
	if wrong == nil {
		return
	}
	d.status = fiber.StatusUnprocessableEntity
	if isCode(wrong, content.CodeVoicesSlow) {
		d.status = fiber.StatusTooManyRequests
	}
	*into = d.printer.Error(wrong)
	for _, sentence := range d.printer.FieldErrors(wrong) {
		*into = sentence
	}
}

// Ask keeps a question and leads to its receipt.
func (h *Handlers) Ask(c *fiber.Ctx) error {
	s, lang, ok := h.asked(c)
	if !ok {
		return c.Next()
	}
	form, err := h.readVoice(c)
	if err != nil {
		return err
	}
	q := question{text: form.Get("text"), about: s.about(form.Get("about"))}
	receipt, wrong := h.keepQuestion(c, lang, q, form.Get("form"))
	if wrong != nil {
		if !forReader(wrong) {
			return wrong
		}
		q.wrong = wrong
		return h.showAsk(c, s, lang, q)
	}
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderCacheControl, notKept)
	return c.Redirect(receiptPath(lang, receipt), fiber.StatusSeeOther)
}

// readVoice reads a form of a page of this site.
func (h *Handlers) readVoice(c *fiber.Ctx) (web.Form, error) {
	if err := web.CheckForeign(c, h.host); err != nil {
		return web.Form{}, err
	}
	return web.ReadForm(c)
}

func (h *Handlers) keepQuestion(c *fiber.Ctx, lang content.Lang, q question, token string) (string, error) {
	if err := h.checkForm(token); err != nil {
		return "", err
	}
	place := "question " + h.origins.Of(c, h.deps.Proxies, h.deps.Now())
	if err := h.gate.pass(h.deps.Now(), map[string]int{place: questionsOfOne, "questions": questionsOfAll}); err != nil {
		return "", err
	}
	about := ""
	if q.about != nil {
		about = q.about.ID
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), buildTime)
	defer cancel()
	return h.deps.Questions.Ask(ctx, lang, q.text, about)
}

// ShowReceipt shows what became of a question to whoever has its receipt.
func (h *Handlers) ShowReceipt(c *fiber.Ctx) error {
	s, lang, ok := h.asked(c)
	if !ok {
		return c.Next()
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), buildTime)
	defer cancel()
	receipt := c.Params("receipt")
	asked, err := h.deps.Questions.ByReceipt(ctx, receipt)
	if content.KindOf(err) == content.NotFound {
		return c.Next()
	}
	if err != nil {
		return err
	}
	return h.fresh(c, s, lang, func(d *desk) (string, any, error) { return d.receipt(asked, receipt) })
}

func (d *desk) receipt(q content.Question, receipt string) (string, any, error) {
	page := view.ReceiptPage{
		Public:   d.public(d.printer.T("voice.receipt_title"), func(lang content.Lang) string { return receiptPath(lang, receipt) }),
		Question: view.Phrase{Text: q.Text, Lang: d.other(q.Lang)}, Asked: q.Asked, State: string(q.State), Word: view.Phrase{Text: q.Word, Lang: d.other(q.Lang)},
		Decided: q.Decided, URL: d.h.deps.BaseURL + receiptPath(d.lang, receipt),
	}
	page.Section, page.Canonical = "", ""
	if entry, ok := d.site.EntryByID(q.About); ok && published(entry) {
		page.About, _ = d.link(entry)
	}
	if entry, ok := d.site.EntryByID(q.Answer.Entry); ok {
		if meta, there := site.Version(entry, q.Answer.Lang, q.Answer.Version); there {
			page.Answer = view.Link{Text: meta.Title, URL: versionPath(meta.Lang, entry.Entry, meta.Number), Lang: d.other(meta.Lang)}
			page.Version = meta.Number
		}
	}
	return "public/receipt", page, nil
}
