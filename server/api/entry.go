package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/web"
)

// ListEntries lists entries and policies; for strangers those that were ever published.
func (h *Handlers) ListEntries(c *fiber.Ctx) error {
	topic, err := queryID(c, "topic", content.CodeTopicUnknown)
	if err != nil {
		return err
	}
	wanted := func(e content.Entry) bool {
		kind, slug := c.Query("kind"), c.Query("slug")
		return (kind == "" || kind == string(e.Kind)) && (topic == "" || topic == e.Topic) && (slug == "" || slug == e.Slug)
	}
	if !insider(c) {
		return h.listPublished(c, wanted)
	}
	entries, err := h.Editor.Entries(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	kept := entries[:0]
	for _, e := range entries {
		if wanted(e.Entry) {
			kept = append(kept, e)
		}
	}
	return sendList(c, kept, func(e content.EntryState) string { return e.ID }, h.entryOf)
}

func (h *Handlers) listPublished(c *fiber.Ctx, wanted func(content.Entry) bool) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	var entries []*site.Entry
	for _, topic := range v.Topics() {
		entries = append(entries, v.Entries(topic.ID)...)
	}
	entries = append(append(entries, v.Entries("")...), v.Policies()...)
	kept := entries[:0]
	for _, e := range entries {
		if wanted(e.Entry) {
			kept = append(kept, e)
		}
	}
	return sendList(c, kept, func(e *site.Entry) string { return e.ID }, h.publishedEntryOf)
}

type entryInput struct {
	Kind     content.EntryKind `json:"kind" need:"true"`
	Slug     string            `json:"slug" need:"true" doc:"a to z, 0 to 9 and hyphens, at most 80"`
	Topic    clearable         `json:"topic" doc:"id of a topic; only a policy may have none"`
	Position int               `json:"position" doc:"entries of a topic are shown in this order"`
}

// CreateEntry makes an entry or policy without any text yet.
func (h *Handlers) CreateEntry(c *fiber.Ctx) error {
	in, err := read[entryInput](h, c)
	if err != nil {
		return err
	}
	entry, err := h.Editor.CreateEntry(c.UserContext(), web.Actor(c), content.Entry{
		Kind: in.Kind, Slug: in.Slug, Topic: in.Topic.value, Position: in.Position,
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, h.entryOf(content.EntryState{Entry: entry}))
}

type entryPatchInput struct {
	Slug     *string   `json:"slug" doc:"the old one redirects for ever"`
	Topic    clearable `json:"topic"`
	Position *int      `json:"position"`
}

// EditEntry changes slug, topic or position of an entry.
func (h *Handlers) EditEntry(c *fiber.Ctx) error {
	entry, in, err := readAt[entryPatchInput](h, c, content.CodeEntryUnknown)
	if err != nil {
		return err
	}
	_, err = h.Editor.UpdateEntry(c.UserContext(), web.Actor(c), entry, func(e *content.Entry) {
		if in.Slug != nil {
			e.Slug = *in.Slug
		}
		if in.Topic.given {
			e.Topic = in.Topic.value
		}
		if in.Position != nil {
			e.Position = *in.Position
		}
	})
	if err != nil {
		return err
	}
	state, err := h.Editor.Entry(c.UserContext(), web.Actor(c), entry)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.entryOf(state))
}
