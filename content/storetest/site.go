package storetest

import (
	"context"
	"encoding/json"
	"html"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
)

// Site is a store with the services on it, two people, and a clock that tests move.
type Site struct {
	Store    *sqlstore.Store
	Editor   *content.Editor
	Changes  *content.Changes
	Author   content.Actor
	Approver content.Actor
	Admin    content.Actor
	Time     time.Time
}

// NewSite makes the people. Each call to the clock moves it by a millisecond, so that order is never a matter of luck.
func NewSite(t testing.TB, store *sqlstore.Store) *Site {
	t.Helper()
	s := &Site{Store: store, Time: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	s.Editor = &content.Editor{Store: store, Renderer: Escaper{}, Now: s.Now}
	s.Changes = &content.Changes{
		Store: store, Channels: store, Networks: map[string]content.Network{"test": Network{}}, BaseURL: "https://example.org", Now: s.Now,
	}
	s.Author = s.person(t, "author@example.org", content.Author)
	s.Approver = s.person(t, "approver@example.org", content.Approver)
	s.Admin = s.person(t, "admin@example.org", content.Admin)
	return s
}

// Now is the site's clock.
func (s *Site) Now() time.Time {
	s.Time = s.Time.Add(time.Millisecond)
	return s.Time
}

func (s *Site) person(t testing.TB, email string, role content.Role) content.Actor {
	t.Helper()
	u := content.User{ID: content.NewID(s.Now()), Email: email, Name: string(role), Role: role, Created: s.Time}
	if err := s.Store.CreateUser(t.Context(), u, content.NewAudit(content.System(), s.Time, "user.create", u.ID, nil)); err != nil {
		t.Fatal(err)
	}
	return u.Actor("session")
}

// Entry makes an entry in a topic of its own.
func (s *Site) Entry(t testing.TB, slug string) content.Entry {
	t.Helper()
	topic, err := s.Editor.CreateTopic(t.Context(), s.Author, content.Topic{Slug: "topic-" + slug, Title: content.Text{"en": slug}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Editor.CreateEntry(t.Context(), s.Author, content.Entry{Kind: content.FAQ, Slug: slug, Topic: topic.ID})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Write saves a revision over the newest one.
func (s *Site) Write(t testing.TB, entry string, lang content.Lang, title string) content.Revision {
	t.Helper()
	base := ""
	if newest, err := s.Store.NewestRevision(t.Context(), entry, lang); err == nil {
		base = newest.ID
	}
	r, err := s.Editor.SaveText(t.Context(), s.Author, content.NewRevision{
		Entry: entry, Lang: lang, Base: base, Text: &content.Writing{Title: title, Body: "Body of " + title},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Change opens a change with everything that submitting asks for.
func (s *Site) Change(t testing.TB, slug string, revisions ...content.Revision) content.Change {
	t.Helper()
	ids := make([]string, len(revisions))
	for i, r := range revisions {
		ids[i] = r.ID
	}
	c, err := s.Changes.Create(t.Context(), s.Author, content.ChangeInput{
		Slug: &slug, Title: content.Text{"de": slug, "en": slug}, Why: content.Text{"de": "Darum.", "en": "Because."}, Revisions: &ids,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Approve submits a change and has another person approve it.
func (s *Site) Approve(t testing.TB, id string) content.Change {
	t.Helper()
	c, err := s.Changes.Submit(t.Context(), s.Author, id)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = s.Changes.Approve(t.Context(), s.Approver, id, c.Hash()); err != nil {
		t.Fatal(err)
	}
	return c
}

// Publish approves and publishes a change.
func (s *Site) Publish(t testing.TB, id string) content.Change {
	t.Helper()
	s.Approve(t, id)
	c, err := s.Changes.Publish(t.Context(), s.Approver, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Escaper is a renderer for tests of other things: it escapes everything and cuts nothing.
type Escaper struct{}

// Render escapes.
func (Escaper) Render(_ context.Context, markdown string) (string, error) {
	return "<p>" + html.EscapeString(markdown) + "</p>", nil
}

// RenderUnder escapes.
func (e Escaper) RenderUnder(ctx context.Context, markdown string, _ int) (string, error) {
	return e.Render(ctx, markdown)
}

// FromHTML changes nothing.
func (Escaper) FromHTML(markdown string) (string, error) { return markdown, nil }

// Sections puts everything into one.
func (Escaper) Sections(markdown string) []content.Section {
	return []content.Section{{ID: "all", Heading: "All", Body: markdown}}
}

// Version names these rules.
func (Escaper) Version() string { return "escape-1" }

// Network is a network that posts nothing and counts bytes up to 100.
type Network struct{}

// Name is "test".
func (Network) Name() string { return "test" }

// Fields has none.
func (Network) Fields() []content.SettingField { return nil }

// Check accepts every account.
func (Network) Check(context.Context, json.RawMessage) (content.Account, error) {
	return content.Account{}, nil
}

// Compose adds the link and the reference.
func (Network) Compose(_ content.Account, post content.Post) content.Composed {
	text := post.Text
	if post.Link {
		text += "\n\n" + post.Permalink
	}
	if post.Reference != "" {
		text += "\n\n" + post.Reference
	}
	return content.Composed{Text: text, Length: len(text), Limit: 100}
}
