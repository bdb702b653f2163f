package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// readWhole reads everything that was ever published. The texts are decoded
// beside the reading: of 10,000 entries either takes about as long.
func readWhole(ctx context.Context, q *db.Queries, data *content.SiteData) error {
	data.Whole = true
	rows, err := q.Entries(ctx)
	if err != nil {
		return fmt.Errorf("read entries: %w", err)
	}
	texts, err := q.CurrentTexts(ctx)
	if err != nil {
		return fmt.Errorf("read current texts: %w", err)
	}
	decoded := decodeBeside(texts)
	all := make(map[string]*content.PublishedEntry, len(rows))
	for _, row := range rows {
		all[row.ID] = &content.PublishedEntry{Entry: entryOf(row)}
	}
	err = fillEntries(ctx, q, all)
	if err == nil {
		err = readChanges(ctx, q, data)
	}
	versions, decodeErr := decoded() // in any case, so that nobody is left at work
	if err = cmp.Or(err, decodeErr); err != nil {
		return err
	}
	if err := addCurrent(all, texts, versions); err != nil {
		return err
	}
	for _, row := range rows { // keeps the order of the query
		if e := all[row.ID]; len(e.Versions) > 0 {
			data.Entries = append(data.Entries, *e)
		}
	}
	return nil
}

// decodeBeside decodes texts on all processors; the function that it gives waits for them.
func decodeBeside(rows []db.CurrentTextsRow) (wait func() ([]content.Version, error)) {
	versions := make([]content.Version, len(rows))
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var running sync.WaitGroup
	for w := range workers {
		running.Go(func() {
			facts := map[string]*content.Facts{} // the same in every language
			for i := w * len(rows) / workers; i < (w+1)*len(rows)/workers && errs[w] == nil; i++ {
				errs[w] = decodeText(&versions[i], &rows[i], facts)
			}
		})
	}
	return func() ([]content.Version, error) {
		running.Wait()
		return versions, cmp.Or(errs...)
	}
}

func decodeText(v *content.Version, row *db.CurrentTextsRow, known map[string]*content.Facts) error {
	id := row.FactsID.String
	told, there := known[id]
	raw := row.Facts
	if there {
		raw = ""
	}
	if err := setLead(v, row.Content, raw, row.Html); err != nil {
		return fmt.Errorf("version %d of %s in %s: %w", row.Number, row.EntryID, row.Lang, err)
	}
	if there {
		v.Facts = told
	}
	known[id] = v.Facts
	return nil
}

// addCurrent puts decoded texts where their versions stand.
func addCurrent(all map[string]*content.PublishedEntry, rows []db.CurrentTextsRow, versions []content.Version) error {
	for i, row := range rows {
		e, v := all[row.EntryID], &versions[i]
		meta, err := metaIn(e, row)
		if err != nil {
			return err
		}
		v.VersionMeta, v.Text.Title = meta, meta.Title
		if e.Current == nil {
			e.Current = make(map[content.Lang]content.Version, 2)
		}
		e.Current[meta.Lang] = *v
	}
	return nil
}

// currentOf is the text that readers see, of an entry whose versions are there.
func currentOf(e *content.PublishedEntry, row db.CurrentTextsRow) (content.Version, error) {
	meta, err := metaIn(e, row)
	v := content.Version{VersionMeta: meta}
	if err != nil {
		return v, err
	}
	return v, setLead(&v, row.Content, row.Facts, row.Html)
}

func metaIn(e *content.PublishedEntry, row db.CurrentTextsRow) (content.VersionMeta, error) {
	for i := range e.Versions {
		if m := &e.Versions[i]; m.Number == int(row.Number) && m.Lang == content.Lang(row.Lang) {
			return *m, nil
		}
	}
	return content.VersionMeta{}, fmt.Errorf("entry %s has no version %d in %s, which readers see", row.EntryID, row.Number, row.Lang)
}

// names holds each string once: of 100,000 versions many have the same change, language and day.
type names map[string]string

func (n names) of(s string) string {
	if kept, there := n[s]; there {
		return kept
	}
	n[s] = s
	return s
}

func fillEntries(ctx context.Context, q *db.Queries, all map[string]*content.PublishedEntry) error {
	slugs, err := q.Slugs(ctx)
	if err != nil {
		return fmt.Errorf("read slugs: %w", err)
	}
	for _, row := range slugs {
		addSlug(all[row.EntryID], row.Slug)
	}
	rows, err := q.VersionMetas(ctx)
	if err != nil {
		return fmt.Errorf("read versions: %w", err)
	}
	if err := addMetas(all, rows); err != nil {
		return err
	}
	stones, err := q.Tombstones(ctx)
	if err != nil {
		return fmt.Errorf("read tombstones: %w", err)
	}
	for _, stone := range tombstonesOf(stones) {
		e := all[stone.Entry]
		e.Tombstones = append(e.Tombstones, stone)
	}
	return nil
}

// addMetas hands each version to its entry, in lists that are no longer than they must be.
func addMetas(all map[string]*content.PublishedEntry, rows []db.Version) error {
	counts := make(map[string]int, len(all))
	for i := range rows {
		counts[rows[i].EntryID]++
	}
	same := names{}
	for i := range rows {
		m, err := metaOf(rows[i])
		if err != nil {
			return err
		}
		e := all[m.Entry]
		if e.Versions == nil {
			e.Versions = make([]content.VersionMeta, 0, counts[e.ID])
		}
		m.Entry, m.Change, m.Facts = e.ID, same.of(m.Change), same.of(m.Facts)
		m.Lang, m.Effective = content.Lang(same.of(string(m.Lang))), content.Date(same.of(string(m.Effective)))
		e.Versions = append(e.Versions, m)
	}
	for _, e := range all {
		slices.SortFunc(e.Versions, func(a, b content.VersionMeta) int {
			return cmp.Or(strings.Compare(string(a.Lang), string(b.Lang)), cmp.Compare(a.Number, b.Number))
		})
		for i := 1; i < len(e.Versions); i++ {
			if before, m := &e.Versions[i-1], &e.Versions[i]; m.Title == before.Title {
				m.Title = before.Title
			}
		}
	}
	return nil
}
