package history

import (
	"cmp"
	"slices"
	"time"

	"klartext/content"
)

// State is one line of a history: how one document stood in one language from one
// moment on.
type State struct {
	Line      int // in the file, from 1
	Key       string
	Kind      content.EntryKind
	Lang      content.Lang
	At        time.Time // UTC, cut to milliseconds, which is what is kept
	Title     string
	Topic     string
	Message   string
	Markdown  string
	Withdrawn bool
}

// StateKey tells one state from every other.
type StateKey struct {
	Key  string
	Lang content.Lang
	At   int64 // milliseconds since 1970, UTC
}

// ID is what a second import knows the state by.
func (s *State) ID() StateKey { return StateKey{s.Key, s.Lang, s.At.UnixMilli()} }

// document is one text over time: a key in one language.
type document struct {
	Key  string
	Lang content.Lang
}

func (s *State) document() document { return document{s.Key, s.Lang} }

// sortByTime puts states in the order in which they were published; those of one
// moment stay in the order of the file.
func sortByTime(states []State) {
	slices.SortFunc(states, func(a, b State) int { return cmp.Or(a.At.Compare(b.At), a.Line-b.Line) })
}
