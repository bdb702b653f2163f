package site

import (
	"maps"

	"klartext/content"
)

// stamps hold when each part was last touched, as the Seq of that publication, so
// that a page whose parts were not touched can be kept.
type stamps struct {
	settings int64
	topics   int64
	glossary int64
	entries  map[string]int64
	changes  map[string]int64
	groups   map[string]int64 // topic id -> when any entry in it was last touched, came or went
}

func newStamps() stamps {
	return stamps{settings: -1, topics: -1, glossary: -1, entries: map[string]int64{}, changes: map[string]int64{}, groups: map[string]int64{}}
}

func (s stamps) clone(data content.SiteData) stamps {
	if len(data.Entries) > 0 {
		s.entries = maps.Clone(s.entries)
	}
	for _, entry := range data.Entries {
		s.entries[entry.ID] = data.Seq
	}
	if len(data.Changes) > 0 {
		s.changes = maps.Clone(s.changes)
	}
	for _, change := range data.Changes {
		s.changes[change.ID] = data.Seq
	}
	return s
}

// Touched is what was touched after a publication.
type Touched struct {
	Entries []*Entry
	Topics  []string // ids of topics in which any entry was
	Changes []*Change
}

// TouchedSince names what was touched after the publication with this number;
// false where it may be everything: settings, the topics themselves, the glossary.
func (v *Value) TouchedSince(seq int64) (Touched, bool) {
	var t Touched
	if v.stamps.settings > seq || v.stamps.topics > seq || v.stamps.glossary > seq {
		return t, false
	}
	for id, stamp := range v.stamps.entries {
		if stamp > seq {
			t.Entries = append(t.Entries, v.entries[id])
		}
	}
	for id, stamp := range v.stamps.groups {
		if stamp > seq {
			t.Topics = append(t.Topics, id)
		}
	}
	for id, stamp := range v.stamps.changes {
		if change, known := v.changes[id]; stamp > seq && known {
			t.Changes = append(t.Changes, change)
		}
	}
	return t, true
}

// Touches are the entries that a change published or took down.
func (v *Value) Touches(change *Change) []*Entry {
	entries := make([]*Entry, len(v.touching[change.ID]))
	for i, id := range v.touching[change.ID] {
		entries[i] = v.entries[id]
	}
	return entries
}

// StampTopic tells when anything that a page about this topic shows was last
// touched: settings, topics, its entries.
func (v *Value) StampTopic(topic string) int64 {
	return max(v.stamps.settings, v.stamps.topics, v.stamps.groups[topic])
}

// StampEntry tells when anything that a page about this entry shows was last
// touched: settings, topics, glossary, the entry, and the changes that published its
// versions; but not its neighbours in the topic, which rarely change with it.
func (v *Value) StampEntry(entry *Entry) int64 {
	stamp := max(v.stamps.settings, v.stamps.topics, v.stamps.glossary, v.stamps.entries[entry.ID])
	for _, meta := range entry.Versions {
		stamp = max(stamp, v.stamps.changes[meta.Change])
	}
	for _, stone := range entry.Tombstones {
		stamp = max(stamp, v.stamps.changes[stone.Change])
	}
	return stamp
}

// StampChange tells when anything that a page about this change shows was last
// touched: settings, topics, the change, the entries it published.
func (v *Value) StampChange(change *Change) int64 {
	stamp := max(v.stamps.settings, v.stamps.topics, v.stamps.changes[change.ID])
	for _, id := range v.touching[change.ID] {
		stamp = max(stamp, v.stamps.entries[id])
	}
	return stamp
}

// StampGlossary tells when anything that the page of the glossary shows was last touched.
func (v *Value) StampGlossary() int64 {
	return max(v.stamps.settings, v.stamps.topics, v.stamps.glossary)
}
