package history

import (
	"maps"
	"time"

	"klartext/content"
)

// Known is what the site has when a plan is made. It is read in the transaction that
// writes the plan, so that nobody can come in between.
type Known struct {
	Settings content.Settings
	Topics   []content.Topic
	// Entries by the key under which an earlier import brought them.
	Entries map[string]content.Entry
	// Heads of these entries.
	Heads map[content.Ref]Head
	// Facts that readers see with these entries now; an import brings none of its own.
	Facts map[string]content.RevisionRef
	// Seen are the states that earlier imports took in.
	Seen map[StateKey]bool
	// Slugs that are or were an entry's or policy's address, and those of all changes.
	Slugs       map[content.EntryKind]map[string]bool
	ChangeSlugs map[string]bool
	Positions   int // the first position that no entry has
	// Live reads the text that readers see now.
	Live func(content.Ref) (content.Writing, error)
}

// Head is how a document stands: what an import goes on from.
type Head struct {
	Version        int
	Revision       string // the newest one, published or not
	RevisionNumber int
	First, Last    time.Time // when readers first saw it, and when it last changed for them
	Withdrawn      bool
}

// Plan is all that an import writes, together or not at all.
type Plan struct {
	Topics       []content.Topic // new
	Retitled     []content.Topic // known ones that got a title in another language
	Entries      []content.Entry // new
	Moved        []content.Entry // known ones that stand under another topic now
	Revisions    []content.Revision
	Publications []content.Publication // by date
	States       []Taken
	Audit        content.Audit
	entries      map[string]content.Entry // by key: those that texts may link to
}

// Taken is a state that the plan takes in, and what became of it.
type Taken struct {
	StateKey
	Entry  string
	Change string
}

// Empty tells that there is nothing to write.
func (p *Plan) Empty() bool { return len(p.States) == 0 }

// planner builds a plan step by step.
type planner struct {
	known   Known
	words   words
	now     time.Time
	zone    *time.Location
	plan    Plan
	summary Summary
	entries map[string]content.Entry // by key, known and new
	byID    map[string]content.Entry // the same by their ids
	heads   map[content.Ref]*planned
}

// planned is a head as it moves on while the plan grows.
type planned struct {
	Head
	source *Prepared // the state that made it, nil for one that was known
}

// makePlan is pure: what taking in these states would write to a site that has what is known.
func makePlan(known Known, states []*Prepared, w words, now time.Time) (Plan, Summary, error) {
	p := planner{
		known: known, words: w, now: now, zone: known.Settings.Zone(),
		entries: map[string]content.Entry{}, byID: map[string]content.Entry{}, heads: map[content.Ref]*planned{},
	}
	for ref, head := range known.Heads {
		p.heads[ref] = &planned{Head: head}
	}
	fresh, err := p.sift(states)
	if err != nil {
		return Plan{}, Summary{}, err
	}
	p.summary.count(states, fresh)
	if len(fresh) == 0 {
		return p.plan, p.summary, nil
	}
	p.placeEntries(states, fresh)
	for _, group := range groupChanges(fresh) {
		if err := p.publish(group); err != nil {
			return Plan{}, Summary{}, err
		}
	}
	p.summary.take(&p.plan)
	p.plan.entries = map[string]content.Entry{}
	maps.Copy(p.plan.entries, known.Entries)
	maps.Copy(p.plan.entries, p.entries)
	return p.plan, p.summary, nil
}
