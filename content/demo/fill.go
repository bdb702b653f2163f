package demo

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
)

// Store is what the demo's services need.
type Store interface {
	content.EditorStore
	content.ChangeStore
	content.ChannelReader
	content.MediaReader
	content.AccountStore
}

// filler fills a site, with the clock at the time that is told.
type filler struct {
	plan     plan
	clock    *clock
	today    content.Date
	zone     *time.Location
	editor   *content.Editor
	changes  *content.Changes
	accounts *content.Accounts
	site     *content.Site
	people   map[content.Role]content.Actor
	entries  map[string]string      // ids by slug
	newest   map[content.Ref]string // the newest revision
}

// Fill fills an empty installation as of now and answers with its accounts, which have
// no passwords yet. It answers Conflict with CodeNotEmpty where anything is there.
func Fill(ctx context.Context, store Store, renderer content.Renderer, now time.Time) ([]content.User, error) {
	p, steps, err := loadPlan()
	if err != nil {
		return nil, err
	}
	f := newFiller(p, store, renderer, now)
	if err := f.mustBeEmpty(ctx); err != nil {
		return nil, err
	}
	f.clock.set(f.day(-steps[0].DaysAgo-12), 9)
	users, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range steps {
		if err := f.publish(ctx, s); err != nil {
			return nil, fmt.Errorf("demo, change %s: %w", s.Slug, err)
		}
	}
	return users, nil
}

func newFiller(p plan, store Store, renderer content.Renderer, now time.Time) *filler {
	c := &clock{}
	zone := content.Settings{TimeZone: p.TimeZone}.Zone()
	return &filler{
		plan: p, clock: c, zone: zone, today: content.DateOf(now, zone),
		editor:   &content.Editor{Store: store, Renderer: renderer, Now: c.now},
		changes:  &content.Changes{Store: store, Channels: store, Now: c.now},
		accounts: &content.Accounts{Store: store, Now: c.now},
		site:     &content.Site{Store: store, Now: c.now},
		people:   map[content.Role]content.Actor{}, entries: map[string]string{}, newest: map[content.Ref]string{},
	}
}

// mustBeEmpty looks for anything that a person may have made.
func (f *filler) mustBeEmpty(ctx context.Context) error {
	topics, err := f.editor.Topics(ctx)
	if err != nil {
		return fmt.Errorf("look for topics: %w", err)
	}
	entries, err := f.editor.Entries(ctx, content.Operator())
	if err != nil {
		return fmt.Errorf("look for entries: %w", err)
	}
	changes, err := f.changes.List(ctx, content.Operator(), "")
	if err != nil {
		return fmt.Errorf("look for changes: %w", err)
	}
	users, err := Users(ctx, f.accounts)
	if err != nil {
		return err
	}
	if len(topics)+len(entries)+len(changes)+len(users) > 0 {
		return content.Fail(content.Conflict, content.CodeNotEmpty, nil)
	}
	return nil
}

// Users finds the demo's accounts, weakest role first; none where the site is no demo.
func Users(ctx context.Context, accounts *content.Accounts) ([]content.User, error) {
	p, _, err := loadPlan()
	if err != nil {
		return nil, err
	}
	var users []content.User
	for _, role := range content.Roles() {
		user, err := accounts.UserByEmail(ctx, content.Operator(), p.Accounts[role].Email)
		switch {
		case err == nil:
			users = append(users, user)
		case content.KindOf(err) != content.NotFound:
			return nil, fmt.Errorf("look for the demo's accounts: %w", err)
		}
	}
	return users, nil
}
