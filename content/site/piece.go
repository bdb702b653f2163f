package site

import (
	"cmp"
	"slices"

	"klartext/content"
)

// Piece is what a change did to one entry in one language: a new version, or a withdrawal.
type Piece struct {
	Entry *Entry
	Lang  content.Lang // NoLang where the facts alone got a number
	To    content.VersionMeta
	// From is the version before To; its Number is 0 for the first.
	From content.VersionMeta
	// Restored: the entry had been withdrawn after From.
	Restored bool
	// Tombstone is set where the change took the entry down; To is empty then and From the last version.
	Tombstone *content.Tombstone
}

// TextChanged tells whether the words differ from the version before.
func (p Piece) TextChanged() bool { return p.Tombstone == nil && p.From.Hash != p.To.Hash }

// FactsChanged tells whether the facts differ from the version before.
func (p Piece) FactsChanged() bool { return p.Tombstone == nil && p.From.Facts != p.To.Facts }

// Pieces lists what a change published and withdrew, in the order of topics, entries and languages.
func (v *Value) Pieces(change *Change) []Piece {
	var pieces []Piece
	for _, id := range v.touching[change.ID] {
		entry := v.entries[id]
		for _, meta := range entry.Versions {
			if meta.Change == change.ID {
				pieces = append(pieces, PieceOf(entry, meta))
			}
		}
		for i := range entry.Tombstones {
			stone := &entry.Tombstones[i]
			if stone.Change == change.ID {
				last, _ := Version(entry, stone.Lang, stone.AfterVersion)
				pieces = append(pieces, Piece{Entry: entry, Lang: stone.Lang, From: last, Tombstone: stone})
			}
		}
	}
	slices.SortStableFunc(pieces, v.piecesInOrder)
	return pieces
}

// PieceOf is what a version did to its text.
func PieceOf(entry *Entry, meta content.VersionMeta) Piece {
	from, _ := Version(entry, meta.Lang, meta.Number-1)
	restored := slices.ContainsFunc(entry.Tombstones, func(t content.Tombstone) bool {
		return t.Lang == meta.Lang && t.AfterVersion == meta.Number-1
	})
	return Piece{Entry: entry, Lang: meta.Lang, To: meta, From: from, Restored: restored}
}

func (v *Value) piecesInOrder(a, b Piece) int {
	return cmp.Or(
		cmp.Compare(v.topicPosition(a.Entry), v.topicPosition(b.Entry)),
		entriesInOrder(a.Entry, b.Entry),
		cmp.Compare(slices.Index(v.settings.Languages, a.Lang), slices.Index(v.settings.Languages, b.Lang)),
	)
}

// topicPosition puts entries without a topic, and so the policies, last.
func (v *Value) topicPosition(entry *Entry) int {
	if i := slices.IndexFunc(v.topics, func(t content.Topic) bool { return t.ID == entry.Topic }); i >= 0 {
		return i
	}
	return len(v.topics)
}
