package demo

import (
	"context"
	"fmt"

	"klartext/content"
)

// open makes everything that a site has before its first change: settings, people,
// topics and entries without text.
func (f *filler) open(ctx context.Context) ([]content.User, error) {
	_, err := f.site.Update(ctx, content.Operator(), func(s *content.Settings) {
		s.SiteName, s.TimeZone = f.plan.Name, f.plan.TimeZone
		s.Languages, s.ApprovalsRequired = []content.Lang{"de", "en"}, 1
		s.Gates.KnownWords, s.ClarityLine = f.plan.KnownWords, true
	})
	if err != nil {
		return nil, fmt.Errorf("demo, settings: %w", err)
	}
	users, err := f.hire(ctx)
	if err != nil {
		return nil, err
	}
	for lang, terms := range f.plan.Glossary {
		if _, err := f.glossary.Adopt(ctx, f.people[content.Approver], lang, terms); err != nil {
			return nil, fmt.Errorf("demo, glossary: %w", err)
		}
	}
	position := 0
	for i, t := range f.plan.Topics {
		made, err := f.editor.CreateTopic(ctx, f.people[content.Author], content.Topic{Slug: t.Slug, Title: t.Title, Position: i})
		if err != nil {
			return nil, fmt.Errorf("demo, topic %s: %w", t.Slug, err)
		}
		for _, slug := range t.Entries {
			if err := f.place(ctx, content.Entry{Kind: content.FAQ, Slug: slug, Topic: made.ID, Position: position}); err != nil {
				return nil, err
			}
			position++
		}
	}
	for i, slug := range f.plan.Policies {
		if err := f.place(ctx, content.Entry{Kind: content.Policy, Slug: slug, Position: i}); err != nil {
			return nil, err
		}
	}
	return users, f.arrange(ctx)
}

// arrange sets up the front page and the foot of every page.
func (f *filler) arrange(ctx context.Context) error {
	_, err := f.site.Update(ctx, content.Operator(), func(s *content.Settings) {
		s.Look, s.Featured = f.plan.Look, nil
		for _, slug := range f.plan.Featured {
			s.Featured = append(s.Featured, f.entries[slug])
		}
	})
	if err != nil {
		return fmt.Errorf("demo, front page: %w", err)
	}
	return nil
}

// hire makes one account for each role.
func (f *filler) hire(ctx context.Context) ([]content.User, error) {
	var users []content.User
	for _, role := range content.Roles() {
		p := f.plan.Accounts[role]
		user, err := f.accounts.AddUser(ctx, content.Operator(), content.User{Email: p.Email, Name: p.Name, Role: role})
		if err != nil {
			return nil, fmt.Errorf("demo, account %s: %w", p.Email, err)
		}
		f.people[role] = user.Actor("command")
		users = append(users, user)
	}
	return users, nil
}

func (f *filler) place(ctx context.Context, e content.Entry) error {
	made, err := f.editor.CreateEntry(ctx, f.people[content.Author], e)
	if err != nil {
		return fmt.Errorf("demo, entry %s: %w", e.Slug, err)
	}
	f.entries[e.Slug] = made.ID
	return nil
}
