package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

func metaOf(row db.Version) (content.VersionMeta, error) {
	verdict, err := verdictOf(row.Verdict, row.RevisionID)
	return content.VersionMeta{
		Entry: row.EntryID, Lang: content.Lang(row.Lang), Number: int(row.Number), Revision: row.RevisionID, Facts: row.FactsID.String,
		Hash: row.Hash, Title: row.Title, Change: row.ChangeID, PublishedAt: at(row.PublishedAt),
		Effective: content.Date(row.EffectiveDate), Imported: row.Imported, Verdict: verdict,
	}, err
}

// setText puts into a version what its revision, and that of its facts, say.
func setText(v *content.Version, text, facts, html string) error {
	var words, told stored
	if err := decode(text, &words, "content", v.Revision); err != nil {
		return err
	}
	if words.Text != nil {
		v.Text = *words.Text
	}
	if err := decode(facts, &told, "facts", v.Revision); err != nil {
		return err
	}
	v.Facts = told.Facts
	if words.Facts != nil {
		v.Facts = words.Facts // a version of the facts themselves
	}
	return decode(html, &v.HTML, "html", v.Revision)
}

func versionOf(row db.VersionTextRow) (content.Version, error) {
	meta, err := metaOf(row.Version)
	v := content.Version{VersionMeta: meta}
	if err != nil {
		return v, err
	}
	return v, setText(&v, row.Content, row.Facts, row.Html)
}

// Versions lists what was published of an entry, newest first.
func (s *Store) Versions(ctx context.Context, entry string, lang content.Lang) ([]content.VersionMeta, error) {
	rows, err := s.reader().VersionMetasOf(ctx, entry)
	if err != nil {
		return nil, fmt.Errorf("read versions of %s: %w", entry, classify(err))
	}
	var list []content.VersionMeta
	for _, row := range rows {
		if lang != content.EveryLang && content.Lang(row.Lang) != lang {
			continue
		}
		meta, err := metaOf(row)
		if err != nil {
			return nil, err
		}
		list = append(list, meta)
	}
	slices.Reverse(list)
	return list, nil
}

// Version is one published version with its text.
func (s *Store) Version(ctx context.Context, entry string, lang content.Lang, number int) (content.Version, error) {
	row, err := s.reader().VersionText(ctx, db.VersionTextParams{EntryID: entry, Lang: string(lang), Number: int64(number)})
	if err != nil {
		return content.Version{}, missing(err, content.CodeVersionUnknown, "version", strconv.Itoa(number))
	}
	return versionOf(row)
}

// Tombstones lists where an entry was taken down, oldest first.
func (s *Store) Tombstones(ctx context.Context, entry string) ([]content.Tombstone, error) {
	rows, err := s.reader().TombstonesOf(ctx, entry)
	if err != nil {
		return nil, fmt.Errorf("read tombstones of %s: %w", entry, classify(err))
	}
	return tombstonesOf(rows), nil
}

func tombstonesOf(rows []db.Tombstone) []content.Tombstone {
	list := make([]content.Tombstone, 0, len(rows))
	for _, row := range rows {
		list = append(list, content.Tombstone{
			Entry: row.EntryID, Lang: content.Lang(row.Lang), Change: row.ChangeID, AfterVersion: int(row.AfterVersion), At: at(row.At), Reason: row.Reason,
		})
	}
	return list
}

// nameVersions gives versions their hash and title where a program that did not know of these wrote them, after a newer
// one had brought the database up to date: an older node beside it, or the step back from an upgrade.
func (s *Store) nameVersions(ctx context.Context) error {
	unnamed, err := s.reader().UnnamedVersions(ctx)
	if err != nil {
		return fmt.Errorf("look for versions without a hash: %w", classify(err))
	}
	if unnamed == 0 {
		return nil
	}
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.NameVersions(ctx); err != nil {
			return fmt.Errorf("name versions: %w", err)
		}
		return tx.touch(ctx, touched{"all", ""})
	})
}
