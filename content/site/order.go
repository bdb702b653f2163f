package site

import (
	"cmp"
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
