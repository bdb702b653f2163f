package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
)

func (h *Handlers) listPublishedChanges(c *fiber.Ctx) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	return sendList(c, v.Changes(), func(ch *site.Change) string { return ch.ID }, h.publishedChangeOf(v))
}

func (h *Handlers) showPublishedChange(c *fiber.Ctx, id string) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	change, ok := v.ChangeByID(id)
	if !ok {
		return content.Fail(content.NotFound, content.CodeChangeUnknown, nil)
	}
	return answer(c, fiber.StatusOK, h.publishedChangeOf(v)(change))
}

// publishedChangeOf shapes a change as strangers may see it: no person, and no text that was not published.
func (h *Handlers) publishedChangeOf(v *site.Value) func(*site.Change) changeJSON {
	return func(c *site.Change) changeJSON {
		out := h.openChange(&c.Change, v.Settings())
		out.Hash, out.ApprovalCount = c.SHA256, c.ApprovalCount
		for _, piece := range v.Pieces(c) {
			if stone := piece.Tombstone; stone != nil {
				out.Withdraw = append(out.Withdraw, content.Withdrawal{Entry: stone.Entry, Lang: stone.Lang, Reason: stone.Reason})
				continue
			}
			if piece.To.Revision != piece.From.Revision || piece.Restored { // or else it is an old text with new facts
				out.Revisions = append(out.Revisions, piece.To.Revision)
			}
			out.Pieces = append(out.Pieces, pieceJSON{
				Entry: piece.Entry.ID, Slug: piece.Entry.Slug, Lang: piece.Lang, Revision: piece.To.Revision, Hash: piece.To.Hash,
				LiveVersion: some(liveVersion(piece.Entry, piece.Lang)),
			})
		}
		out.Posts = each(c.Posts, postOf)
		return out
	}
}

// liveVersion is the number of the version that readers see, or 0. Facts are never withdrawn.
func liveVersion(e *site.Entry, lang content.Lang) int {
	if lang != content.NoLang {
		return e.Current[lang].Number
	}
	return site.Versions(e, lang)[0].Number
}

func problems(p *locale.Printer, fields []content.FieldError) []fieldProblem {
	return each(fields, func(f content.FieldError) fieldProblem {
		return fieldProblem{Field: f.Field, Code: f.Code, Detail: p.Problem(f.Code, f.Args)}
	})
}

func findings(all []fieldProblem) []findingJSON {
	return each(all, func(p fieldProblem) findingJSON {
		return findingJSON{Rule: string(p.Code), Severity: "error", Field: p.Field, Message: p.Detail}
	})
}
