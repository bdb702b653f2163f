package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// ListChanges lists changes, newest first; for strangers the published ones.
func (h *Handlers) ListChanges(c *fiber.Ctx) error {
	state, err := queryState(c, changeStates())
	if err != nil {
		return err
	}
	if !insider(c) {
		if state != "" && state != content.Published {
			return content.Fail(content.Unknown, CodeTokenNeeded, nil)
		}
		return h.listPublishedChanges(c)
	}
	changes, err := h.Changes.List(c.UserContext(), web.Actor(c), state)
	if err != nil {
		return err
	}
	w, err := readWindow(c)
	if err != nil {
		return err
	}
	part, next, err := cut(changes, w, func(ch content.Change) string { return ch.ID })
	if err != nil {
		return err
	}
	room, err := h.open(c, part...)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, listOf[changeJSON]{Items: each(part, room.changeOf), Next: next})
}

// ShowChange answers with one change.
func (h *Handlers) ShowChange(c *fiber.Ctx) error {
	change, err := id(c, content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	if !insider(c) {
		return h.showPublishedChange(c, change)
	}
	got, err := h.Changes.Get(c.UserContext(), web.Actor(c), change)
	if err != nil {
		return err
	}
	return h.sendChange(c, fiber.StatusOK, got)
}

func (h *Handlers) sendChange(c *fiber.Ctx, status int, change content.Change) error {
	room, err := h.open(c, change)
	if err != nil {
		return err
	}
	out := room.changeOf(change)
	if change.State != content.Published && change.State != content.Cancelled {
		if err := h.readClarity(c, &change, &out); err != nil {
			return err
		}
	}
	return answer(c, status, out)
}

type changeInput struct {
	Slug          *string                                `json:"slug" doc:"made of date and title where it is not given"`
	Title         content.Text                           `json:"title"`
	Summary       content.Text                           `json:"summary" doc:"what changes, in plain words"`
	Why           content.Text                           `json:"why" doc:"needed before submitting, in every language in which readers get something new"`
	Materiality   *content.Materiality                   `json:"materiality"`
	EffectiveDate clearable                              `json:"effective_date" format:"date" doc:"the day from which it holds; null for the day of publication"`
	Perspectives  map[content.Lang][]content.Perspective `json:"perspectives"`
	Revisions     *[]string                              `json:"revisions" doc:"ids of the revisions to publish, at most one of each entry and language"`
	Withdraw      *[]content.Withdrawal                  `json:"withdraw" doc:"entries to take down, each in one language, with the reason that readers will see"`
	Edition       int                                    `json:"edition" doc:"the edition that was read: 409 where it is no longer the newest; 0 writes over it"`
}

func (in changeInput) input() content.ChangeInput {
	out := content.ChangeInput{
		Slug: in.Slug, Title: in.Title, Summary: in.Summary, Why: in.Why, Materiality: in.Materiality,
		Perspectives: in.Perspectives, Revisions: in.Revisions, Withdraw: in.Withdraw, Edition: in.Edition,
	}
	if in.EffectiveDate.given {
		out.EffectiveDate = &in.EffectiveDate.value
	}
	return out
}

// checkIDs refuses what cannot be an id, so that no odd sign reaches a database.
func (in changeInput) checkIDs() error {
	var fields []content.FieldError
	if in.Revisions != nil {
		fields = append(fields, oddIDs("revisions", "", *in.Revisions, content.CodeRevisionUnknown)...)
	}
	if in.Withdraw != nil {
		entries := each(*in.Withdraw, func(w content.Withdrawal) string { return w.Entry })
		fields = append(fields, oddIDs("withdraw", ".entry", entries, content.CodeEntryUnknown)...)
	}
	if len(fields) == 0 {
		return nil
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: fields}
}

// CreateChange opens a change.
func (h *Handlers) CreateChange(c *fiber.Ctx) error {
	in, err := read[changeInput](h, c)
	if err != nil {
		return err
	}
	if err := in.checkIDs(); err != nil {
		return err
	}
	change, err := h.Changes.Create(c.UserContext(), web.Actor(c), in.input())
	if err != nil {
		return err
	}
	return h.sendChange(c, fiber.StatusCreated, change)
}

// EditChange changes what is given of a change. It voids approvals and takes the change back to draft.
func (h *Handlers) EditChange(c *fiber.Ctx) error {
	id, in, err := readAt[changeInput](h, c, content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	if err := in.checkIDs(); err != nil {
		return err
	}
	change, err := h.Changes.Update(c.UserContext(), web.Actor(c), id, in.input())
	if err != nil {
		return err
	}
	return h.sendChange(c, fiber.StatusOK, change)
}
