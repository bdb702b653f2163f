package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// stored is the content column of a revision.
type stored struct {
	Text  *content.Writing `json:"text,omitempty"`
	Facts *content.Facts   `json:"facts,omitempty"`
}

// SaveRevision writes r as the next revision if r.Base is still the newest one; else Conflict with CodeRevisionOld.
func (s *Store) SaveRevision(ctx context.Context, r content.Revision, audit content.Audit) (content.Revision, error) {
	err := s.inTx(ctx, func(tx *tx) error {
		if _, err := tx.LockEntry(ctx, r.Entry); err != nil { // two editors wait for each other here
			return missing(err, content.CodeEntryUnknown, "entry", r.Entry)
		}
		newest, err := tx.NewestRevisionRef(ctx, db.NewestRevisionRefParams{EntryID: r.Entry, Lang: string(r.Lang)})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read the newest revision of %s: %w", r.Entry, err)
		}
		if newest.ID != r.Base {
			return content.Fail(content.Conflict, content.CodeRevisionOld, nil)
		}
		r.Number = int(newest.Number) + 1
		if err := tx.addRevision(ctx, r); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return r, err
}

func (t *tx) addRevision(ctx context.Context, r content.Revision) error {
	title := ""
	if r.Text != nil {
		title = r.Text.Title
	}
	err := t.AddRevision(ctx, db.AddRevisionParams{
		ID: r.ID, EntryID: r.Entry, Lang: string(r.Lang), Number: int64(r.Number), BaseID: r.Base, AuthorID: r.Author,
		CreatedAt: ms(r.Created), Hash: r.Hash, Title: title, Content: encode(stored{r.Text, r.Facts}), Html: encodeHTML(r.HTML),
	})
	if err != nil {
		return fmt.Errorf("write revision %s: %w", r.ID, err)
	}
	return nil
}

func revisionOf(row db.Revision) (content.Revision, error) {
	r := content.Revision{
		RevisionRef: content.RevisionRef{
			ID: row.ID, Entry: row.EntryID, Lang: content.Lang(row.Lang), Number: int(row.Number), Author: row.AuthorID, Hash: row.Hash,
		},
		Base: row.BaseID, Created: at(row.CreatedAt),
	}
	var body stored
	if err := decode(row.Content, &body, "content", row.ID); err != nil {
		return r, err
	}
	r.Text, r.Facts = body.Text, body.Facts
	return r, decode(row.Html, &r.HTML, "html", row.ID)
}

// Revision is one revision with its text.
func (s *Store) Revision(ctx context.Context, id string) (content.Revision, error) {
	row, err := s.reader().Revision(ctx, id)
	if err != nil {
		return content.Revision{}, missing(err, content.CodeRevisionUnknown, "revision", id)
	}
	return revisionOf(row)
}

// NewestRevision is the newest revision in one language, or NotFound.
func (s *Store) NewestRevision(ctx context.Context, entry string, lang content.Lang) (content.Revision, error) {
	row, err := s.reader().NewestRevision(ctx, db.NewestRevisionParams{EntryID: entry, Lang: string(lang)})
	if err != nil {
		return content.Revision{}, missing(err, content.CodeRevisionUnknown, "newest revision of", entry)
	}
	return revisionOf(row)
}

// Revisions lists the revisions in one language without their text, newest first.
func (s *Store) Revisions(ctx context.Context, entry string, lang content.Lang) ([]content.Revision, error) {
	rows, err := s.reader().Revisions(ctx, db.RevisionsParams{EntryID: entry, Lang: string(lang)})
	if err != nil {
		return nil, fmt.Errorf("read revisions of %s: %w", entry, classify(err))
	}
	list := make([]content.Revision, 0, len(rows))
	for _, row := range rows {
		list = append(list, content.Revision{
			RevisionRef: content.RevisionRef{
				ID: row.ID, Entry: row.EntryID, Lang: content.Lang(row.Lang), Number: int(row.Number), Author: row.AuthorID, Hash: row.Hash,
			},
			Base: row.BaseID, Created: at(row.CreatedAt), Text: &content.Writing{Title: row.Title},
		})
	}
	return list, nil
}
