package content

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ChangeStore keeps changes.
type ChangeStore interface {
	// Changes lists newest first; state "" lists all.
	Changes(ctx context.Context, state State) ([]Change, error)
	Change(ctx context.Context, id string) (Change, error)
	// CreateChange answers Conflict with CodeSlugTaken where the slug is used.
	CreateChange(ctx context.Context, change Change, audit Audit) error
	// UpdateChange loads the change under a lock, runs decide, and writes what decide left, in one transaction.
	UpdateChange(ctx context.Context, id string, decide func(*Change) error, audit Audit) (Change, error)
	// PublishChange reads all that decide needs and writes all that it answers, in one transaction.
	PublishChange(ctx context.Context, id string, decide func(PublishInput) (Publication, error), audit Audit) (Change, error)
	// DueChanges lists the ids of scheduled changes whose time has come, earliest first.
	DueChanges(ctx context.Context, now time.Time) ([]string, error)
}

// ChangesStore is what the Changes service needs.
type ChangesStore interface {
	ChangeStore
	SettingsStore
	MediaReader
	Revision(ctx context.Context, id string) (Revision, error)
	Revisions(ctx context.Context, entry string, lang Lang) ([]Revision, error)
	Entry(ctx context.Context, id string) (EntryState, error)
}

// ChannelReader finds channels, for announcements.
type ChannelReader interface {
	Channels(ctx context.Context) ([]Channel, error)
}

// Changes is the service around the change: what is published, why, and who agreed.
type Changes struct {
	Store    ChangesStore
	Channels ChannelReader
	// Networks by name; they compose and count announcements.
	Networks map[string]Network
	// BaseURL is the site's public address without a slash at the end; permalinks are built from it.
	BaseURL string
	// SentenceEnds lists where the sentences of a text end, as byte offsets; nil for a language that it does not know. May be nil.
	SentenceEnds func(text, lang string) []int
	// Published is told after a publication is committed; it must not block. May be nil.
	Published func()
	Now       Clock
}

// Create opens a change.
func (s *Changes) Create(ctx context.Context, actor Actor, in ChangeInput) (Change, error) {
	if err := actor.May(WriteChange); err != nil {
		return Change{}, err
	}
	now := s.Now()
	c := Change{ID: NewID(now), State: Draft, Materiality: Material, Author: actor.UserID, Created: now, Updated: now, Edition: 1}
	found, err := s.resolve(ctx, in)
	if err != nil {
		return Change{}, err
	}
	proposed := in.Slug == nil || strings.TrimSpace(*in.Slug) == ""
	if proposed {
		slug := proposeSlug(in.Title, found.settings, now)
		in.Slug = &slug
	}
	c.contributes(actor.UserID)
	if err := c.apply(in, found); err != nil {
		return Change{}, err
	}
	for n := 2; ; n++ {
		err = s.Store.CreateChange(ctx, c, NewAudit(actor, now, "change.create", c.ID, map[string]string{"slug": c.Slug}))
		taken, ok := errors.AsType[*Error](err)
		if !proposed || !ok || taken.Code != CodeSlugTaken || n > maxSlugTries {
			return c, err
		}
		c.Slug = fmt.Sprintf("%s-%d", *in.Slug, n) // proposeSlug left room for it
	}
}

// maxSlugTries is how many changes of one day may have the same title, or none, before somebody has to choose an address.
const maxSlugTries = 999

// Update edits a change that is not yet published. It voids approvals and takes the change back to draft.
func (s *Changes) Update(ctx context.Context, actor Actor, id string, in ChangeInput) (Change, error) {
	if err := actor.May(WriteChange); err != nil {
		return Change{}, err
	}
	found, err := s.resolve(ctx, in)
	if err != nil {
		return Change{}, err
	}
	return s.edit(ctx, actor, id, "change.update", func(c *Change) error {
		if in.Edition != 0 && in.Edition != c.Edition {
			return Fail(Conflict, CodeEditionOld, nil)
		}
		return c.apply(in, found)
	})
}

// edit runs one write on a change that may still be edited.
func (s *Changes) edit(ctx context.Context, actor Actor, id, action string, write func(*Change) error) (Change, error) {
	now := s.Now()
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepEdit)
		if err != nil {
			return err
		}
		before := c.Hash()
		if err := write(c); err != nil {
			return err
		}
		if c.Hash() == before {
			return nil
		}
		c.State, c.PublishAt, c.Updated = next, time.Time{}, now
		c.voidApprovals(now)
		c.contributes(actor.UserID)
		return nil
	}, NewAudit(actor, now, action, id, nil))
}

// Get is one change; drafts are for those who may read them.
func (s *Changes) Get(ctx context.Context, actor Actor, id string) (Change, error) {
	c, err := s.Store.Change(ctx, id)
	if err != nil {
		return Change{}, err
	}
	if c.State != Published {
		if err := actor.May(ReadDrafts); err != nil {
			return Change{}, err
		}
	}
	return c, nil
}

// List is all changes in a state, or all where state is ""; a stranger sees the published ones.
func (s *Changes) List(ctx context.Context, actor Actor, state State) ([]Change, error) {
	if actor.May(ReadDrafts) != nil {
		if state != "" && state != Published {
			return nil, actor.May(ReadDrafts)
		}
		state = Published
	}
	return s.Store.Changes(ctx, state)
}
