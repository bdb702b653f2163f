package admin

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// changeDesk is all that the page of a change is built of.
type changeDesk struct {
	change   content.Change
	settings content.Settings
	channels []content.Channel
	names    map[string]string
	gate     *content.Error // what keeps it from being submitted, nil where nothing does
	entries  map[string]content.EntryState
	pieces   []loadedPiece
	pictures []content.Media // to choose from
}

// loadedPiece is one revision of a change with the text that it replaces.
type loadedPiece struct {
	ref           content.RevisionRef
	is, was       content.Revision
	before, after int // versions
}

// loadChange reads a change, its texts and what readers see instead.
func (h *Handlers) loadChange(c *fiber.Ctx, id string) (changeDesk, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	change, err := h.Changes.Get(ctx, actor, id)
	if err != nil {
		return changeDesk{}, err
	}
	d := changeDesk{change: change, entries: map[string]content.EntryState{}}
	if d.settings, err = h.Site.Settings(ctx); err != nil {
		return d, err
	}
	if d.names, err = h.Accounts.Names(ctx, actor); err != nil {
		return d, err
	}
	if d.channels, err = h.Changes.Channels.Channels(ctx); err != nil {
		return d, fmt.Errorf("read channels: %w", err)
	}
	if d.pictures, err = h.picturesFor(c, d, change.Announcements); err != nil {
		return d, err
	}
	if change.State.Allows(content.StepCancel) { // not yet published
		if d.gate, err = h.Changes.Problems(ctx, &change); err != nil {
			return d, err
		}
	}
	for _, w := range change.Withdraw {
		if err := h.loadEntryOf(c, &d, w.Entry); err != nil {
			return d, err
		}
	}
	for _, ref := range change.Revisions {
		piece, err := h.loadPiece(c, &d, ref)
		if err != nil {
			return d, fmt.Errorf("read a piece of change %s: %w", id, err)
		}
		d.pieces = append(d.pieces, piece)
	}
	return d, nil
}

func (h *Handlers) loadEntryOf(c *fiber.Ctx, d *changeDesk, id string) error {
	if _, known := d.entries[id]; known {
		return nil
	}
	entry, err := h.Editor.Entry(c.UserContext(), web.Actor(c), id)
	d.entries[id] = entry
	return err
}

// loadPiece finds the text before: what readers see now, or once published, what they saw until then.
func (h *Handlers) loadPiece(c *fiber.Ctx, d *changeDesk, ref content.RevisionRef) (loadedPiece, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	p := loadedPiece{ref: ref}
	if err := h.loadEntryOf(c, d, ref.Entry); err != nil {
		return p, err
	}
	var err error
	if p.is, err = h.Editor.Revision(ctx, actor, ref.ID); err != nil {
		return p, err
	}
	head := d.entries[ref.Entry].Lang(ref.Lang).Head
	old := head.Revision
	p.before, p.after = head.Version, head.Version+1
	if d.change.State == content.Published {
		versions, err := h.Editor.Versions(ctx, ref.Entry, ref.Lang)
		if err != nil {
			return p, err
		}
		old = p.published(d.change.ID, versions)
	}
	if p.before > 0 {
		p.was, err = h.Editor.Revision(ctx, actor, old)
	}
	return p, err
}

// published finds the version that the change made, and gives the revision of the one before it.
func (p *loadedPiece) published(change string, versions []content.VersionMeta) string {
	p.before, p.after = 0, 0
	for _, v := range versions {
		if v.Change == change && v.Revision == p.ref.ID {
			p.after = v.Number
		}
	}
	for _, v := range versions {
		if p.after > 1 && v.Number == p.after-1 {
			p.before = v.Number
			return v.Revision
		}
	}
	return ""
}
