package admin

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// changeClarity says what the checker finds in everything that a change would publish.
func (h *Handlers) changeClarity(c *fiber.Ctx, d changeDesk) (view.ChangeClarity, error) {
	var out view.ChangeClarity
	if h.Checks == nil || d.change.State == content.Published || d.change.State == content.Cancelled {
		return out, nil
	}
	p, actor := web.Printer(c), web.Actor(c)
	found, err := h.Changes.Clarity(c.UserContext(), actor, &d.change, p.Lang)
	if err != nil {
		return out, err
	}
	for _, piece := range found.Pieces {
		row := h.clarityPiece(d, piece)
		row.Label = h.Words.BandLabel(piece.Clarity.Band, p.Lang)
		out.Pieces = append(out.Pieces, row)
		out.Closed = out.Closed || !piece.Passed
	}
	for _, f := range found.Said {
		if f.Severity != content.SeverityHint {
			out.Said = append(out.Said, findingCard(f, "", p))
		}
	}
	gate := d.settings.Gates
	out.MayOpen = gate.MayOverride(actor) && d.change.State.Allows(content.StepEdit)
	if gate.OverrideRole != "" {
		out.Who = p.T("role." + string(gate.OverrideRole))
	}
	return out, nil
}

func (h *Handlers) clarityPiece(d changeDesk, piece content.PieceClarity) view.OverridePiece {
	ref := piece.Revision
	row := view.OverridePiece{
		Revision: ref.ID, Title: d.entries[ref.Entry].Title(ref.Lang), Lang: ref.Lang, Score: piece.Clarity.Score,
		Errors: piece.Clarity.Count(content.SeverityError), Warnings: piece.Clarity.Count(content.SeverityWarning),
		Passed: piece.Passed, Reason: piece.Override, Href: textPath(ref.Entry, ref.Lang) + "#clarity",
	}
	if piece.Live != nil {
		row.Live = piece.Live.Score
	}
	at := slices.IndexFunc(d.change.Overrides, func(o content.Override) bool { return o.Revision == ref.ID })
	if at >= 0 {
		row.By = d.names[d.change.Overrides[at].By]
	}
	for _, f := range piece.Clarity.Findings {
		if f.Ignored != "" {
			row.Ignored = append(row.Ignored, view.IgnoredRow{Quote: f.Quote, Rule: f.Rule, Reason: f.Ignored})
		}
	}
	return row
}

// SaveOverride says why a text goes out although the gate is closed for it, or takes that back.
func (h *Handlers) SaveOverride(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, actor, id := c.UserContext(), web.Actor(c), c.Params("id")
	old, err := h.Changes.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	list := slices.DeleteFunc(slices.Clone(old.Overrides), func(o content.Override) bool { return o.Revision == form.Get("revision") })
	if form.Get("do") != "remove" {
		list = append(list, content.Override{Revision: form.Get("revision"), Reason: form.Get("reason")})
	}
	edition, _ := form.Int("edition")
	if _, err := h.Changes.SetOverrides(ctx, actor, id, edition, list); err != nil {
		return h.overrideAgain(c, id, err)
	}
	return web.SeeOther(c, changePath(id)+"#plain", "override_saved")
}

// overrideAgain says in one sentence why a reason was not taken: what else the change lacks is another matter.
func (h *Handlers) overrideAgain(c *fiber.Ctx, id string, cause error) error {
	p := web.Printer(c)
	return h.changeAgain(c, id, cause, func(data *view.ChangeDesk) {
		data.Errors, data.Wrongs, data.Unready, data.Problem = nil, nil, false, p.Error(cause)
		for _, sentence := range p.FieldErrors(cause) {
			data.Problem = sentence
		}
	})
}
