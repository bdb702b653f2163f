// Package site is the published site as one immutable value in memory: what the
// public pages are made of. It knows nothing of drafts, databases, HTML or HTTP.
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
	touching map[string][]string // change id -> ids of the entries it published or withdrew, sorted
	stamps   stamps
	accounts []content.PublicAccount
}

// Entry is a published entry or policy.
type Entry = content.PublishedEntry

// Change is a published change without anything about the people who made it:
// author, contributors, reviewer's note and the approvers' names are gone, only
// the number of approvals is left.
type Change struct {
	content.PublishedChange
	ApprovalCount int
}

type address struct {
	kind content.EntryKind
	slug string
}

// New builds the value of a whole site.
func New(data content.SiteData) *Value {
	empty := &Value{
		entries: map[string]*Entry{}, slugs: map[address]string{}, oldSlugs: map[address]string{},
		changes: map[string]*Change{}, slugOf: map[string]string{}, touching: map[string][]string{},
		stamps: newStamps(),
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
	next.setAccounts(data.Accounts)
	reordered := next.setTopics(data.Topics)
	if len(data.Entries) > 0 {
		next.setEntries(data.Entries)
		reordered = true
	}
	if len(data.Changes) > 0 {
		next.setChanges(data.Changes)
	}
	if reordered {
		next.arrange()
	}
	return &next
}

func (v *Value) setSettings(settings content.Settings) {
	if len(settings.Languages) == 0 || reflect.DeepEqual(settings, v.settings) {
		return
	}
	v.settings, v.zone = settings, settings.Zone()
	v.stamps.settings = v.seq
}

// setAccounts counts as a setting: the accounts show on every page.
func (v *Value) setAccounts(accounts []content.PublicAccount) {
	if !reflect.DeepEqual(accounts, v.accounts) {
		v.accounts, v.stamps.settings = accounts, v.seq
	}
}

// setTopics puts changed topics in and tells whether there was any.
func (v *Value) setTopics(topics []content.Topic) bool {
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
	if v.stamps.topics != v.seq || len(topics) == 0 {
		return false
	}
	slices.SortFunc(next, byPosition)
	v.topics = next
	return true
}

func (v *Value) setEntries(entries []Entry) {
	v.entries, v.slugs, v.oldSlugs, v.touching = maps.Clone(v.entries), maps.Clone(v.slugs), maps.Clone(v.oldSlugs), maps.Clone(v.touching)
	for i := range entries {
		entry := &entries[i]
		if before := v.entries[entry.ID]; before != nil {
			delete(v.slugs, address{before.Kind, before.Slug})
			v.leave(before.Topic, entry.Topic)
		}
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
}

func (v *Value) leave(before, now string) {
	if before != now {
		v.stamps.left = maps.Clone(v.stamps.left)
		v.stamps.left[before] = v.seq
	}
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
	change := &Change{PublishedChange: published}
	if !published.Imported {
		change.ApprovalCount = len(published.ValidApprovals())
	}
	change.Author, change.Contributors, change.Note, change.Approvals = "", nil, "", nil
	return change
}

// arrange puts the entries in the order in which they are shown.
func (v *Value) arrange() {
	v.inTopic, v.policies = map[string][]*Entry{}, nil
	for _, entry := range slices.SortedFunc(maps.Values(v.entries), entriesInOrder) {
		if entry.Kind == content.Policy {
			v.policies = append(v.policies, entry)
			continue
		}
		v.inTopic[entry.Topic] = append(v.inTopic[entry.Topic], entry)
	}
	v.group()
}
