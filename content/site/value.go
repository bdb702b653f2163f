// Package site is the published site as one immutable value in memory: what the
// public pages are made of, and what is found in it. It knows nothing of drafts,
// databases, pages or HTTP.
package site

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"klartext/content"
)

// Value is the published site at one moment. It never changes: With makes the
// next one and shares what was not touched. Nothing that it hands out may be
// written to. Old versions stand in it by number and date only; their texts are
// read from a content.VersionStore.
type Value struct {
	seq      int64
	settings content.Settings
	zone     *time.Location
	topics   []content.Topic // in the order they are shown
	entries  map[string]*Entry
	slugs    map[address]string // today's slug -> entry id
	oldSlugs map[address]string // a former slug -> entry id
	inTopic  map[string][]*Entry
	policies []*Entry
	changes  map[string]*Change
	slugOf   map[string]string // change slug -> change id
	newest   []*Change
	glossary map[content.Lang][]content.Term
	touching map[string][]string // change id -> ids of the entries it published or withdrew, sorted
	stamps   stamps
	accounts []content.PublicAccount
	find     func() finder // the search index, made when first asked for
}

// Entry is a published entry or policy.
type Entry = content.PublishedEntry

// Change is a published change without anything about the people who made it:
// author, contributors, reviewer's note and approvals are gone, only the number
// of approvals is left.
type Change struct{ content.PublishedChange }

type address struct {
	kind content.EntryKind
	slug string
}

// New builds the value of a whole site.
func New(data content.SiteData) *Value {
	empty := &Value{
		entries: map[string]*Entry{}, slugs: map[address]string{}, oldSlugs: map[address]string{},
		inTopic: map[string][]*Entry{}, changes: map[string]*Change{}, slugOf: map[string]string{}, touching: map[string][]string{},
		stamps: newStamps(), find: func() finder { return finder{} },
	}
	return empty.with(data)
}

// With is the site after data was published. Where data is the whole site, the
// result has nothing of v; else what data does not name stays as it is.
func (v *Value) With(data content.SiteData) *Value {
	if data.Whole {
		return New(data)
	}
	return v.with(data)
}

func (v *Value) with(data content.SiteData) *Value {
	next := *v
	next.seq = data.Seq
	next.stamps = v.stamps.clone(data)
	next.setSettings(data.Settings)
	next.setGlossary(data)
	next.setAccounts(data.Accounts)
	next.setTopics(data.Topics)
	if len(data.Entries) > 0 {
		next.setEntries(data.Entries)
	}
	if len(data.Changes) > 0 {
		next.setChanges(data.Changes)
	}
	next.index(v.find, data.Entries)
	return &next
}

func (v *Value) setSettings(settings content.Settings) {
	if len(settings.Languages) == 0 || reflect.DeepEqual(settings, v.settings) {
		return
	}
	v.settings, v.zone = settings, settings.Zone()
	v.stamps.settings = v.seq
}

// setGlossary takes the glossary where data has it.
func (v *Value) setGlossary(data content.SiteData) {
	if !data.Explains {
		return
	}
	glossary := map[content.Lang][]content.Term{}
	for _, term := range data.Glossary {
		glossary[term.Lang] = append(glossary[term.Lang], term)
	}
	if reflect.DeepEqual(glossary, v.glossary) || len(glossary)+len(v.glossary) == 0 {
		return
	}
	v.glossary, v.stamps.glossary = glossary, v.seq
}

// setAccounts counts as a setting: the accounts show on every page.
func (v *Value) setAccounts(accounts []content.PublicAccount) {
	if !reflect.DeepEqual(accounts, v.accounts) {
		v.accounts, v.stamps.settings = accounts, v.seq
	}
}

// setTopics puts changed topics in.
func (v *Value) setTopics(topics []content.Topic) {
	next := slices.Clone(v.topics)
	for _, topic := range topics {
		i := slices.IndexFunc(next, func(t content.Topic) bool { return t.ID == topic.ID })
		switch {
		case i < 0:
			next = append(next, topic)
		case !reflect.DeepEqual(next[i], topic):
			next[i] = topic
		default:
			continue
		}
		v.stamps.topics = v.seq
	}
	if v.stamps.topics == v.seq && len(topics) > 0 {
		slices.SortFunc(next, byPosition)
		v.topics = next
	}
}

func (v *Value) setEntries(entries []Entry) {
	v.entries, v.slugs, v.oldSlugs, v.touching = maps.Clone(v.entries), maps.Clone(v.slugs), maps.Clone(v.oldSlugs), maps.Clone(v.touching)
	shelves := v.newShelves()
	for i := range entries {
		entry := &entries[i]
		before := v.entries[entry.ID]
		if before != nil {
			delete(v.slugs, address{before.Kind, before.Slug})
		}
		shelves.put(before, entry)
		v.entries[entry.ID] = entry
		v.slugs[address{entry.Kind, entry.Slug}] = entry.ID
		for _, old := range entry.OldSlugs {
			v.oldSlugs[address{entry.Kind, old}] = entry.ID
		}
		for _, meta := range entry.Versions {
			v.touch(meta.Change, entry.ID)
		}
		for _, stone := range entry.Tombstones {
			v.touch(stone.Change, entry.ID)
		}
	}
	shelves.sort()
}

func (v *Value) touch(change, entry string) {
	known := v.touching[change]
	if i, found := slices.BinarySearch(known, entry); !found {
		v.touching[change] = slices.Insert(slices.Clone(known), i, entry)
	}
}

// setChanges takes published changes only: a store that hands out a draft by mistake must not show it.
func (v *Value) setChanges(changes []content.PublishedChange) {
	v.changes, v.slugOf = maps.Clone(v.changes), maps.Clone(v.slugOf)
	for _, published := range changes {
		if published.State != content.Published {
			continue
		}
		change := withoutPeople(published)
		if before := v.changes[change.ID]; before != nil {
			delete(v.slugOf, before.Slug)
		}
		v.changes[change.ID] = change
		v.slugOf[change.Slug] = change.ID
	}
	v.newest = slices.SortedFunc(maps.Values(v.changes), newestFirst)
}

func withoutPeople(published content.PublishedChange) *Change {
	change := &Change{published}
	change.Author, change.Contributors, change.Note, change.Approvals = "", nil, "", nil
	return change
}
