package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"klartext/content"
)

func byPosition(a, b content.Topic) int {
	return cmp.Or(cmp.Compare(a.Position, b.Position), a.Created.Compare(b.Created), strings.Compare(a.ID, b.ID))
}

func entriesInOrder(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.Position, b.Position), a.Created.Compare(b.Created), strings.Compare(a.ID, b.ID))
}

// shelves put entries where they are shown. They are the value's own once copied:
// of 10,000 entries one is published, and the others stay as they stand.
type shelves struct {
	*Value
	copied map[string]bool // topics, and "policies"
	added  map[string]bool // those that must be sorted
}

const policyShelf = "\x00policies" // no topic has this id

func (v *Value) newShelves() shelves {
	v.inTopic, v.stamps.groups = maps.Clone(v.inTopic), maps.Clone(v.stamps.groups)
	return shelves{v, map[string]bool{}, map[string]bool{}}
}

// put takes an entry from where it stood and puts it where it belongs, and notes that both topics were touched.
func (s shelves) put(before, now *Entry) {
	to := shelfOf(now)
	s.stamps.groups[now.Topic] = s.seq
	if before != nil {
		from := shelfOf(before)
		s.stamps.groups[before.Topic] = s.seq
		list := s.own(from)
		at, found := slices.BinarySearchFunc(list, before, entriesInOrder)
		if !found || s.added[from] { // a shelf that was added to is not sorted now
			at = slices.IndexFunc(list, func(e *Entry) bool { return e.ID == before.ID })
		}
		if from == to && entriesInOrder(before, now) == 0 {
			list[at] = now
			return
		}
		s.set(from, slices.Delete(list, at, at+1))
	}
	s.set(to, append(s.own(to), now))
	s.added[to] = true
}

func (s shelves) sort() {
	for shelf := range s.added {
		slices.SortFunc(s.own(shelf), entriesInOrder)
	}
}

func shelfOf(entry *Entry) string {
	if entry.Kind == content.Policy {
		return policyShelf
	}
	return entry.Topic
}

// own is a shelf that no other value has.
func (s shelves) own(shelf string) []*Entry {
	list := s.inTopic[shelf]
	if !s.copied[shelf] {
		list = slices.Clone(list)
		s.copied[shelf] = true
		s.set(shelf, list)
	}
	return list
}

func (s shelves) set(shelf string, list []*Entry) {
	s.inTopic[shelf] = list
	if shelf == policyShelf {
		s.policies = list
	}
}

func newestFirst(a, b *Change) int {
	return cmp.Or(b.PublishedAt.Compare(a.PublishedAt), strings.Compare(b.ID, a.ID))
}

// Upcoming lists the changes that take effect after today, soonest first.
func (v *Value) Upcoming(today content.Date) []*Change {
	var found []*Change
	for _, change := range v.newest {
		if change.Effective(v.zone) > today {
			found = append(found, change)
		}
	}
	slices.SortStableFunc(found, func(a, b *Change) int {
		return strings.Compare(string(a.Effective(v.zone)), string(b.Effective(v.zone)))
	})
	return found
}
