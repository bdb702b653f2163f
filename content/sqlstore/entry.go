package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

func slugTaken(field, slug string) error {
	return &content.Error{Kind: content.Conflict, Code: content.CodeSlugTaken, Args: content.Args{"Slug": slug}, Fields: []content.FieldError{
		{Field: field, Code: content.CodeSlugTaken, Args: content.Args{"Slug": slug}},
	}}
}

// Topics lists the topics in their order.
func (s *Store) Topics(ctx context.Context) ([]content.Topic, error) {
	return topics(ctx, s.reader())
}

func topics(ctx context.Context, q *db.Queries) ([]content.Topic, error) {
	rows, err := q.Topics(ctx)
	if err != nil {
		return nil, fmt.Errorf("read topics: %w", classify(err))
	}
	list := make([]content.Topic, 0, len(rows))
	for _, row := range rows {
		topic, err := topicOf(row)
		if err != nil {
			return nil, err
		}
		list = append(list, topic)
	}
	return list, nil
}

func topicOf(row db.Topic) (content.Topic, error) {
	t := content.Topic{ID: row.ID, Slug: row.Slug, Position: int(row.Position), Created: at(row.CreatedAt)}
	return t, decode(row.Title, &t.Title, "title", row.ID)
}

// CreateTopic writes a topic; Conflict where its slug is taken.
func (s *Store) CreateTopic(ctx context.Context, t content.Topic, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		n, err := tx.AddTopic(ctx, db.AddTopicParams{ID: t.ID, Slug: t.Slug, Title: encode(t.Title), Position: int64(t.Position), CreatedAt: ms(t.Created)})
		if err != nil {
			return fmt.Errorf("add topic: %w", err)
		}
		if n == 0 {
			return slugTaken("slug", t.Slug)
		}
		if err := tx.touch(ctx, touched{"topics", ""}); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
}

// UpdateTopic changes a topic in one transaction.
func (s *Store) UpdateTopic(ctx context.Context, id string, change func(*content.Topic) error, audit content.Audit) (content.Topic, error) {
	var t content.Topic
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.touch(ctx, touched{"topics", ""}); err != nil { // first, for its lock
			return err
		}
		row, err := tx.Topic(ctx, id)
		if err != nil {
			return missing(err, content.CodeTopicUnknown, "topic", id)
		}
		if t, err = topicOf(row); err != nil {
			return err
		}
		if err := change(&t); err != nil {
			return err
		}
		if other, err := tx.TopicBySlug(ctx, t.Slug); err == nil && other.ID != id {
			return slugTaken("slug", t.Slug)
		}
		err = tx.SetTopic(ctx, db.SetTopicParams{ID: id, Slug: t.Slug, Title: encode(t.Title), Position: int64(t.Position)})
		if err != nil {
			return fmt.Errorf("write topic %s: %w", id, err)
		}
		return tx.audit(ctx, audit)
	})
	return t, err
}

func entryOf(row db.Entry) content.Entry {
	return content.Entry{
		ID: row.ID, Kind: content.EntryKind(row.Kind), Slug: row.Slug, Topic: row.TopicID.String,
		Position: int(row.Position), Created: at(row.CreatedAt),
	}
}

// Entries lists all entries with the state of each language.
func (s *Store) Entries(ctx context.Context) ([]content.EntryState, error) {
	var list []content.EntryState
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		rows, err := q.Entries(ctx)
		if err != nil {
			return fmt.Errorf("read entries: %w", err)
		}
		newest, err := q.NewestRevisions(ctx)
		if err != nil {
			return fmt.Errorf("read newest revisions: %w", err)
		}
		heads, err := q.Heads(ctx)
		if err != nil {
			return fmt.Errorf("read heads: %w", err)
		}
		states := map[string]*content.EntryState{}
		list = make([]content.EntryState, len(rows))
		for i, row := range rows {
			list[i] = content.EntryState{Entry: entryOf(row)}
			states[row.ID] = &list[i]
		}
		for _, r := range newest {
			addNewest(states[r.EntryID], r)
		}
		for _, row := range heads {
			h, err := headOf(row)
			if err != nil {
				return err
			}
			addHead(states[row.EntryID], h)
		}
		return nil
	})
	return list, err
}

// Entry is one entry with the state of each language.
func (s *Store) Entry(ctx context.Context, id string) (content.EntryState, error) {
	var state content.EntryState
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		row, err := q.Entry(ctx, id)
		if err != nil {
			return missing(err, content.CodeEntryUnknown, "entry", id)
		}
		state = content.EntryState{Entry: entryOf(row)}
		newest, err := q.NewestRevisionsOf(ctx, id)
		if err != nil {
			return fmt.Errorf("read newest revisions of %s: %w", id, err)
		}
		for _, r := range newest {
			addNewest(&state, db.NewestRevisionsRow(r))
		}
		heads, err := q.HeadsOf(ctx, id)
		if err != nil {
			return fmt.Errorf("read heads of %s: %w", id, err)
		}
		for _, row := range heads {
			h, err := headOf(db.HeadsRow(row))
			if err != nil {
				return err
			}
			addHead(&state, h)
		}
		return nil
	})
	return state, err
}

func addNewest(state *content.EntryState, r db.NewestRevisionsRow) {
	if state == nil {
		return
	}
	ref := content.RevisionRef{ID: r.ID, Entry: r.EntryID, Lang: content.Lang(r.Lang), Number: int(r.Number), Author: r.AuthorID, Hash: r.Hash}
	state.Langs = append(state.Langs, content.LangState{Lang: ref.Lang, Newest: &ref, Title: r.Title})
}

// head is a content.Head with the ref and hash it belongs to.
type head struct {
	content.Head
	ref  content.Ref
	hash string
}

func headOf(row db.HeadsRow) (head, error) {
	verdict, err := verdictOf(row.Verdict, row.RevisionID)
	return head{
		ref: content.Ref{Entry: row.EntryID, Lang: content.Lang(row.Lang)}, hash: row.Hash,
		Head: content.Head{
			Version: int(row.Number), Revision: row.RevisionID, RevisionNumber: int(row.RevisionNumber),
			Facts: row.FactsID.String, PublishedAt: at(row.PublishedAt), Withdrawn: row.Withdrawn, Verdict: verdict,
		},
	}, err
}

func addHead(state *content.EntryState, h head) {
	if state == nil {
		return
	}
	for i := range state.Langs {
		if state.Langs[i].Lang == h.ref.Lang {
			state.Langs[i].Head = h.Head
		}
	}
}

// CreateEntry writes an entry; Conflict where its slug is or ever was another entry's.
func (s *Store) CreateEntry(ctx context.Context, e content.Entry, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		n, err := tx.AddEntry(ctx, db.AddEntryParams{
			ID: e.ID, Kind: string(e.Kind), Slug: e.Slug, TopicID: optional(e.Topic), Position: int64(e.Position), CreatedAt: ms(e.Created),
		})
		if err != nil {
			return fmt.Errorf("add entry: %w", err)
		}
		if n == 0 {
			return slugTaken("slug", e.Slug)
		}
		if err := tx.ownSlug(ctx, e); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
}

// ownSlug keeps the slug for the entry for ever.
func (t *tx) ownSlug(ctx context.Context, e content.Entry) error {
	n, err := t.AddSlug(ctx, db.AddSlugParams{Kind: string(e.Kind), Slug: e.Slug, EntryID: e.ID})
	if err != nil {
		return fmt.Errorf("keep slug %s: %w", e.Slug, err)
	}
	if n == 1 {
		return nil
	}
	owner, err := t.SlugOwner(ctx, db.SlugOwnerParams{Kind: string(e.Kind), Slug: e.Slug})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the owner of slug %s: %w", e.Slug, err)
	}
	if owner != e.ID {
		return slugTaken("slug", e.Slug)
	}
	return nil
}

// UpdateEntry changes an entry in one transaction and keeps every slug it ever had.
func (s *Store) UpdateEntry(ctx context.Context, id string, change func(*content.Entry) error, audit content.Audit) (content.Entry, error) {
	var e content.Entry
	err := s.inTx(ctx, func(tx *tx) error {
		row, err := tx.LockEntry(ctx, id)
		if err != nil {
			return missing(err, content.CodeEntryUnknown, "entry", id)
		}
		e = entryOf(row)
		if err := change(&e); err != nil {
			return err
		}
		if err := tx.ownSlug(ctx, e); err != nil {
			return err
		}
		err = tx.SetEntry(ctx, db.SetEntryParams{ID: id, Slug: e.Slug, TopicID: optional(e.Topic), Position: int64(e.Position)})
		if err != nil {
			return fmt.Errorf("write entry %s: %w", id, err)
		}
		if err := tx.touch(ctx, touched{"entry", id}); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return e, err
}
