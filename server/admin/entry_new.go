package admin

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// NewEntry shows the form for a new entry or policy.
func (h *Handlers) NewEntry(c *fiber.Ctx) error {
	data, err := h.entryNewPage(c)
	if err != nil {
		return err
	}
	data.Topic = c.Query("topic")
	return h.render(c, "admin/entry_new", data)
}

func (h *Handlers) entryNewPage(c *fiber.Ctx) (view.EntryNewPage, error) {
	page, err := h.page(c, "entries", web.Printer(c).T("entry_new.title"))
	if err != nil {
		return view.EntryNewPage{}, err
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return view.EntryNewPage{}, err
	}
	topics, err := h.Editor.Topics(c.UserContext())
	return view.EntryNewPage{
		Admin: page, Languages: settings.Languages, Kind: content.FAQ, Topics: topicOptions(topics, page.Lang),
	}, err
}

// CreateEntry makes an entry with its first drafts: the questions that were typed.
func (h *Handlers) CreateEntry(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	data, err := h.entryNewPage(c)
	if err != nil {
		return err
	}
	data.Kind, data.Slug, data.Topic = content.EntryKind(form.Get("kind")), form.Get("slug"), form.Get("topic")
	data.Titles = form.Text("title", data.Languages)
	data.NewTopic = filled(form.Text("new_topic", data.Languages))
	entry, err := h.createEntry(c.UserContext(), web.Actor(c), &data)
	if err != nil {
		if topics, topicsErr := h.Editor.Topics(c.UserContext()); topicsErr == nil {
			data.Topics = topicOptions(topics, data.Lang)
		}
		wrong(c, &data.Admin, err)
		return h.again(c, "admin/entry_new", data, err)
	}
	lang := firstFilled(data.Titles, data.Languages)
	return web.SeeOther(c, textPath(entry.ID, lang), "entry_created")
}

// createEntry writes topic, entry and titles. A topic that was made stays made,
// and the form then has it chosen, so that a second try does not make it twice.
func (h *Handlers) createEntry(ctx context.Context, actor content.Actor, data *view.EntryNewPage) (content.Entry, error) {
	titles := filled(data.Titles)
	if err := checkNewEntry(data, titles); err != nil {
		return content.Entry{}, err
	}
	for lang, title := range titles { // before anything is made, so that nothing stays half made
		if _, _, err := h.Editor.Preview(ctx, actor, content.FAQ, content.Writing{Title: title}); err != nil {
			return content.Entry{}, renamed(err, "title", "title."+string(lang))
		}
	}
	if len(data.NewTopic) > 0 {
		topic, err := h.createTopic(ctx, actor, data.NewTopic, "")
		if err != nil {
			return content.Entry{}, renamed(err, "title", "new_topic")
		}
		data.Topic, data.NewTopic = topic.ID, nil
	}
	slug := data.Slug
	if slug == "" {
		title, _ := titles.In("en", data.Languages...)
		slug = content.Slug(title)
	}
	entry, err := h.createFreeEntry(ctx, actor, content.Entry{Kind: data.Kind, Slug: slug, Topic: data.Topic}, data.Slug != "")
	if err != nil {
		return content.Entry{}, err
	}
	for _, lang := range data.Languages {
		if titles[lang] == "" {
			continue
		}
		_, err := h.Editor.SaveText(ctx, actor, content.NewRevision{Entry: entry.ID, Lang: lang, Text: &content.Writing{Title: titles[lang]}})
		if err != nil {
			return content.Entry{}, renamed(err, "title", "title."+string(lang))
		}
	}
	return entry, nil
}

// codeTopicNeeded says how to mend what the domain would only call missing.
const codeTopicNeeded content.Code = "topic_needed"

// checkNewEntry tells at once all that was left out.
func checkNewEntry(data *view.EntryNewPage, titles content.Text) error {
	var missing []content.FieldError
	if len(titles) == 0 {
		missing = append(missing, content.FieldError{Field: "title." + string(data.Languages[0]), Code: content.CodeRequired})
	}
	if data.Kind == content.FAQ && data.Topic == "" && len(data.NewTopic) == 0 {
		missing = append(missing, content.FieldError{Field: "topic", Code: codeTopicNeeded})
	}
	if len(missing) == 0 {
		return nil
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: missing}
}

// maxSlugTries bounds the search for an address that is free.
const maxSlugTries = 50

// createFreeEntry finds a free address where the person did not choose one.
func (h *Handlers) createFreeEntry(ctx context.Context, actor content.Actor, entry content.Entry, chosen bool) (content.Entry, error) {
	base := entry.Slug
	for n := 1; ; n++ {
		if n > 1 {
			entry.Slug = fmt.Sprintf("%s-%d", base, n)
		}
		made, err := h.Editor.CreateEntry(ctx, actor, entry)
		if err == nil || chosen || n >= maxSlugTries || !isCode(err, content.CodeSlugTaken) {
			return made, err
		}
	}
}
