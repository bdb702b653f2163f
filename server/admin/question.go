package admin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ListQuestions shows what readers asked: what is new, or what the address names.
func (h *Handlers) ListQuestions(c *fiber.Ctx) error {
	all, err := h.Questions.List(c.UserContext(), web.Actor(c), "")
	if err != nil {
		return err
	}
	frame, err := h.page(c, "voices", web.Printer(c).T("voices.questions"))
	if err != nil {
		return err
	}
	entries, err := h.Editor.Entries(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	page := view.QuestionsPage{Admin: frame, State: c.Query("state", string(content.QuestionNew))}
	for _, state := range content.QuestionStates() {
		tab := view.QuestionTab{State: string(state)}
		for _, q := range all {
			if q.State != state {
				continue
			}
			tab.Count++
			if tab.State == page.State {
				page.Rows = append(page.Rows, questionRow(q, entries, frame.Lang))
			}
		}
		page.Tabs = append(page.Tabs, tab)
	}
	return h.render(c, "admin/questions", page)
}

func questionRow(q content.Question, entries []content.EntryState, lang content.Lang) view.QuestionRow {
	row := view.QuestionRow{Question: q}
	if about, ok := entryByID(entries, q.About); ok {
		row.About, row.AboutURL = about.Title(lang), publicPath(about.Entry, q.Lang)
	}
	if answer, ok := entryByID(entries, q.Answer.Entry); ok {
		row.AnswerText = answer.Title(q.Answer.Lang)
		row.AnswerURL = publicPath(answer.Entry, q.Answer.Lang) + "/v" + strconv.Itoa(q.Answer.Version)
	}
	return row
}

func entryByID(entries []content.EntryState, id string) (content.EntryState, bool) {
	if i := slices.IndexFunc(entries, func(e content.EntryState) bool { return e.ID == id }); i >= 0 {
		return entries[i], true
	}
	return content.EntryState{}, false
}

// ShowQuestion shows one question with what can be done about it.
func (h *Handlers) ShowQuestion(c *fiber.Ctx) error {
	page, _, err := h.questionPage(c)
	if err != nil {
		return err
	}
	return h.render(c, "admin/question", page)
}

func (h *Handlers) questionPage(c *fiber.Ctx) (view.QuestionPage, []content.EntryState, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	q, err := h.Questions.One(ctx, actor, c.Params("id"))
	if err != nil {
		return view.QuestionPage{}, nil, err
	}
	entries, err := h.Editor.Entries(ctx, actor)
	if err != nil {
		return view.QuestionPage{}, nil, err
	}
	settings, err := h.Site.Settings(ctx)
	if err != nil {
		return view.QuestionPage{}, nil, err
	}
	frame, err := h.page(c, "voices", web.Printer(c).T("voices.question"))
	page := view.QuestionPage{Admin: frame, Row: questionRow(q, entries, frame.Lang), Languages: settings.Languages, Lang: q.Lang}
	for _, entry := range entries {
		if slices.ContainsFunc(entry.Langs, func(l content.LangState) bool { return l.Head.Live() }) {
			page.Entries = append(page.Entries, view.Choice{Value: entry.Slug, Label: entry.Title(frame.Lang)})
		}
		if entry.ID == q.About {
			page.Slug = entry.Slug
		}
	}
	return page, entries, err
}

// AnswerQuestion names the version that answers a question; without a number, the one that readers see now.
func (h *Handlers) AnswerQuestion(c *fiber.Ctx) error {
	return h.decideQuestion(c, func(page *view.QuestionPage, entries []content.EntryState, form web.Form) error {
		page.Slug, page.Version, page.Lang = strings.TrimSpace(form.Get("entry")), strings.TrimSpace(form.Get("version")), content.Lang(form.Get("lang"))
		i := slices.IndexFunc(entries, func(e content.EntryState) bool { return e.Slug == page.Slug })
		if i < 0 {
			return fieldError("entry", content.CodeEntryUnknown)
		}
		ref := content.AnswerRef{Entry: entries[i].ID, Lang: page.Lang, Version: entries[i].Lang(page.Lang).Head.Version}
		if page.Version != "" {
			ref.Version, _ = strconv.Atoi(page.Version) // 0 is no version's number
		}
		_, err := h.Questions.Answer(c.UserContext(), web.Actor(c), page.Row.ID, ref)
		return err
	})
}

// CloseQuestion ends a question with a word to the reader.
func (h *Handlers) CloseQuestion(c *fiber.Ctx) error {
	return h.decideQuestion(c, func(page *view.QuestionPage, _ []content.EntryState, form web.Form) error {
		page.Word = form.Get("word")
		_, err := h.Questions.Close(c.UserContext(), web.Actor(c), page.Row.ID, page.Word)
		return err
	})
}

// ReopenQuestion takes an answer or a word back.
func (h *Handlers) ReopenQuestion(c *fiber.Ctx) error {
	return h.decideQuestion(c, func(page *view.QuestionPage, _ []content.EntryState, _ web.Form) error {
		_, err := h.Questions.Reopen(c.UserContext(), web.Actor(c), page.Row.ID)
		return err
	})
}

func (h *Handlers) decideQuestion(c *fiber.Ctx, decide func(*view.QuestionPage, []content.EntryState, web.Form) error) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	page, entries, err := h.questionPage(c)
	if err != nil {
		return err
	}
	if err := decide(&page, entries, form); err != nil {
		wrong(c, &page.Admin, err)
		return h.again(c, "admin/question", page, err)
	}
	return web.SeeOther(c, "/admin/questions/"+page.Row.ID, "saved")
}
