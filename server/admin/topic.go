package admin

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ListTopics shows the topics, to name and to order.
func (h *Handlers) ListTopics(c *fiber.Ctx) error {
	data, err := h.topicsPage(c)
	if err != nil {
		return err
	}
	return h.render(c, "admin/topics", data)
}

func (h *Handlers) topicsPage(c *fiber.Ctx) (view.TopicsPage, error) {
	ctx := c.UserContext()
	page, err := h.page(c, "entries", web.Printer(c).T("topics.title"))
	if err != nil {
		return view.TopicsPage{}, err
	}
	settings, err := h.Site.Settings(ctx)
	if err != nil {
		return view.TopicsPage{}, err
	}
	topics, err := h.Editor.Topics(ctx)
	if err != nil {
		return view.TopicsPage{}, err
	}
	entries, err := h.Editor.Entries(ctx, web.Actor(c))
	if err != nil {
		return view.TopicsPage{}, err
	}
	data := view.TopicsPage{Admin: page, Languages: settings.Languages}
	for i, t := range topics {
		row := view.TopicRow{Topic: t, Label: topicTitle(t, page.Lang), First: i == 0, Last: i == len(topics)-1}
		for _, e := range entries {
			if e.Topic == t.ID {
				row.Entries++
			}
		}
		data.Topics = append(data.Topics, row)
	}
	return data, nil
}

// CreateTopic makes a topic.
func (h *Handlers) CreateTopic(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	data, err := h.topicsPage(c)
	if err != nil {
		return err
	}
	data.New, data.NewSlug = form.Text("title", data.Languages), form.Get("slug")
	if _, err := h.createTopic(c.UserContext(), web.Actor(c), data.New, data.NewSlug); err != nil {
		err = renamed(err, "title", "title."+string(data.Languages[0]))
		wrong(c, &data.Admin, err)
		return h.again(c, "admin/topics", data, err)
	}
	return web.SeeOther(c, "/admin/topics", "topic_created")
}

// createTopic makes a topic at the end of the list. Without a slug it finds a free one by the title.
func (h *Handlers) createTopic(ctx context.Context, actor content.Actor, title content.Text, slug string) (content.Topic, error) {
	topics, err := h.Editor.Topics(ctx)
	if err != nil {
		return content.Topic{}, err
	}
	topic := content.Topic{Slug: slug, Title: filled(title)}
	for _, t := range topics {
		topic.Position = max(topic.Position, t.Position+1)
	}
	if len(topic.Title) == 0 {
		return content.Topic{}, fieldError("title", content.CodeRequired)
	}
	if slug == "" {
		words, _ := topic.Title.In("en")
		topic.Slug = freeSlug(content.Slug(words), topics)
	}
	return h.Editor.CreateTopic(ctx, actor, topic)
}

func freeSlug(base string, topics []content.Topic) string {
	slug := base
	for n := 2; slices.ContainsFunc(topics, func(t content.Topic) bool { return t.Slug == slug }); n++ {
		slug = fmt.Sprintf("%s-%d", base, n)
	}
	return slug
}

// SaveTopic names a topic anew.
func (h *Handlers) SaveTopic(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	data, err := h.topicsPage(c)
	if err != nil {
		return err
	}
	id, title := c.Params("id"), form.Text("title", data.Languages)
	_, err = h.Editor.UpdateTopic(c.UserContext(), web.Actor(c), id, func(t *content.Topic) {
		t.Title, t.Slug = title, form.Get("slug")
	})
	if content.KindOf(err) == content.NotFound {
		return err
	}
	if err != nil {
		data.Open = id
		for i := range data.Topics {
			if data.Topics[i].ID == id {
				data.Topics[i].Title, data.Topics[i].Slug = title, form.Get("slug")
			}
		}
		wrong(c, &data.Admin, err)
		return h.again(c, "admin/topics", data, err)
	}
	return web.SeeOther(c, "/admin/topics", "topic_saved")
}

// MoveTopic puts a topic one place up or down.
func (h *Handlers) MoveTopic(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), web.Actor(c)
	topics, err := h.Editor.Topics(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(topics, func(t content.Topic) bool { return t.ID == c.Params("id") })
	if at < 0 {
		return content.Fail(content.NotFound, content.CodeTopicUnknown, content.Args{"Value": c.Params("id")})
	}
	to := at + 1
	if form.Get("to") == "up" {
		to = at - 1
	}
	if to >= 0 && to < len(topics) {
		topics[at], topics[to] = topics[to], topics[at]
	}
	for place, t := range topics {
		if t.Position == place+1 {
			continue
		}
		if _, err := h.Editor.UpdateTopic(ctx, actor, t.ID, func(t *content.Topic) { t.Position = place + 1 }); err != nil {
			return err
		}
	}
	return web.SeeOther(c, "/admin/topics#topic-"+c.Params("id"), "")
}
