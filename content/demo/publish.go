package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klartext/content"
)

// publish does what people do: the author writes and submits three days before, the
// approver approves the day before and publishes on the day.
func (f *filler) publish(ctx context.Context, s step) error {
	author, approver := f.people[content.Author], f.people[content.Approver]
	f.clock.set(f.day(-s.DaysAgo-3), 9)
	revisions, err := f.write(ctx, s)
	if err != nil {
		return err
	}
	c, err := f.changes.Create(ctx, author, f.input(s, revisions))
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	if c, err = f.changes.Submit(ctx, author, c.ID); err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	f.clock.set(f.day(-s.DaysAgo-1), 15)
	if c, err = f.changes.Approve(ctx, approver, c.ID, c.Hash()); err != nil {
		return fmt.Errorf("approve: %w", err)
	}
	f.clock.set(f.day(-s.DaysAgo), 10)
	if _, err = f.changes.Publish(ctx, approver, c.ID); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

func (f *filler) input(s step, revisions []string) content.ChangeInput {
	in := content.ChangeInput{
		Slug: &s.Slug, Title: s.Title, Summary: s.Summary, Why: s.Why, Materiality: &s.Materiality,
		Perspectives: s.Perspectives, Revisions: &revisions,
	}
	if s.EffectiveIn != nil {
		day := string(content.DateOf(f.day(*s.EffectiveIn), f.zone))
		in.EffectiveDate = &day
	}
	var withdraw []content.Withdrawal
	for slug, reasons := range s.Withdraw {
		for _, lang := range []content.Lang{"de", "en"} {
			withdraw = append(withdraw, content.Withdrawal{Entry: f.entries[slug], Lang: lang, Reason: reasons[lang]})
		}
	}
	in.Withdraw = &withdraw
	return in
}

// write saves every text and all facts of a step, in the site's order, and answers with the revisions.
func (f *filler) write(ctx context.Context, s step) ([]string, error) {
	var ids []string
	for _, slug := range f.slugs() {
		for _, name := range s.Publish[slug] {
			r, err := f.save(ctx, slug, name)
			if err != nil {
				return nil, fmt.Errorf("%s/%s: %w", slug, name, err)
			}
			f.newest[content.Ref{Entry: r.Entry, Lang: r.Lang}] = r.ID
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

// slugs lists the entries and then the policies, in the site's order.
func (f *filler) slugs() []string {
	var slugs []string
	for _, t := range f.plan.Topics {
		slugs = append(slugs, t.Entries...)
	}
	return slices.Concat(slugs, f.plan.Policies)
}

func (f *filler) save(ctx context.Context, slug, name string) (content.Revision, error) {
	lang, _, _ := strings.Cut(name, ".")
	path := "data/entries/" + slug + "/" + name
	n := content.NewRevision{Entry: f.entries[slug]}
	if lang == "facts" {
		n.Base, n.Facts = f.newest[content.Ref{Entry: n.Entry}], &content.Facts{}
		if err := readJSON(path+".json", n.Facts); err != nil {
			return content.Revision{}, err
		}
		return f.editor.SaveFacts(ctx, f.people[content.Author], n)
	}
	text, err := readText(path + ".md")
	if err != nil {
		return content.Revision{}, err
	}
	n.Lang, n.Text = content.Lang(lang), text
	n.Base = f.newest[content.Ref{Entry: n.Entry, Lang: n.Lang}]
	return f.editor.SaveText(ctx, f.people[content.Author], n)
}
