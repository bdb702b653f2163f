package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/web"
)

// ListTopics lists the topics in their order; for strangers those that have something to read.
func (h *Handlers) ListTopics(c *fiber.Ctx) error {
	if !insider(c) {
		v, err := h.readers()
		if err != nil {
			return err
		}
		return sendList(c, readableTopics(v), topicID, topicOf)
	}
	topics, err := h.Editor.Topics(c.UserContext())
	if err != nil {
		return err
	}
	return sendList(c, topics, topicID, topicOf)
}

func readableTopics(v *site.Value) []content.Topic {
	var topics []content.Topic
	for _, topic := range v.Topics() {
		if len(v.Entries(topic.ID)) > 0 {
			topics = append(topics, topic)
		}
	}
	return topics
}

func topicID(t content.Topic) string { return t.ID }

func topicOf(t content.Topic) content.Topic {
	t.Created = stamp(t.Created)
	return t
}

type topicInput struct {
	Slug     string       `json:"slug" need:"true" doc:"a to z, 0 to 9 and hyphens, at most 80"`
	Title    content.Text `json:"title" need:"true"`
	Position int          `json:"position" doc:"topics are shown in this order"`
}

// CreateTopic makes a topic.
func (h *Handlers) CreateTopic(c *fiber.Ctx) error {
	in, err := read[topicInput](h, c)
	if err != nil {
		return err
	}
	topic, err := h.Editor.CreateTopic(c.UserContext(), web.Actor(c), content.Topic{Slug: in.Slug, Title: in.Title, Position: in.Position})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, topicOf(topic))
}

type topicPatchInput struct {
	Slug     *string      `json:"slug"`
	Title    content.Text `json:"title"`
	Position *int         `json:"position"`
}

// EditTopic changes what is given of a topic.
func (h *Handlers) EditTopic(c *fiber.Ctx) error {
	topic, in, err := readAt[topicPatchInput](h, c, content.CodeTopicUnknown)
	if err != nil {
		return err
	}
	edited, err := h.Editor.UpdateTopic(c.UserContext(), web.Actor(c), topic, func(t *content.Topic) {
		if in.Slug != nil {
			t.Slug = *in.Slug
		}
		if in.Title != nil {
			t.Title = in.Title
		}
		if in.Position != nil {
			t.Position = *in.Position
		}
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, topicOf(edited))
}
