package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// CreateTopic makes a topic. An empty slug is made of the title.
func (e *Editor) CreateTopic(ctx context.Context, actor Actor, topic Topic) (Topic, error) {
	if err := actor.May(WriteRevision); err != nil {
		return Topic{}, err
	}
	settings, err := e.Store.Settings(ctx)
	if err != nil {
		return Topic{}, fmt.Errorf("create topic: %w", err)
	}
	if strings.TrimSpace(topic.Slug) == "" {
		title, _ := topic.Title.In("en", settings.Languages...)
		topic.Slug = Slug(title)
	}
	if err := checkTopic(&topic, settings); err != nil {
		return Topic{}, err
	}
	now := e.Now()
	topic.ID, topic.Created = NewID(now), now
	err = e.Store.CreateTopic(ctx, topic, NewAudit(actor, now, "topic.create", topic.ID, map[string]string{"slug": topic.Slug}))
	return topic, err
}

// UpdateTopic changes title, slug or position.
func (e *Editor) UpdateTopic(ctx context.Context, actor Actor, id string, change func(*Topic)) (Topic, error) {
	if err := actor.May(WriteRevision); err != nil {
		return Topic{}, err
	}
	entries, err := e.Store.Entries(ctx)
	if err != nil {
		return Topic{}, fmt.Errorf("update topic: %w", err)
	}
	entries = slices.DeleteFunc(entries, func(state EntryState) bool { return state.Topic != id })
	if err := mayMove(actor, entries...); err != nil {
		return Topic{}, err
	}
	settings, err := e.Store.Settings(ctx)
	if err != nil {
		return Topic{}, fmt.Errorf("update topic: %w", err)
	}
	return e.Store.UpdateTopic(ctx, id, func(t *Topic) error {
		change(t)
		return checkTopic(t, settings)
	}, NewAudit(actor, e.Now(), "topic.update", id, nil))
}

func checkTopic(topic *Topic, settings Settings) error {
	var p problems
	topic.Title = topic.Title.trimmed()
	topic.Slug = strings.TrimSpace(topic.Slug)
	checkSlug(&p, "slug", topic.Slug)
	if len(topic.Title) == 0 {
		p.add("title", CodeRequired, nil)
	}
	topic.Title.check(&p, "title", settings.Languages, maxTitle)
	return p.err()
}

// Topics lists the topics in their order.
func (e *Editor) Topics(ctx context.Context) ([]Topic, error) { return e.Store.Topics(ctx) }

// CreateEntry makes an entry or policy without any text yet.
func (e *Editor) CreateEntry(ctx context.Context, actor Actor, entry Entry) (Entry, error) {
	if err := actor.May(WriteRevision); err != nil {
		return Entry{}, err
	}
	topics, err := e.Store.Topics(ctx)
	if err != nil {
		return Entry{}, fmt.Errorf("read topics: %w", err)
	}
	if err := entry.check(topics); err != nil {
		return Entry{}, err
	}
	now := e.Now()
	entry.ID, entry.Created = NewID(now), now
	err = e.Store.CreateEntry(ctx, entry, NewAudit(actor, now, "entry.create", entry.ID, map[string]string{"slug": entry.Slug}))
	return entry, err
}

// UpdateEntry changes slug, topic or position. The old slug redirects for ever.
func (e *Editor) UpdateEntry(ctx context.Context, actor Actor, id string, change func(*Entry)) (Entry, error) {
	if err := actor.May(WriteRevision); err != nil {
		return Entry{}, err
	}
	state, err := e.Store.Entry(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := mayMove(actor, state); err != nil {
		return Entry{}, err
	}
	topics, err := e.Store.Topics(ctx) // before the transaction, which must not wait for a second connection
	if err != nil {
		return Entry{}, fmt.Errorf("read topics: %w", err)
	}
	return e.Store.UpdateEntry(ctx, id, func(entry *Entry) error {
		kind := entry.Kind
		change(entry)
		entry.Kind = kind
		return entry.check(topics)
	}, NewAudit(actor, e.Now(), "entry.update", id, nil))
}

// mayMove lets authors place what nobody has seen yet. What readers see changes at
// once with its address or topic, so that takes somebody who may publish.
func mayMove(actor Actor, entries ...EntryState) error {
	for _, e := range entries {
		if e.seen() && !actor.Role.May(PublishChange) {
			return Fail(Forbidden, CodePlaceSeen, nil)
		}
	}
	return nil
}

// seen tells whether readers ever saw a version.
func (e EntryState) seen() bool {
	return slices.ContainsFunc(e.Langs, func(l LangState) bool { return l.Head.Version > 0 })
}

func (entry *Entry) check(topics []Topic) error {
	var p problems
	entry.Slug = strings.TrimSpace(entry.Slug)
	checkSlug(&p, "slug", entry.Slug)
	if entry.Kind != FAQ && entry.Kind != Policy {
		p.add("kind", CodeKindUnknown, Args{"Value": string(entry.Kind)})
	}
	switch {
	case entry.Topic == "" && entry.Kind == FAQ:
		p.add("topic", CodeRequired, nil)
	case entry.Topic != "" && !slices.ContainsFunc(topics, func(t Topic) bool { return t.ID == entry.Topic }):
		p.add("topic", CodeTopicUnknown, Args{"Value": entry.Topic})
	}
	return p.err()
}

// Entries lists all entries with their drafts.
func (e *Editor) Entries(ctx context.Context, actor Actor) ([]EntryState, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	return e.Store.Entries(ctx)
}

// Entry is one entry with its drafts.
func (e *Editor) Entry(ctx context.Context, actor Actor, id string) (EntryState, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return EntryState{}, err
	}
	return e.Store.Entry(ctx, id)
}
