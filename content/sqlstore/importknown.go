package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/history"
	"klartext/content/sqlstore/db"
)

// known reads what a plan is made on.
func (t *tx) known(ctx context.Context) (history.Known, error) {
	k := history.Known{
		Entries: map[string]content.Entry{}, Seen: map[history.StateKey]bool{},
		Slugs: map[content.EntryKind]map[string]bool{}, ChangeSlugs: map[string]bool{},
	}
	var err error
	if k.Settings, err = settings(ctx, t.Queries); err != nil {
		return k, err
	}
	if k.Topics, err = topics(ctx, t.Queries); err != nil {
		return k, err
	}
	if err := t.knownEntries(ctx, &k); err != nil {
		return k, err
	}
	if err := t.knownSlugs(ctx, &k); err != nil {
		return k, err
	}
	if k.Heads, err = t.importedHeads(ctx); err != nil {
		return k, err
	}
	if k.Facts, err = t.importedFacts(ctx); err != nil {
		return k, err
	}
	k.Live = func(ref content.Ref) (content.Writing, error) {
		number := int64(k.Heads[ref].Version)
		row, err := t.VersionText(ctx, db.VersionTextParams{EntryID: ref.Entry, Lang: string(ref.Lang), Number: number})
		if err != nil {
			return content.Writing{}, missing(err, content.CodeVersionUnknown, "the live text of", ref.Entry)
		}
		v, err := versionOf(row)
		return v.Text, err
	}
	return k, nil
}

func (t *tx) knownEntries(ctx context.Context, k *history.Known) error {
	rows, err := t.Entries(ctx)
	if err != nil {
		return fmt.Errorf("read entries: %w", err)
	}
	entries := make(map[string]content.Entry, len(rows))
	for _, row := range rows {
		entries[row.ID] = entryOf(row)
	}
	states, err := t.ImportedStates(ctx)
	if err != nil {
		return fmt.Errorf("read what was imported: %w", err)
	}
	for _, row := range states {
		k.Seen[stateKey(row)] = true
		k.Entries[row.SourceKey] = entries[row.EntryID]
	}
	next, err := t.NextEntryPosition(ctx)
	if err != nil {
		return fmt.Errorf("read the next position: %w", err)
	}
	k.Positions = int(next)
	return nil
}

func (t *tx) knownSlugs(ctx context.Context, k *history.Known) error {
	rows, err := t.Slugs(ctx)
	if err != nil {
		return fmt.Errorf("read slugs: %w", err)
	}
	for _, row := range rows {
		kind := content.EntryKind(row.Kind)
		if k.Slugs[kind] == nil {
			k.Slugs[kind] = map[string]bool{}
		}
		k.Slugs[kind][row.Slug] = true
	}
	slugs, err := t.ChangeSlugs(ctx)
	if err != nil {
		return fmt.Errorf("read the slugs of changes: %w", err)
	}
	for _, slug := range slugs {
		k.ChangeSlugs[slug] = true
	}
	return nil
}

// importedHeads says how each imported text stands now, whoever published it last.
func (t *tx) importedHeads(ctx context.Context) (map[content.Ref]history.Head, error) {
	heads := map[content.Ref]history.Head{}
	versions, err := t.ImportedHeads(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the heads of imported entries: %w", err)
	}
	for _, row := range versions {
		heads[content.Ref{Entry: row.EntryID, Lang: content.Lang(row.Lang)}] = history.Head{
			Version: int(row.Number), First: at(row.FirstAt), Last: at(row.LastAt),
		}
	}
	stones, err := t.ImportedTombstones(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the tombstones of imported entries: %w", err)
	}
	for _, row := range stones {
		ref := content.Ref{Entry: row.EntryID, Lang: content.Lang(row.Lang)}
		head := heads[ref]
		head.Withdrawn = int(row.AfterVersion) == head.Version
		if last := at(row.LastAt); last.After(head.Last) {
			head.Last = last
		}
		heads[ref] = head
	}
	revisions, err := t.ImportedRevisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the newest revisions of imported entries: %w", err)
	}
	for _, row := range revisions {
		ref := content.Ref{Entry: row.EntryID, Lang: content.Lang(row.Lang)}
		head := heads[ref]
		head.Revision, head.RevisionNumber = row.ID, int(row.Number)
		heads[ref] = head
	}
	return heads, nil
}

// importedFacts are the facts that readers see with each imported entry, where a person has written some.
func (t *tx) importedFacts(ctx context.Context) (map[string]content.RevisionRef, error) {
	rows, err := t.ImportedFacts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the facts of imported entries: %w", err)
	}
	facts := make(map[string]content.RevisionRef, len(rows))
	for _, row := range rows {
		facts[row.EntryID] = content.RevisionRef{ID: row.RevisionID, Entry: row.EntryID, Hash: row.Hash}
	}
	return facts, nil
}
