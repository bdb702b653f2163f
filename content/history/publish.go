package history

import (
	"strings"

	"klartext/content"
	"klartext/content/diff"
)

// maxReason is the longest reason on a tombstone, in characters.
const maxReason = 1000

// publish plans one change with all its versions and tombstones, and what the ledger says of them.
func (p *planner) publish(group []*Prepared) error {
	words := 0
	for _, s := range group {
		n, err := p.changedWords(s)
		if err != nil {
			return err
		}
		words += n
	}
	pub := content.Publication{Change: p.change(group, words)}
	for _, s := range group {
		if s.Withdrawn {
			p.bury(&pub, s)
		} else {
			p.version(&pub, s)
		}
		p.plan.States = append(p.plan.States, Taken{s.ID(), p.entries[s.Key].ID, pub.Change.ID})
		p.summary.convert(s)
		if words == 0 {
			p.summary.Repeated++
		}
	}
	p.record(&pub)
	p.plan.Publications = append(p.plan.Publications, pub)
	return nil
}

// changedWords counts against what readers saw just before, which is not the file's own
// state before where people have published since.
func (p *planner) changedWords(s *Prepared) (int, error) {
	head := p.heads[p.ref(s)]
	switch {
	case head == nil && s.Before == nil,
		head != nil && head.source != nil && head.source == s.Before,
		head != nil && head.source == nil && s.Before != nil && s.Before.At.Equal(head.Last):
		return s.Words, nil
	}
	before := ""
	if head != nil && head.Version > 0 && !head.Withdrawn && head.source == nil {
		text, err := p.known.Live(p.ref(s))
		if err != nil {
			return 0, err
		}
		before = wholeText(text)
	}
	return diff.CountWords(before, s.words()), nil
}

func wholeText(w content.Writing) string {
	var b strings.Builder
	b.WriteString(w.Title + "\n" + w.Body)
	for _, s := range w.Sections {
		b.WriteString("\n" + s.Heading + "\n" + s.Body)
	}
	return b.String()
}

func (p *planner) ref(s *Prepared) content.Ref {
	return content.Ref{Entry: p.entries[s.Key].ID, Lang: s.Lang}
}

// advance gives the document's head, ready to move on to this state.
func (p *planner) advance(s *Prepared) *planned {
	ref := p.ref(s)
	if p.heads[ref] == nil {
		p.heads[ref] = &planned{Head: Head{First: s.At}}
	}
	head := p.heads[ref]
	head.Last, head.Withdrawn, head.source = s.At, s.Withdrawn, s
	return head
}

// version plans a revision and the version that publishes it.
func (p *planner) version(pub *content.Publication, s *Prepared) {
	head := p.advance(s)
	text := s.Text
	r := content.Revision{
		RevisionRef: content.RevisionRef{
			ID: content.NewID(s.At), Entry: p.entries[s.Key].ID, Lang: s.Lang, Number: head.RevisionNumber + 1,
			Hash: content.ContentHash(s.Lang, &text, nil),
		},
		Base: head.Revision, Created: s.At, Text: &text, HTML: s.HTML,
	}
	head.Version, head.Revision, head.RevisionNumber = head.Version+1, r.ID, r.Number
	p.plan.Revisions = append(p.plan.Revisions, r)
	pub.Change.Revisions = append(pub.Change.Revisions, r.RevisionRef)
	pub.Versions = append(pub.Versions, content.VersionMeta{
		Entry: r.Entry, Lang: r.Lang, Number: head.Version, Revision: r.ID, Facts: p.known.Facts[r.Entry].ID, Hash: r.Hash, Title: text.Title,
		Change: pub.Change.ID, PublishedAt: s.At, Effective: pub.Change.Effective(p.zone), Imported: true,
	})
}

// bury plans a tombstone; its reason is the message of the withdrawal.
func (p *planner) bury(pub *content.Publication, s *Prepared) {
	head := p.advance(s)
	reason := p.reason(s.Message, s.Lang, maxReason)
	entry := p.entries[s.Key].ID
	pub.Change.Withdraw = append(pub.Change.Withdraw, content.Withdrawal{Entry: entry, Lang: s.Lang, Reason: reason})
	pub.Tombstones = append(pub.Tombstones, content.Tombstone{
		Entry: entry, Lang: s.Lang, Change: pub.Change.ID, AfterVersion: head.Version, At: s.At, Reason: reason,
	})
}

// record writes the ledger's bodies: marked as imported, without approvals, because there were none here.
func (p *planner) record(pub *content.Publication) {
	c := &pub.Change
	effective := c.Effective(p.zone)
	pub.Ledger = append(pub.Ledger, content.LedgerBody{
		Type: "change", Change: c.Slug, SHA256: c.Hash(), Title: c.Title, Why: c.Why, Materiality: string(c.Materiality),
		Effective: effective, Published: c.PublishedAt, Imported: true,
	})
	for _, v := range pub.Versions {
		e := p.byID[v.Entry]
		pub.Ledger = append(pub.Ledger, content.LedgerBody{
			Type: "version", Change: c.Slug, Kind: string(e.Kind), Entry: e.ID, Slug: e.Slug, Lang: v.Lang, Number: v.Number,
			SHA256: v.Hash, FactsSHA256: p.known.Facts[v.Entry].Hash, Effective: v.Effective, Published: v.PublishedAt, Imported: true,
		})
	}
	for _, t := range pub.Tombstones {
		e := p.byID[t.Entry]
		pub.Ledger = append(pub.Ledger, content.LedgerBody{
			Type: "tombstone", Change: c.Slug, Kind: string(e.Kind), Entry: e.ID, Slug: e.Slug, Lang: t.Lang, Number: t.AfterVersion,
			Reason: t.Reason, Published: t.At, Imported: true,
		})
	}
}
