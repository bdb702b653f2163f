package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// SiteSeq grows by one with everything that readers could notice.
func (s *Store) SiteSeq(ctx context.Context) (int64, error) {
	seq, err := s.reader().Counter(ctx, "site")
	if err != nil {
		return 0, fmt.Errorf("read the site's counter: %w", classify(err))
	}
	return seq, nil
}

// Published reads everything that readers may see where since is 0, else what was touched after it.
func (s *Store) Published(ctx context.Context, since int64) (content.SiteData, error) {
	var data content.SiteData
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		var err error
		if data.Seq, err = q.Counter(ctx, "site"); err != nil {
			return fmt.Errorf("read the site's counter: %w", err)
		}
		rows, err := q.TouchedSince(ctx, since)
		if err != nil {
			return fmt.Errorf("read what was touched: %w", err)
		}
		if data.Settings, err = settings(ctx, q); err != nil {
			return err
		}
		if data.Topics, err = topics(ctx, q); err != nil {
			return err
		}
		if since == 0 || needsWhole(rows) || slices.ContainsFunc(rows, touchesGlossary) {
			if data.Glossary, err = terms(ctx, q); err != nil {
				return err
			}
			data.Explains = true
		}
		if data.Accounts, err = publicAccounts(ctx, q); err != nil {
			return err
		}
		if since == 0 || needsWhole(rows) {
			return readWhole(ctx, q, &data)
		}
		return readTouched(ctx, q, &data, rows)
	})
	return data, err
}

// A write to the glossary touches what shows on every page, like the settings.
const (
	glossaryKind    = "settings"
	glossarySubject = "glossary"
)

func touchesGlossary(row db.TouchedSinceRow) bool {
	return row.Kind == glossaryKind && row.Subject == glossarySubject
}

// manyTouched is how many touched things make reading everything the faster way.
const manyTouched = 200

func needsWhole(rows []db.TouchedSinceRow) bool {
	for _, row := range rows {
		if row.Kind == "all" {
			return true
		}
	}
	return len(rows) > manyTouched
}

func readTouched(ctx context.Context, q *db.Queries, data *content.SiteData, rows []db.TouchedSinceRow) error {
	for _, row := range rows {
		switch row.Kind {
		case "entry":
			e, err := readEntry(ctx, q, row.Subject)
			if err != nil {
				return err
			}
			if len(e.Versions) > 0 {
				data.Entries = append(data.Entries, e)
			}
		case "change":
			c, err := readChange(ctx, q, row.Subject)
			if err != nil {
				return err
			}
			if c.State == content.Published {
				data.Changes = append(data.Changes, c)
			}
		}
	}
	return nil
}

func readEntry(ctx context.Context, q *db.Queries, id string) (content.PublishedEntry, error) {
	var e content.PublishedEntry
	row, err := q.Entry(ctx, id)
	if err != nil {
		return e, missing(err, content.CodeEntryUnknown, "entry", id)
	}
	e = content.PublishedEntry{Entry: entryOf(row), Current: map[content.Lang]content.Version{}}
	slugs, err := q.SlugsOf(ctx, id)
	if err != nil {
		return e, fmt.Errorf("read slugs of %s: %w", id, err)
	}
	for _, slug := range slugs {
		addSlug(&e, slug)
	}
	metas, err := q.VersionMetasOf(ctx, id)
	if err != nil {
		return e, fmt.Errorf("read versions of %s: %w", id, err)
	}
	for _, row := range metas {
		meta, err := metaOf(row)
		if err != nil {
			return e, err
		}
		e.Versions = append(e.Versions, meta)
	}
	texts, err := q.CurrentTextsOf(ctx, id)
	if err != nil {
		return e, fmt.Errorf("read the texts of %s: %w", id, err)
	}
	for _, text := range texts {
		v, err := currentOf(&e, db.CurrentTextsRow(text))
		if err != nil {
			return e, err
		}
		e.Current[v.Lang] = v
	}
	stones, err := q.TombstonesOf(ctx, id)
	if err != nil {
		return e, fmt.Errorf("read tombstones of %s: %w", id, err)
	}
	e.Tombstones = append(e.Tombstones, tombstonesOf(stones)...)
	return e, nil
}

func addSlug(e *content.PublishedEntry, slug string) {
	if slug != e.Slug {
		e.OldSlugs = append(e.OldSlugs, slug)
	}
}

func readChange(ctx context.Context, q *db.Queries, id string) (content.PublishedChange, error) {
	var c content.PublishedChange
	row, err := q.Change(ctx, id)
	if err != nil {
		return c, missing(err, content.CodeChangeUnknown, "change", id)
	}
	if c.Change, err = changeOf(row); err != nil {
		return c, err
	}
	c.SHA256 = row.Hash
	given, err := q.ApprovalCountOf(ctx, id)
	if err != nil {
		return c, fmt.Errorf("count the approvals of change %s: %w", id, err)
	}
	c.ApprovalCount = int(given)
	posts, err := q.PostsOf(ctx, id)
	if err != nil {
		return c, fmt.Errorf("read the posts of change %s: %w", id, err)
	}
	for _, post := range posts {
		link, err := postOf(db.PostsRow(post))
		if err != nil {
			return c, err
		}
		c.Posts = append(c.Posts, link)
	}
	return c, nil
}
