package history

import (
	"klartext/content"
)

// timeline is how a document stood at the point of the file that is looked at.
type timeline struct {
	there     bool // the file has a state before this one
	withdrawn bool // and it was a withdrawal
	fresh     bool // and it is taken in by this import
}

// sift finds the states to take in. It leaves out what is known already, and
// withdrawals of what readers did not see then. It refuses what would change the past.
func (p *planner) sift(states []*Prepared) ([]*Prepared, error) {
	var fresh []*Prepared
	var b broken
	past := map[document]timeline{}
	for _, s := range states {
		before := past[s.document()]
		switch p.verdict(s, before) {
		case takeIn:
			fresh = append(fresh, s)
			past[s.document()] = timeline{there: true, withdrawn: s.Withdrawn, fresh: true}
		case known:
			past[s.document()] = timeline{there: true, withdrawn: s.Withdrawn, fresh: before.fresh}
		case leaveOut:
			p.summary.Skipped = append(p.summary.Skipped, Skipped{Line: s.Line, Key: s.Key, Lang: s.Lang, At: s.At})
		case tooOld:
			b.add(s.Line, "date", content.CodeImportOld, content.Args{
				"Value": s.At.Format("2006-01-02T15:04:05Z"), "Newest": p.head(s).Last.UTC().Format("2006-01-02T15:04:05Z"),
			})
		}
		if b.full() {
			break
		}
	}
	return fresh, b.err()
}

type verdict int

const (
	takeIn verdict = iota
	known
	leaveOut
	tooOld
)

func (p *planner) verdict(s *Prepared, before timeline) verdict {
	if p.known.Seen[s.ID()] {
		return known
	}
	head := p.head(s)
	old := head != nil && !s.At.After(head.Last)
	switch {
	case !s.Withdrawn && old:
		return tooOld
	case !s.Withdrawn:
		return takeIn
	case before.there && before.withdrawn:
		return leaveOut
	case before.fresh:
		return takeIn
	case head == nil, head.Version == 0, !old && head.Withdrawn, s.At.Before(head.First):
		return leaveOut
	case old:
		return tooOld
	}
	return takeIn
}

// head is how the document stands on the site before this import; nil where it is new.
func (p *planner) head(s *Prepared) *planned {
	entry, ok := p.known.Entries[s.Key]
	if !ok {
		return nil
	}
	return p.heads[content.Ref{Entry: entry.ID, Lang: s.Lang}]
}
