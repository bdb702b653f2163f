package api

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// revisionMeta is one saved state without what it says.
type revisionMeta struct {
	ID           string       `json:"id"`
	Entry        string       `json:"entry"`
	Lang         content.Lang `json:"lang" doc:"empty for facts"`
	Number       int          `json:"number"`
	Hash         string       `json:"hash" doc:"SHA-256 of the content"`
	BaseRevision *string      `json:"base_revision"`
	Author       string       `json:"author" doc:"id of the user"`
	CreatedAt    time.Time    `json:"created_at"`
}

func metaOfRevision(r content.Revision) revisionMeta {
	return revisionMeta{
		ID: r.ID, Entry: r.Entry, Lang: r.Lang, Number: r.Number, Hash: r.Hash,
		BaseRevision: some(r.Base), Author: r.Author, CreatedAt: stamp(r.Created),
	}
}

// revisionJSON is one saved state: the fields of a text, or those of facts.
type revisionJSON struct {
	revisionMeta
	*writing
	*facts
}

func revisionOf(r content.Revision) revisionJSON {
	out := revisionJSON{revisionMeta: metaOfRevision(r), facts: factsOf(r.Facts)}
	if r.Text != nil {
		out.writing = writingOf(*r.Text, r.HTML)
	}
	return out
}

// revisionItem is one saved state in a list.
type revisionItem struct {
	revisionMeta
	Title string `json:"title"`
}

func itemOfRevision(r content.Revision) revisionItem {
	item := revisionItem{revisionMeta: metaOfRevision(r)}
	if r.Text != nil {
		item.Title = r.Text.Title
	}
	return item
}

type revisionInput struct {
	Lang content.Lang `json:"lang" need:"true"`
	writingInput
	BaseRevision *string `json:"base_revision" null:"true" doc:"the revision this was written over; null for the first. Another one is newest: 409 with it"`
}

// SaveRevision saves a text of an entry in one language.
func (h *Handlers) SaveRevision(c *fiber.Ctx) error {
	entry, in, err := readAt[revisionInput](h, c, content.CodeEntryUnknown)
	if err != nil {
		return err
	}
	saved, err := h.Editor.SaveText(c.UserContext(), web.Actor(c), content.NewRevision{
		Entry: entry, Lang: in.Lang, Base: base(in.BaseRevision), Text: in.writing(),
	})
	if err != nil {
		return withNewest(err)
	}
	return answer(c, fiber.StatusCreated, revisionOf(saved))
}

// SaveFacts saves the facts of an entry.
func (h *Handlers) SaveFacts(c *fiber.Ctx) error {
	entry, in, err := readAt[factsInput](h, c, content.CodeEntryUnknown)
	if err != nil {
		return err
	}
	saved, err := h.Editor.SaveFacts(c.UserContext(), web.Actor(c), content.NewRevision{
		Entry: entry, Base: base(in.BaseRevision), Facts: in.facts(),
	})
	if err != nil {
		return withNewest(err)
	}
	return answer(c, fiber.StatusCreated, revisionOf(saved))
}

func base(id *string) string {
	if id == nil {
		return ""
	}
	return *id
}

// withNewest puts the newest revision beside the refusal, so that its sender can bring both texts together.
func withNewest(err error) error {
	stale, ok := errors.AsType[*content.StaleError](err)
	if !ok {
		return err
	}
	return &web.ProblemError{Err: err, Extra: map[string]any{"newest": revisionOf(stale.Newest)}}
}

// ListRevisions lists the revisions of an entry in one language, newest first, without their texts.
func (h *Handlers) ListRevisions(c *fiber.Ctx) error {
	lang, err := queryLang(c)
	if err != nil {
		return err
	}
	if lang == content.NoLang {
		return badField("lang", content.CodeRequired, nil)
	}
	return h.listRevisions(c, lang)
}

// ListFacts lists the revisions of an entry's facts, newest first, without their content.
func (h *Handlers) ListFacts(c *fiber.Ctx) error { return h.listRevisions(c, content.NoLang) }

func (h *Handlers) listRevisions(c *fiber.Ctx, lang content.Lang) error {
	entry, err := id(c, content.CodeEntryUnknown)
	if err != nil {
		return err
	}
	if _, err := h.Editor.Entry(c.UserContext(), web.Actor(c), entry); err != nil {
		return err
	}
	revisions, err := h.Editor.Revisions(c.UserContext(), web.Actor(c), entry, lang)
	if err != nil {
		return err
	}
	return sendList(c, revisions, func(r content.Revision) string { return r.ID }, itemOfRevision)
}

// ShowRevision answers with one revision, whole.
func (h *Handlers) ShowRevision(c *fiber.Ctx) error {
	revision, err := id(c, content.CodeRevisionUnknown)
	if err != nil {
		return err
	}
	r, err := h.Editor.Revision(c.UserContext(), web.Actor(c), revision)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, revisionOf(r))
}

type previewInput struct {
	Kind content.EntryKind `json:"kind" need:"true"`
	writingInput
}

// Preview renders a text as saving would, and saves nothing.
func (h *Handlers) Preview(c *fiber.Ctx) error {
	in, err := read[previewInput](h, c)
	if err != nil {
		return err
	}
	w, rendered, err := h.Editor.Preview(c.UserContext(), web.Actor(c), in.Kind, *in.writing())
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, writingOf(w, rendered))
}
