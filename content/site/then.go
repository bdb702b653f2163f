package site

import (
	"slices"
	"time"

	"klartext/content"
)

// State is how an entry stood in one language at some moment.
type State struct {
	Version   content.VersionMeta // the newest of that time; its Number is 0 where there was none yet
	Tombstone *content.Tombstone  // set where the entry had been taken down after it
}

// Live tells whether readers saw a text.
func (s State) Live() bool { return s.Version.Number > 0 && s.Tombstone == nil }

// EndOf is the moment at which a day is over in the site's time zone.
func (v *Value) EndOf(day content.Date) time.Time { return day.Time(v.zone).AddDate(0, 0, 1) }

// Then is how an entry stood in one language just before a moment.
func Then(entry *Entry, lang content.Lang, before time.Time) State {
	var s State
	for _, meta := range entry.Versions {
		if meta.Lang == lang && meta.PublishedAt.Before(before) && meta.Number > s.Version.Number {
			s.Version = meta
		}
	}
	for i := range entry.Tombstones {
		if stone := &entry.Tombstones[i]; stone.Lang == lang && stone.AfterVersion == s.Version.Number && stone.At.Before(before) {
			s.Tombstone = stone
		}
	}
	return s
}

// First is the day of the first publication, "" where there was none.
func (v *Value) First() content.Date {
	if len(v.newest) == 0 {
		return ""
	}
	return content.DateOf(v.newest[len(v.newest)-1].PublishedAt, v.zone)
}

// Until lists the changes that were published before a moment, newest first.
func (v *Value) Until(before time.Time) []*Change {
	i := slices.IndexFunc(v.newest, func(c *Change) bool { return c.PublishedAt.Before(before) })
	if i < 0 {
		return nil
	}
	return v.newest[i:]
}

// Since lists the changes that were published at a moment or later, newest first.
func (v *Value) Since(from time.Time) []*Change {
	return v.newest[:len(v.newest)-len(v.Until(from))]
}

// Step is what happened to one text between a moment and today.
type Step struct {
	Entry *Entry
	From  State
	To    State
}

// Act is what happened to a text between two moments.
type Act string

// What may have happened.
const (
	ActNew       Act = "new"
	ActChanged   Act = "changed"
	ActRestored  Act = "restored"
	ActWithdrawn Act = "withdrawn"
)

// Act is what happened from then to today.
func (s Step) Act() Act {
	switch {
	case !s.To.Live():
		return ActWithdrawn
	case s.From.Version.Number == 0:
		return ActNew
	case !s.From.Live():
		return ActRestored
	}
	return ActChanged
}

// Steps lists the texts in one language that read otherwise today than just
// before a moment, in the order of topics and entries.
func (v *Value) Steps(lang content.Lang, from time.Time) []Step {
	var steps []Step
	seen := map[string]bool{}
	for _, change := range v.Since(from) {
		for _, id := range v.touching[change.ID] {
			if seen[id] {
				continue
			}
			seen[id] = true
			entry := v.entries[id]
			was, is := Then(entry, lang, from), Then(entry, lang, v.newest[0].PublishedAt.Add(time.Second))
			if was.Version.Number != is.Version.Number || was.Live() != is.Live() {
				steps = append(steps, Step{entry, was, is})
			}
		}
	}
	slices.SortFunc(steps, func(a, b Step) int {
		return v.piecesInOrder(Piece{Entry: a.Entry}, Piece{Entry: b.Entry})
	})
	return steps
}
