package content

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Ref names an entry in one language.
type Ref struct {
	Entry string
	Lang  Lang
}

// PublishInput is all that deciding a publication needs, read inside its transaction.
type PublishInput struct {
	Change   Change
	Entries  map[string]Entry // every entry that the change touches
	Heads    map[Ref]Head     // of those entries in all languages, and their facts under NoLang
	Hashes   map[string]string
	Settings Settings
	Channels []Channel
	Zone     *time.Location
	Held     bool // posts wait for a person, because the database went back in time
}

// Publication is what one publish writes, all of it or nothing.
type Publication struct {
	Change     Change
	Versions   []VersionMeta
	Tombstones []Tombstone
	Ledger     []LedgerBody
	Deliveries []Delivery
	zone       *time.Location
}

// Compose makes the final texts of an announcement, one for each part, and counts them.
type Compose func(channel Channel, change *Change, a Announcement) ([]Composed, error)

// decidePublication is pure: what publishing this change now would write.
func decidePublication(in PublishInput, now time.Time, compose Compose) (Publication, error) {
	next, err := in.Change.State.Next(StepPublish)
	if err != nil {
		return Publication{}, err
	}
	if have := len(in.Change.ValidApprovals()); have < in.Settings.ApprovalsRequired {
		return Publication{}, Fail(Conflict, CodeApprovalMissing, Args{"Have": have, "Need": in.Settings.ApprovalsRequired})
	}
	pub := Publication{Change: in.Change, zone: in.Zone}
	c := &pub.Change
	c.State, c.PublishedAt, c.Updated = next, now, now
	c.ApprovalsRequired = in.Settings.ApprovalsRequired
	if err := pub.number(in, now); err != nil {
		return Publication{}, err
	}
	if err := pub.withdraw(in, now); err != nil {
		return Publication{}, err
	}
	pub.record(in, now)
	return pub, pub.deliver(in, now, compose)
}

// number gives each revision the next version. New facts make a new version of
// every language that readers see, because they see other facts than before.
func (p *Publication) number(in PublishInput, now time.Time) error {
	heads := maps.Clone(in.Heads)
	facts := map[string]string{}
	for ref, head := range heads {
		if ref.Lang == NoLang {
			facts[ref.Entry] = head.Revision
		}
	}
	for _, r := range p.Change.Revisions {
		if r.Lang == NoLang {
			facts[r.Entry] = r.ID
		}
	}
	for _, r := range p.Change.Revisions {
		ref := Ref{r.Entry, r.Lang}
		head := heads[ref]
		if head.Version > 0 && (r.Number < head.RevisionNumber || (r.Number == head.RevisionNumber && !head.Withdrawn)) {
			return stale(in.Entries[r.Entry], r, head)
		}
		v := p.version(r, head.Version+1, now)
		if r.Lang != NoLang {
			v.Facts = facts[r.Entry]
		}
		p.Versions = append(p.Versions, v)
	}
	for _, r := range p.Change.Revisions {
		if r.Lang == NoLang {
			p.refact(r, in, now)
		}
	}
	return nil
}

// stale says that readers see something newer than what the change would publish.
func stale(e Entry, r RevisionRef, head Head) error {
	if r.Lang == NoLang {
		return Fail(Conflict, CodeFactsStale, Args{"Entry": e.Slug})
	}
	return Fail(Conflict, CodeRevisionStale, Args{"Entry": e.Slug, "Lang": string(r.Lang), "Version": head.Version})
}

func (p *Publication) version(r RevisionRef, number int, now time.Time) VersionMeta {
	return VersionMeta{
		Entry: r.Entry, Lang: r.Lang, Number: number, Revision: r.ID, Hash: r.Hash,
		Change: p.Change.ID, PublishedAt: now, Effective: p.Change.Effective(p.zone),
	}
}

// refact renumbers the live texts of an entry whose facts change and whose text does not.
func (p *Publication) refact(facts RevisionRef, in PublishInput, now time.Time) {
	for _, ref := range sortedRefs(in.Heads) {
		head := in.Heads[ref]
		if ref.Entry != facts.Entry || ref.Lang == NoLang || !head.Live() || p.touches(ref) {
			continue
		}
		p.Versions = append(p.Versions, VersionMeta{
			Entry: ref.Entry, Lang: ref.Lang, Number: head.Version + 1, Revision: head.Revision, Facts: facts.ID,
			Hash: in.Hashes[head.Revision], Change: p.Change.ID, PublishedAt: now, Effective: p.Change.Effective(p.zone),
		})
	}
}

// touches tells whether the change itself publishes or withdraws this text.
func (p *Publication) touches(ref Ref) bool {
	_, has := p.Change.Revision(ref.Entry, ref.Lang)
	return has || slices.ContainsFunc(p.Change.Withdraw, func(w Withdrawal) bool { return w.Entry == ref.Entry && w.Lang == ref.Lang })
}

func sortedRefs(heads map[Ref]Head) []Ref {
	return slices.SortedFunc(maps.Keys(heads), func(a, b Ref) int {
		return strings.Compare(a.Entry+"/"+string(a.Lang), b.Entry+"/"+string(b.Lang))
	})
}

func (p *Publication) withdraw(in PublishInput, now time.Time) error {
	for _, w := range p.Change.Withdraw {
		head := in.Heads[Ref{w.Entry, w.Lang}]
		if !head.Live() {
			return Fail(Conflict, CodeNotLive, Args{"Entry": in.Entries[w.Entry].Slug, "Lang": string(w.Lang)})
		}
		p.Tombstones = append(p.Tombstones, Tombstone{
			Entry: w.Entry, Lang: w.Lang, Change: p.Change.ID, AfterVersion: head.Version, At: now, Reason: w.Reason,
		})
	}
	return nil
}

func (p *Publication) record(in PublishInput, now time.Time) {
	c := &p.Change
	required, given := in.Settings.ApprovalsRequired, len(c.ValidApprovals())
	p.Ledger = append(p.Ledger, LedgerBody{
		Type: "change", Change: c.Slug, SHA256: c.Hash(), Title: c.Title, Why: c.Why, Materiality: string(c.Materiality),
		Effective: c.Effective(p.zone), Published: now, ApprovalsRequired: &required, Approvals: &given,
	})
	for _, v := range p.Versions {
		row := LedgerBody{
			Type: "version", Change: c.Slug, Kind: string(in.Entries[v.Entry].Kind), Entry: v.Entry, Slug: in.Entries[v.Entry].Slug,
			Lang: v.Lang, Number: v.Number, SHA256: v.Hash, FactsSHA256: in.Hashes[v.Facts], Effective: v.Effective, Published: now,
		}
		if v.Lang == NoLang {
			row.Type = "facts"
		}
		p.Ledger = append(p.Ledger, row)
	}
	for _, t := range p.Tombstones {
		p.Ledger = append(p.Ledger, LedgerBody{
			Type: "tombstone", Change: c.Slug, Kind: string(in.Entries[t.Entry].Kind), Entry: t.Entry, Slug: in.Entries[t.Entry].Slug,
			Lang: t.Lang, Number: t.AfterVersion, Reason: t.Reason, Published: now,
		})
	}
}

// deliver freezes the exact text of each announcement, so that nothing edited
// later can go out. A thread makes one delivery for each of its parts.
func (p *Publication) deliver(in PublishInput, now time.Time, compose Compose) error {
	for _, a := range p.Change.Announcements {
		i := slices.IndexFunc(in.Channels, func(c Channel) bool { return c.ID == a.Channel })
		if i < 0 || in.Channels[i].State == ChannelDisconnected {
			return Fail(Conflict, CodeChannelGone, Args{"Channel": a.Channel})
		}
		composed, err := compose(in.Channels[i], &p.Change, a)
		if err != nil {
			return fmt.Errorf("compose announcement for channel %s: %w", a.Channel, err)
		}
		parts := Parts(a)
		for n, post := range composed {
			if code, args := tooLong(in.Channels[i], post); code != "" {
				return Fail(Invalid, code, args)
			}
			d := newDelivery(in.Channels[i], &p.Change, parts[n], n, post, now)
			if n > 0 {
				d.Follows = p.Deliveries[len(p.Deliveries)-1].ID
			}
			if in.Held {
				d.State, d.Reason = NeedsDecision, Reason{Code: CodePostRestored}
			}
			p.Deliveries = append(p.Deliveries, d)
		}
	}
	return nil
}

// MarshalLedger is the body of a ledger row as it is stored.
func MarshalLedger(b LedgerBody) json.RawMessage {
	b.Published = b.Published.UTC()
	raw, err := json.Marshal(b)
	if err != nil {
		panic(fmt.Sprintf("content: a ledger body always encodes: %v", err))
	}
	return raw
}
