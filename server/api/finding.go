package api

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// foundIn shapes a finding of the checker in a field.
func foundIn(field string, lang content.Lang, f content.Finding) findingJSON {
	return findingJSON{
		Rule: f.Rule, Severity: string(f.Severity), Field: field, Message: f.Message, Lang: lang, Start: &f.Start, End: &f.End, Quote: f.Quote,
		Why: f.Why, Suggestion: f.Suggestion, Replacement: f.Replacement, Ignored: f.Ignored,
	}
}

// pieceClarityJSON is how hard one text of a change is to read.
type pieceClarityJSON struct {
	Revision string       `json:"revision"`
	Entry    string       `json:"entry"`
	Lang     content.Lang `json:"lang"`
	clarityJSON
	Passed   bool   `json:"passed" doc:"the gate is open for it"`
	Live     *int   `json:"live_score" doc:"of what readers see now; null where they see nothing or it has none"`
	Override string `json:"override" doc:"why it goes out although the gate is closed"`
}

// readClarity adds what the checker says about every text of a change.
func (h *Handlers) readClarity(c *fiber.Ctx, change *content.Change, out *changeJSON) error {
	found, err := h.Changes.Clarity(c.UserContext(), web.Actor(c), change, web.Lang(c))
	if err != nil {
		return err
	}
	for _, p := range found.Pieces {
		piece := pieceClarityJSON{
			Revision: p.Revision.ID, Entry: p.Revision.Entry, Lang: p.Revision.Lang, clarityJSON: clarityOf(&p.Clarity), Passed: p.Passed, Override: p.Override,
		}
		if p.Live != nil {
			piece.Live = p.Live.Score
		}
		out.Clarity = append(out.Clarity, piece)
		out.Findings = append(out.Findings, foundInPiece(p)...)
	}
	for _, f := range found.Said {
		out.Findings = append(out.Findings, foundIn(f.Field, "", f))
	}
	return nil
}

func foundInPiece(p content.PieceClarity) []findingJSON {
	out := make([]findingJSON, 0, len(p.Clarity.Findings))
	for _, f := range p.Clarity.Findings {
		out = append(out, foundIn(fmt.Sprintf("revisions.%d.%s", p.Index, f.Field), p.Revision.Lang, f))
	}
	return out
}

// overrideJSON is why a text of a change is published although the gate is closed for it.
type overrideJSON struct {
	Revision string `json:"revision"`
	Reason   string `json:"reason"`
	By       string `json:"by" doc:"id of the user"`
	ByName   string `json:"by_name"`
}

type overrideInput struct {
	Revision string `json:"revision" need:"true" doc:"id of a text in the change"`
	Reason   string `json:"reason" need:"true" doc:"kept with the version, shown to the approver and to readers"`
}

// SetOverrides replaces the reasons for texts that are published although the gate is closed for them.
func (h *Handlers) SetOverrides(c *fiber.Ctx) error {
	id, in, err := readAt[[]overrideInput](h, c, content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	change, err := h.Changes.SetOverrides(c.UserContext(), web.Actor(c), id, 0, each(in, func(o overrideInput) content.Override {
		return content.Override{Revision: o.Revision, Reason: o.Reason}
	}))
	if err != nil {
		return err
	}
	return h.sendChange(c, fiber.StatusOK, change)
}

// closedGate adds to what a closed gate says where in the texts its reasons stand.
func (h *Handlers) closedGate(c *fiber.Ctx, id string, gate *content.Error) []findingJSON {
	out := findings(problems(web.Printer(c), gate.Fields))
	if !slices.ContainsFunc(gate.Fields, ofText) {
		return out
	}
	change, err := h.Changes.Get(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return out
	}
	found, err := h.Changes.Clarity(c.UserContext(), web.Actor(c), &change, web.Lang(c))
	if err != nil {
		return out
	}
	for _, p := range found.Pieces {
		if p.Passed || p.Override != "" {
			continue
		}
		for _, f := range foundInPiece(p) {
			if f.Severity != string(content.SeverityHint) {
				out = append(out, f)
			}
		}
	}
	return out
}

// ofText is whether a reason of a closed gate is about how hard a text is to read.
func ofText(f content.FieldError) bool {
	return f.Code == content.CodeScoreLow || f.Code == content.CodeTextErrors || f.Code == content.CodeTextUnread
}

// ignoredJSON is a finding that was put aside for good in one text.
type ignoredJSON struct {
	ID     string       `json:"id"`
	Entry  string       `json:"entry"`
	Lang   content.Lang `json:"lang"`
	Rule   string       `json:"rule"`
	Quote  string       `json:"quote" doc:"what was marked"`
	Reason string       `json:"reason"`
	User   string       `json:"user" doc:"id"`
	At     time.Time    `json:"at"`
}

func ignoredOf(i content.Ignored) ignoredJSON {
	return ignoredJSON{ID: i.ID, Entry: i.Entry, Lang: i.Lang, Rule: i.Rule, Quote: i.Quote, Reason: i.Reason, User: i.User, At: stamp(i.Created)}
}

type ignoredInput struct {
	Lang   content.Lang `json:"lang" need:"true"`
	Rule   string       `json:"rule" need:"true"`
	Quote  string       `json:"quote" need:"true" doc:"what the finding marks"`
	Reason string       `json:"reason" need:"true" doc:"stays with the text and is shown to the approver"`
}

// ListIgnored lists the findings that were put aside in an entry.
func (h *Handlers) ListIgnored(c *fiber.Ctx) error {
	entry, err := h.writableEntry(c)
	if err != nil {
		return err
	}
	all, err := h.Checks.Ignored(c.UserContext(), web.Actor(c), entry, content.EveryLang)
	if err != nil {
		return err
	}
	return sendList(c, all, func(i content.Ignored) string { return i.ID }, ignoredOf)
}

// writableEntry is the id of an entry in the path, for insiders.
func (h *Handlers) writableEntry(c *fiber.Ctx) (string, error) {
	entry, err := id(c, content.CodeEntryUnknown)
	if err != nil {
		return "", err
	}
	_, err = h.Editor.Entry(c.UserContext(), web.Actor(c), entry)
	return entry, err
}

// AddIgnored puts a finding aside for good.
func (h *Handlers) AddIgnored(c *fiber.Ctx) error {
	entry, in, err := readAt[ignoredInput](h, c, content.CodeEntryUnknown)
	if err != nil {
		return err
	}
	made, err := h.Checks.Ignore(c.UserContext(), web.Actor(c), content.Ignored{Entry: entry, Lang: in.Lang, Rule: in.Rule, Quote: in.Quote, Reason: in.Reason})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, ignoredOf(made))
}

// DeleteIgnored takes a finding up again.
func (h *Handlers) DeleteIgnored(c *fiber.Ctx) error {
	finding, err := id(c, content.CodeIgnoredUnknown)
	if err != nil {
		return err
	}
	if err := h.Checks.Unignore(c.UserContext(), web.Actor(c), finding); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// gateOf finds the reasons of a closed gate in an error.
func gateOf(err error) (*content.Error, bool) {
	e, ok := errors.AsType[*content.Error](err)
	return e, ok && e.Kind == content.Invalid && len(e.Fields) > 0
}
