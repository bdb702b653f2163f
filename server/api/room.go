package api

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
	"klartext/server/web"
)

// room holds what shaping changes needs besides the changes themselves.
type room struct {
	h        *Handlers
	printer  *locale.Printer
	settings content.Settings
	channels []content.Channel
	entries  map[string]content.EntryState
	names    map[string]string // of users
	gates    map[string]*content.Error
	// published may be nil while the program starts.
	published *site.Value
}

// manyEntries is the number from which reading all entries at once is cheaper than one by one.
const manyEntries = 8

// open reads once what the answer about these changes needs.
func (h *Handlers) open(c *fiber.Ctx, changes ...content.Change) (*room, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	r := &room{h: h, printer: web.Printer(c), gates: map[string]*content.Error{}, published: h.Published()}
	var err error
	if r.settings, err = h.Site.Settings(ctx); err != nil {
		return nil, err
	}
	if r.channels, err = h.Channels.List(ctx, actor); err != nil {
		return nil, err
	}
	if r.names, err = h.Accounts.Names(ctx, actor); err != nil {
		return nil, err
	}
	if err := r.readEntries(c, changes); err != nil {
		return nil, err
	}
	for i := range changes {
		if changes[i].State == content.Published || changes[i].State == content.Cancelled {
			continue
		}
		if r.gates[changes[i].ID], err = h.Changes.Problems(ctx, &changes[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *room) readEntries(c *fiber.Ctx, changes []content.Change) error {
	var ids []string
	for _, change := range changes {
		for _, revision := range change.Revisions {
			ids = append(ids, revision.Entry)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	r.entries = make(map[string]content.EntryState, len(ids))
	if len(ids) > manyEntries {
		all, err := r.h.Editor.Entries(c.UserContext(), web.Actor(c))
		for _, entry := range all {
			r.entries[entry.ID] = entry
		}
		return err
	}
	for _, id := range ids {
		entry, err := r.h.Editor.Entry(c.UserContext(), web.Actor(c), id)
		if err != nil {
			return err
		}
		r.entries[id] = entry
	}
	return nil
}

// name of a user; the id where the account has none.
func (r *room) name(user string) string { return cmp.Or(r.names[user], user) }
