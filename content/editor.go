package content

import (
	"context"
	"fmt"
	"slices"
)

// TopicStore keeps topics.
type TopicStore interface {
	Topics(ctx context.Context) ([]Topic, error)
	// CreateTopic answers Conflict with CodeSlugTaken where the slug is used.
	CreateTopic(ctx context.Context, topic Topic, audit Audit) error
	UpdateTopic(ctx context.Context, id string, change func(*Topic) error, audit Audit) (Topic, error)
}

// EntryStore keeps entries and policies.
type EntryStore interface {
	// Entries lists all entries with the state of each language, by topic and position.
	Entries(ctx context.Context) ([]EntryState, error)
	Entry(ctx context.Context, id string) (EntryState, error)
	CreateEntry(ctx context.Context, entry Entry, audit Audit) error
	// UpdateEntry keeps every slug the entry ever had.
	UpdateEntry(ctx context.Context, id string, change func(*Entry) error, audit Audit) (Entry, error)
}

// RevisionStore keeps revisions.
type RevisionStore interface {
	// SaveRevision numbers and writes r if r.Base is still the newest revision of
	// its entry and language, in one step; else it answers Conflict with CodeRevisionOld.
	SaveRevision(ctx context.Context, r Revision, audit Audit) (Revision, error)
	Revision(ctx context.Context, id string) (Revision, error)
	// NewestRevision answers NotFound where there is none yet.
	NewestRevision(ctx context.Context, entry string, lang Lang) (Revision, error)
	// Revisions lists the revisions of an entry in one language without their text, newest first.
	Revisions(ctx context.Context, entry string, lang Lang) ([]Revision, error)
}

// VersionStore reads what was published.
type VersionStore interface {
	// Versions lists newest first; every language where lang is "*".
	Versions(ctx context.Context, entry string, lang Lang) ([]VersionMeta, error)
	Version(ctx context.Context, entry string, lang Lang, number int) (Version, error)
	Tombstones(ctx context.Context, entry string) ([]Tombstone, error)
}

// EditorStore is what the Editor needs.
type EditorStore interface {
	TopicStore
	EntryStore
	RevisionStore
	VersionStore
	SettingsStore
}

// Editor writes: topics, entries and their revisions. What it writes is private until a change publishes it.
type Editor struct {
	Store    EditorStore
	Renderer Renderer
	Now      Clock
}

// NewRevision is what an editor saves: text in one language, or facts.
type NewRevision struct {
	Entry string
	Lang  Lang // NoLang for facts
	Base  string
	Text  *Writing
	Facts *Facts
}

// SaveText writes a text revision. A text that is the same as the newest one's
// makes no new revision: that one is the answer. Where somebody else saved in
// between it answers with a *StaleError that holds the newest revision; nothing is lost.
func (e *Editor) SaveText(ctx context.Context, actor Actor, n NewRevision) (Revision, error) {
	entry, settings, err := e.forWriting(ctx, actor, n.Entry)
	if err != nil {
		return Revision{}, err
	}
	if !slices.Contains(settings.Languages, n.Lang) {
		return Revision{}, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{
			Field: "lang", Code: CodeLangUnknown, Args: Args{"Lang": string(n.Lang), "Languages": joinLangs(settings.Languages)},
		}}}
	}
	if n.Text == nil {
		n.Text = &Writing{}
	}
	if err := e.prepare(entry.Kind, n.Text); err != nil {
		return Revision{}, err
	}
	html, err := RenderWriting(ctx, e.Renderer, n.Text)
	if err != nil {
		return Revision{}, err
	}
	return e.save(ctx, actor, n, html)
}

// prepare normalises and checks a text; a policy that came as one long body is cut at its headings.
func (e *Editor) prepare(kind EntryKind, w *Writing) error {
	w.normalise()
	if err := withoutHTML(e.Renderer, w); err != nil {
		return err
	}
	if kind == Policy && w.Body != "" && len(w.Sections) == 0 {
		w.Sections, w.Body = e.Renderer.Sections(w.Body), ""
	}
	nameSections(w.Sections)
	return w.check(kind).err()
}

// withoutHTML writes pasted HTML as Markdown in every field that is Markdown.
func withoutHTML(r Renderer, w *Writing) error {
	var p problems
	convert := func(field string, s *string) {
		converted, err := r.FromHTML(*s)
		if err != nil {
			p.addErr(field, err)
			return
		}
		*s = converted
	}
	convert("body", &w.Body)
	for i := range w.Examples {
		convert(fmt.Sprintf("examples.%d", i), &w.Examples[i])
	}
	for i := range w.Perspectives {
		convert(fmt.Sprintf("perspectives.%d.text", i), &w.Perspectives[i].Text)
	}
	for i := range w.Sections {
		convert(fmt.Sprintf("sections.%d.body", i), &w.Sections[i].Body)
		convert(fmt.Sprintf("sections.%d.summary", i), &w.Sections[i].Summary)
	}
	return p.err()
}

// Preview renders a text as SaveText would, and saves nothing.
func (e *Editor) Preview(ctx context.Context, actor Actor, kind EntryKind, w Writing) (Writing, Rendered, error) {
	if err := actor.May(WriteRevision); err != nil {
		return w, Rendered{}, err
	}
	err := e.prepare(kind, &w)
	html, renderErr := RenderWriting(ctx, e.Renderer, &w)
	if renderErr != nil {
		return w, html, renderErr
	}
	return w, html, err
}

// SaveFacts writes a revision of the facts.
func (e *Editor) SaveFacts(ctx context.Context, actor Actor, n NewRevision) (Revision, error) {
	_, settings, err := e.forWriting(ctx, actor, n.Entry)
	if err != nil {
		return Revision{}, err
	}
	if n.Facts == nil {
		n.Facts = &Facts{}
	}
	n.Lang, n.Text = NoLang, nil
	n.Facts.normalise()
	if err := n.Facts.check(settings.Languages).err(); err != nil {
		return Revision{}, err
	}
	return e.save(ctx, actor, n, Rendered{})
}

func (e *Editor) forWriting(ctx context.Context, actor Actor, entry string) (EntryState, Settings, error) {
	if err := actor.May(WriteRevision); err != nil {
		return EntryState{}, Settings{}, err
	}
	state, err := e.Store.Entry(ctx, entry)
	if err != nil {
		return state, Settings{}, err
	}
	settings, err := e.Store.Settings(ctx)
	return state, settings, err
}

func (e *Editor) save(ctx context.Context, actor Actor, n NewRevision, html Rendered) (Revision, error) {
	now := e.Now()
	r := Revision{
		RevisionRef: RevisionRef{ID: NewID(now), Entry: n.Entry, Lang: n.Lang, Author: actor.UserID, Hash: ContentHash(n.Lang, n.Text, n.Facts)},
		Base:        n.Base, Created: now, Text: n.Text, Facts: n.Facts, HTML: html,
	}
	if n.Base != "" {
		same, err := e.Store.NewestRevision(ctx, n.Entry, n.Lang)
		if err == nil && same.ID == n.Base && same.Hash == r.Hash {
			return same, nil // nothing was typed: nothing new to keep
		}
		if err != nil && KindOf(err) != NotFound {
			return Revision{}, fmt.Errorf("read the newest revision: %w", err)
		}
	}
	saved, err := e.Store.SaveRevision(ctx, r, NewAudit(actor, now, "revision.save", r.ID, map[string]string{"entry": n.Entry, "lang": string(n.Lang)}))
	if err == nil || KindOf(err) != Conflict {
		return saved, err
	}
	newest, newestErr := e.Store.NewestRevision(ctx, n.Entry, n.Lang)
	if newestErr != nil {
		return Revision{}, fmt.Errorf("read the newest revision after a conflict: %w", newestErr)
	}
	if newest.Hash == r.Hash && newest.Author == r.Author {
		return newest, nil // the same form sent twice
	}
	return Revision{}, &StaleError{Newest: newest, Err: err}
}

// StaleError says that somebody else saved in between. It carries their text, so that both can be shown.
type StaleError struct {
	Newest Revision
	Err    error
}

// Error is for logs.
func (s *StaleError) Error() string { return s.Err.Error() }

// Unwrap gives the Conflict.
func (s *StaleError) Unwrap() error { return s.Err }

// nameSections gives a stable id to each section that has none: part-1, part-2 ... whichever is free.
func nameSections(sections []Section) {
	taken := map[string]bool{}
	for _, s := range sections {
		taken[s.ID] = true
	}
	next := 1
	for i := range sections {
		if sections[i].ID != "" {
			continue
		}
		for taken[fmt.Sprintf("part-%d", next)] {
			next++
		}
		sections[i].ID = fmt.Sprintf("part-%d", next)
		taken[sections[i].ID] = true
	}
}
