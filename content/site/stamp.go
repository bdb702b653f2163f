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

// StampTopic tells when anything that a page about this topic shows was last
// touched: settings, topics, its entries.
func (v *Value) StampTopic(topic string) int64 {
	return max(v.stamps.settings, v.stamps.topics, v.stamps.groups[topic])
}

// StampEntry tells when anything that a page about this entry shows was last
// touched: settings, topics, glossary, the entry, its neighbours in the topic, and the
// changes that published its versions.
func (v *Value) StampEntry(entry *Entry) int64 {
	stamp := max(v.stamps.settings, v.stamps.topics, v.stamps.glossary, v.stamps.entries[entry.ID])
	if entry.Kind == content.FAQ {
		stamp = max(stamp, v.stamps.groups[entry.Topic])
	}
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
