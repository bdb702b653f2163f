package admin

import (
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// ChangePieces takes a revision out of a change, or puts the newest draft in its place.
func (h *Handlers) ChangePieces(c *fiber.Ctx) error {
	return h.alter(c, func(form web.Form, old content.Change, in *content.ChangeInput) {
		ids := make([]string, 0, len(old.Revisions))
		for _, r := range old.Revisions {
			switch {
			case r.ID != form.Get("revision"):
				ids = append(ids, r.ID)
			case form.Get("do") == "newest":
				ids = append(ids, form.Get("newest"))
			}
		}
		in.Revisions = &ids
	})
}

// ChangeWithdrawals takes a withdrawal out of a change, or says its reason anew.
func (h *Handlers) ChangeWithdrawals(c *fiber.Ctx) error {
	return h.alter(c, func(form web.Form, old content.Change, in *content.ChangeInput) {
		list := slices.Clone(old.Withdraw)
		at := slices.IndexFunc(list, func(w content.Withdrawal) bool {
			return w.Entry == form.Get("entry") && string(w.Lang) == form.Get("lang")
		})
		if at >= 0 && form.Get("do") == "remove" {
			list = slices.Delete(list, at, at+1)
		} else if at >= 0 {
			list[at].Reason = reasonIn(form)
		}
		in.Withdraw = &list
	})
}

// reasonIn is the one reason that the form of a withdrawal has; its name carries its number.
func reasonIn(form web.Form) string {
	for _, reason := range rows(form, "withdraw", func(at string) string { return form.Get(at + ".reason") }) {
		if reason != "" {
			return reason
		}
	}
	return ""
}

// alter edits what a change carries, from the edition that the form was read at.
func (h *Handlers) alter(c *fiber.Ctx, edit func(web.Form, content.Change, *content.ChangeInput)) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, actor, id := c.UserContext(), web.Actor(c), c.Params("id")
	old, err := h.Changes.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	edition, _ := form.Int("edition")
	in := content.ChangeInput{Edition: edition}
	edit(form, old, &in)
	if _, err := h.Changes.Update(ctx, actor, id, in); err != nil {
		if reason := reasonIn(form); reason != "" && moved(err) {
			return h.reasonConflict(c, form, reason, err)
		}
		return h.changeAgain(c, id, err, nil)
	}
	return web.SeeOther(c, changePath(id)+"#pieces", "pieces_saved")
}

// reasonConflict keeps the reason of a withdrawal where somebody else wrote into the change in between.
func (h *Handlers) reasonConflict(c *fiber.Ctx, form web.Form, mine string, cause error) error {
	d, err := h.loadChange(c, c.Params("id"))
	if err != nil {
		return errors.Join(cause, err)
	}
	var list fieldList
	for _, w := range d.change.Withdraw {
		if w.Entry == form.Get("entry") && string(w.Lang) == form.Get("lang") {
			list.add(web.Printer(c).T("take_down.reason"), w.Lang, w.Reason, mine)
		}
	}
	return h.changeConflict(c, d, form, list, cause)
}
