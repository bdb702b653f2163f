package admin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// newChange stands in the choice of changes for one that is still to be made.
const newChange = "new"

// buildPropose offers the newest drafts of an entry; what readers do not see yet is ticked.
func buildPropose(d entryDesk, p *locale.Printer, lang content.Lang) view.ProposeForm {
	f := view.ProposeForm{Entry: d.entry.ID, Changes: changeOptions(d.open, p), Into: draftWith(d), Back: textPath(d.entry.ID, lang)}
	for _, l := range append(slices.Clone(d.settings.Languages), content.NoLang) {
		state := d.entry.Lang(l)
		if state.Newest == nil {
			continue
		}
		draft := view.DraftOption{Revision: state.Newest.ID, Lang: l, Number: state.Newest.Number, Newer: newer(state)}
		for _, c := range d.open {
			if slices.ContainsFunc(c.Revisions, func(r content.RevisionRef) bool { return r.ID == draft.Revision }) {
				link := changeLink(c, p)
				draft.In = &link
			}
		}
		draft.Checked = draft.Newer && draft.In == nil
		f.Drafts = append(f.Drafts, draft)
	}
	return f
}

// changeOptions lists the drafts that can take something up. A change that is being
// reviewed is not among them: it would lose its approvals without a word.
func changeOptions(open []content.Change, p *locale.Printer) []view.Option {
	var options []view.Option
	for _, c := range open {
		if c.State == content.Draft {
			options = append(options, view.Option{Value: c.ID, Label: changeTitle(c, p)})
		}
	}
	return options
}

// draftWith is the draft that carries something of the entry already. Any other draft is about
// another matter: nothing gets into it unless somebody chooses it.
func draftWith(d entryDesk) string {
	for _, c := range d.open {
		if c.State == content.Draft && carries(c, d.entry.ID) {
			return c.ID
		}
	}
	return ""
}

func buildTakeDown(d entryDesk, p *locale.Printer, lang content.Lang) *view.TakeDownForm {
	if !d.entry.Lang(lang).Head.Live() {
		return nil
	}
	f := &view.TakeDownForm{Entry: d.entry.ID, Lang: lang, Changes: changeOptions(d.open, p), Into: draftWith(d)}
	for _, c := range d.open {
		if slices.ContainsFunc(c.Withdraw, func(w content.Withdrawal) bool { return w.Entry == f.Entry && w.Lang == lang }) {
			link := changeLink(c, p)
			f.In = &link
		}
	}
	return f
}

// Propose puts drafts of an entry into a change, in the place of older ones.
func (h *Handlers) Propose(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	ids := form.All("revision")
	if len(ids) == 0 {
		return web.SeeOther(c, web.LocalPath(form.Get("back"), textPath(d.entry.ID, d.settings.Languages[0])), "nothing_chosen")
	}
	var refs []content.RevisionRef
	for _, id := range ids {
		r, err := h.Editor.Revision(c.UserContext(), web.Actor(c), id)
		if err != nil {
			return err
		}
		refs = append(refs, r.RevisionRef)
	}
	change, err := h.intoChange(c, d, form, func(old content.Change, in *content.ChangeInput) {
		list := replaced(old.Revisions, refs)
		in.Revisions = &list
	})
	if err != nil {
		return err
	}
	return web.SeeOther(c, changePath(change.ID)+"#pieces", "piece_added")
}

// replaced is the list of revisions with the new ones, each in the place of an older one of the same text.
func replaced(old, refs []content.RevisionRef) []string {
	var ids []string
	for _, r := range old {
		if !slices.ContainsFunc(refs, func(n content.RevisionRef) bool { return n.Entry == r.Entry && n.Lang == r.Lang }) {
			ids = append(ids, r.ID)
		}
	}
	for _, r := range refs {
		ids = append(ids, r.ID)
	}
	return ids
}

// intoChange edits the change that the form chose, or makes one.
func (h *Handlers) intoChange(c *fiber.Ctx, d entryDesk, form web.Form, edit func(content.Change, *content.ChangeInput)) (content.Change, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	id := form.Get("change")
	if id != newChange {
		old, err := h.Changes.Get(ctx, actor, id)
		if err != nil {
			return old, err
		}
		in := content.ChangeInput{Edition: old.Edition}
		edit(old, &in)
		return h.Changes.Update(ctx, actor, id, in)
	}
	in := content.ChangeInput{}
	if title := strings.TrimSpace(form.Get("title")); title != "" {
		in.Title = content.Text{titleLang(web.Lang(c), d.settings): title}
	}
	edit(content.Change{}, &in)
	return h.openChange(ctx, actor, in, d.settings, d.entry.Slug)
}

// titleLang is the language in which somebody who reads lang types a title.
func titleLang(lang content.Lang, settings content.Settings) content.Lang {
	if slices.Contains(settings.Languages, lang) {
		return lang
	}
	return settings.Languages[0]
}

// openChange makes a change with a free address of the day and the words.
func (h *Handlers) openChange(ctx context.Context, actor content.Actor, in content.ChangeInput, settings content.Settings, words string) (content.Change, error) {
	if title, _ := in.Title.In("en", settings.Languages...); title != "" {
		words = content.Slug(title)
	}
	const room = 64 // of 80, for the number that may have to follow
	base := string(content.DateOf(h.Now(), settings.Zone())) + "-" + words
	base = strings.Trim(base[:min(room, len(base))], "-")
	for n := 1; ; n++ {
		slug := base
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", base, n)
		}
		in.Slug = &slug
		made, err := h.Changes.Create(ctx, actor, in)
		if err == nil || n >= maxSlugTries || !isCode(err, content.CodeSlugTaken) {
			return made, err
		}
	}
}

// TakeDown puts the withdrawal of a live text into a change.
func (h *Handlers) TakeDown(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	w := content.Withdrawal{Entry: d.entry.ID, Lang: content.Lang(form.Get("lang")), Reason: strings.TrimSpace(form.Get("reason"))}
	if w.Reason == "" {
		return h.takeDownAgain(c, d, w, fieldError("reason", content.CodeReasonMissing))
	}
	change, err := h.intoChange(c, d, form, func(old content.Change, in *content.ChangeInput) {
		list := append(slices.Clone(old.Withdraw), w)
		in.Withdraw = &list
	})
	if err != nil {
		return h.takeDownAgain(c, d, w, err)
	}
	return web.SeeOther(c, changePath(change.ID)+"#pieces", "withdrawal_added")
}

func (h *Handlers) takeDownAgain(c *fiber.Ctx, d entryDesk, w content.Withdrawal, cause error) error {
	newest, err := h.newest(c, d.entry.ID, w.Lang)
	if err != nil {
		return err
	}
	data, err := h.textPage(c, d, w.Lang, orEmpty(newest.Text), newest.ID)
	if err != nil {
		return err
	}
	data.Preview = view.Preview{Lang: w.Lang, Kind: d.entry.Kind, Text: orEmpty(newest.Text), HTML: newest.HTML, Draft: newest.Number}
	if data.TakeDown != nil {
		data.TakeDown.Reason, data.TakeDown.Open = w.Reason, true
	}
	wrong(c, &data.Admin, cause)
	return h.again(c, "admin/text", data, cause)
}
