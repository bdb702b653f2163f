package history

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klartext/content"
)

// memory is a site that knows what a plan needs and nothing else.
type memory struct {
	known Known
	texts map[content.Ref]content.Writing
}

func newMemory() *memory {
	return &memory{
		known: Known{
			Settings: content.DefaultSettings(), Entries: map[string]content.Entry{}, Heads: map[content.Ref]Head{}, Seen: map[StateKey]bool{},
			Slugs: map[content.EntryKind]map[string]bool{}, ChangeSlugs: map[string]bool{},
		},
		texts: map[content.Ref]content.Writing{},
	}
}

// take plans states, checks the plan and keeps it.
func (m *memory) take(t *rapid.T, states []State) (Plan, Summary, error) {
	sortByTime(states)
	all, work := chain(states, linksOf(states), func(StateKey) bool { return true })
	for _, p := range work {
		p.Text = content.Writing{Title: p.Title, Body: p.Markdown}
		p.Words = 1
	}
	w, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	m.known.Live = func(ref content.Ref) (content.Writing, error) { return m.texts[ref], nil }
	plan, summary, err := makePlan(m.known, all, w, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return plan, summary, err
	}
	m.keep(t, &plan)
	return plan, summary, nil
}

// keep checks what must hold of every plan while it moves the heads on.
func (m *memory) keep(t *rapid.T, plan *Plan) {
	byRevision := map[string]content.Revision{}
	for _, r := range plan.Revisions {
		byRevision[r.ID] = r
	}
	m.known.Topics = append(m.known.Topics, plan.Topics...)
	for _, pub := range plan.Publications {
		for _, v := range pub.Versions {
			ref := content.Ref{Entry: v.Entry, Lang: v.Lang}
			head, r := m.known.Heads[ref], byRevision[v.Revision]
			if v.Number != head.Version+1 || r.Number != head.RevisionNumber+1 || r.Base != head.Revision || !v.PublishedAt.After(head.Last) {
				t.Fatalf("version %+v after %+v", v, head)
			}
			if head.First.IsZero() {
				head.First = v.PublishedAt
			}
			m.known.Heads[ref] = Head{v.Number, r.ID, r.Number, head.First, v.PublishedAt, false}
			m.texts[ref] = *r.Text
		}
		for _, g := range pub.Tombstones {
			ref := content.Ref{Entry: g.Entry, Lang: g.Lang}
			head := m.known.Heads[ref]
			if head.Version == 0 || head.Withdrawn || g.AfterVersion != head.Version || !g.At.After(head.Last) {
				t.Fatalf("tombstone %+v after %+v", g, head)
			}
			head.Last, head.Withdrawn = g.At, true
			m.known.Heads[ref] = head
		}
		if len(pub.Ledger) != 1+len(pub.Versions)+len(pub.Tombstones) {
			t.Fatalf("%d ledger rows for %+v", len(pub.Ledger), pub.Change)
		}
	}
	for _, s := range plan.States {
		if m.known.Seen[s.StateKey] {
			t.Fatalf("taken twice: %+v", s)
		}
		m.known.Seen[s.StateKey] = true
	}
	m.keepEntries(plan)
}

func (m *memory) keepEntries(plan *Plan) {
	ids := map[string]string{}
	for _, s := range plan.States {
		ids[s.Entry] = s.Key
	}
	for _, e := range slices.Concat(plan.Entries, plan.Moved) {
		m.known.Entries[ids[e.ID]] = e
	}
	for _, changed := range plan.Retitled {
		for i := range m.known.Topics {
			if m.known.Topics[i].ID == changed.ID {
				m.known.Topics[i] = changed
			}
		}
	}
}

func drawStates(t *rapid.T) []State {
	type moment struct {
		doc document
		day int
	}
	drawn := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) State {
		day := rapid.IntRange(1, 25).Draw(t, "day")
		return State{
			Key: fmt.Sprintf("k%d", rapid.IntRange(0, 3).Draw(t, "key")), Kind: content.FAQ,
			Lang: rapid.SampledFrom([]content.Lang{"de", "en"}).Draw(t, "lang"), At: time.Date(2024, 1, day, 0, 0, 0, 0, time.UTC),
			Title: "T", Topic: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "topic"),
			Message:   rapid.SampledFrom([]string{"", "M", "N"}).Draw(t, "message"),
			Withdrawn: rapid.Bool().Draw(t, "withdrawn"), Markdown: "x",
		}
	}), 0, 40, func(s State) moment { return moment{s.document(), s.At.Day()} }).Draw(t, "states")
	sortByTime(drawn)
	for i := range drawn {
		drawn[i].Line = i + 1
	}
	return drawn
}

// Whatever the history: taken in twice it changes nothing the second time, and taken
// in up to any day and then whole, it ends as it would have at once.
func TestAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		states := drawStates(t)
		cut := rapid.IntRange(0, 26).Draw(t, "cut")
		whole, steps := newMemory(), newMemory()
		_, summary, err := whole.take(t, slices.Clone(states))
		if err != nil {
			t.Fatal(err)
		}
		if again, _, err := whole.take(t, slices.Clone(states)); err != nil || !again.Empty() || len(again.Topics)+len(again.Moved)+len(again.Retitled) > 0 {
			t.Fatalf("again: %+v, %v", again, err)
		}
		early := slices.DeleteFunc(slices.Clone(states), func(s State) bool { return s.At.Day() >= cut })
		if _, _, err := steps.take(t, early); err != nil {
			t.Fatal(err)
		}
		_, second, err := steps.take(t, slices.Clone(states))
		if err != nil {
			t.Fatalf("in steps: %v", err)
		}
		if len(second.Skipped) != len(summary.Skipped) || len(whole.known.Seen) != len(steps.known.Seen) || len(whole.known.Heads) != len(steps.known.Heads) {
			t.Fatalf("whole %+v, in steps %+v", summary, second)
		}
		compare(t, whole, steps)
	})
}

func compare(t *rapid.T, whole, steps *memory) {
	for key, e := range whole.known.Entries {
		other, ok := steps.known.Entries[key]
		if !ok || other.Slug != e.Slug {
			t.Fatalf("entry %+v and %+v", e, other)
		}
		for _, lang := range []content.Lang{"de", "en"} {
			a, b := whole.known.Heads[content.Ref{Entry: e.ID, Lang: lang}], steps.known.Heads[content.Ref{Entry: other.ID, Lang: lang}]
			if a.Version != b.Version || a.Withdrawn != b.Withdrawn || !a.Last.Equal(b.Last) {
				t.Fatalf("%s in %s stands at %+v and %+v", key, lang, a, b)
			}
		}
	}
}
