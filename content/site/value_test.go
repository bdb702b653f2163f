package site

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klartext/content"
)

var berlin = content.Settings{
	SiteName: content.Text{"de": "Laden", "en": "Shop"}, Languages: []content.Lang{"de", "en"}, TimeZone: "Europe/Berlin", ApprovalsRequired: 1,
}

func day(n int) time.Time { return time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// world is a tiny publisher: it makes whole sites and the parts that one publication touches.
type world struct {
	seq     int64
	topics  []content.Topic
	entries map[string]content.PublishedEntry
	changes map[string]content.PublishedChange
}

func newWorld() *world {
	w := &world{seq: 1, entries: map[string]content.PublishedEntry{}, changes: map[string]content.PublishedChange{}}
	for i := range 3 {
		w.topics = append(w.topics, content.Topic{ID: fmt.Sprintf("t%d", i), Slug: fmt.Sprintf("topic-%d", i), Position: 3 - i})
	}
	return w
}

func (w *world) whole() content.SiteData {
	return content.SiteData{
		Seq: w.seq, Whole: true, Settings: berlin, Topics: slices.Clone(w.topics),
		Entries: slices.Collect(maps.Values(w.entries)), Changes: slices.Collect(maps.Values(w.changes)),
	}
}

// publish draws one publication and gives the part of the site that it touched.
func (w *world) publish(t *rapid.T) content.SiteData {
	w.seq++
	id := fmt.Sprintf("c%d", w.seq)
	change := content.PublishedChange{Change: content.Change{
		ID: id, Slug: "change-" + id, State: content.Published, PublishedAt: day(int(w.seq)), Title: content.Text{"de": id},
		Author: "somebody", Contributors: []string{"somebody"}, Note: "please shorten",
	}}
	w.changes[id] = change
	part := content.SiteData{Seq: w.seq, Changes: []content.PublishedChange{change}}
	for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 5), 0, 3, rapid.ID[int]).Draw(t, "entries") {
		entry := w.next(t, fmt.Sprintf("e%d", n), id)
		w.entries[entry.ID] = entry
		part.Entries = append(part.Entries, entry)
	}
	if rapid.Bool().Draw(t, "rename topic") {
		i := rapid.IntRange(0, 2).Draw(t, "topic")
		w.topics = slices.Clone(w.topics)
		w.topics[i].Position = rapid.IntRange(0, 9).Draw(t, "position")
		part.Topics = w.topics
	}
	return part
}

func (w *world) next(t *rapid.T, id, change string) content.PublishedEntry {
	before, known := w.entries[id]
	entry := content.PublishedEntry{
		Entry: content.Entry{ID: id, Kind: content.FAQ, Slug: id, Topic: rapid.SampledFrom([]string{"t0", "t1", "t2"}).Draw(t, "topic"), Position: 1},
	}
	if known {
		entry.OldSlugs, entry.Versions, entry.Tombstones = slices.Clone(before.OldSlugs), slices.Clone(before.Versions), slices.Clone(before.Tombstones)
		entry.Current, entry.Slug = maps.Clone(before.Current), before.Slug
	} else {
		entry.Current = map[content.Lang]content.Version{}
	}
	if known && rapid.Bool().Draw(t, "new slug") {
		entry.OldSlugs = append(entry.OldSlugs, entry.Slug)
		entry.Slug = fmt.Sprintf("%s-%d", id, w.seq)
	}
	lang := rapid.SampledFrom([]content.Lang{"de", "en"}).Draw(t, "lang")
	if current, live := entry.Current[lang]; live && rapid.Bool().Draw(t, "withdraw") {
		delete(entry.Current, lang)
		entry.Tombstones = append(entry.Tombstones, content.Tombstone{Entry: id, Lang: lang, Change: change, AfterVersion: current.Number, At: day(int(w.seq))})
		return entry
	}
	number := 1 + len(Versions(&entry, lang))
	meta := content.VersionMeta{Entry: id, Lang: lang, Number: number, Hash: fmt.Sprint(w.seq), Change: change, PublishedAt: day(int(w.seq))}
	entry.Versions = append(entry.Versions, meta)
	entry.Current[lang] = content.Version{VersionMeta: meta, Text: content.Writing{Title: id}}
	return entry
}

func TestWithEqualsRebuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		value := New(w.whole())
		for range rapid.IntRange(1, 12).Draw(t, "publications") {
			before, copied := value, describe(value)
			value = value.With(w.publish(t))
			if again := describe(before); !reflect.DeepEqual(copied, again) {
				t.Fatalf("With changed the value it was called on:\n%v\n%v", copied, again)
			}
		}
		rebuilt := New(w.whole())
		if got, want := describe(value), describe(rebuilt); !reflect.DeepEqual(got, want) {
			t.Fatalf("With gives\n%v\nrebuilt\n%v", got, want)
		}
	})
}

// describe walks every look-up and writes down what it finds.
func describe(v *Value) []string {
	out := []string{fmt.Sprint(v.Seq(), v.Settings(), v.Topics(), v.slugs, v.oldSlugs, v.slugOf, v.touching)}
	for _, topic := range v.Topics() {
		for _, entry := range v.Entries(topic.ID) {
			found, ok := v.Entry(entry.Kind, entry.Slug)
			out = append(out, fmt.Sprint(topic.ID, entry, found, ok, v.Langs(entry)))
			for _, old := range entry.OldSlugs {
				moved, ok := v.Moved(entry.Kind, old)
				out = append(out, fmt.Sprint(old, moved, ok))
			}
		}
	}
	for _, change := range v.Changes() {
		found, ok := v.Change(change.Slug)
		out = append(out, fmt.Sprint(change, found, ok))
		for _, piece := range v.Pieces(change) {
			out = append(out, fmt.Sprint(piece.Entry.ID, piece.Lang, piece.From, piece.To, piece.Restored, piece.Tombstone))
		}
	}
	for _, change := range v.Upcoming("2026-01-05") {
		out = append(out, change.ID)
	}
	return out
}

// TestStampGrowsWhereAPageWouldDiffer: a page that would look different must never be kept.
func TestStampGrowsWhereAPageWouldDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		value := New(w.whole())
		for range rapid.IntRange(1, 8).Draw(t, "publications") {
			next := value.With(w.publish(t))
			for id, entry := range next.entries {
				before, known := value.EntryByID(id)
				if known && next.StampEntry(entry) == value.StampEntry(before) && entryShows(next, entry) != entryShows(value, before) {
					t.Fatalf("entry %s looks different with the same stamp", id)
				}
			}
			for id, change := range next.changes {
				before, known := value.ChangeByID(id)
				if known && next.StampChange(change) == value.StampChange(before) && fmt.Sprint(next.Pieces(change)) != fmt.Sprint(value.Pieces(before)) {
					t.Fatalf("change %s looks different with the same stamp", id)
				}
			}
			value = next
		}
	})
}

func entryShows(v *Value, entry *Entry) string {
	topic, _ := v.TopicOf(entry)
	shows := fmt.Sprint(*entry, topic)
	for _, meta := range entry.Versions {
		if change, ok := v.ChangeByID(meta.Change); ok {
			shows += fmt.Sprint(*change)
		}
	}
	return shows
}

func TestDraftsAndPeopleStayOut(t *testing.T) {
	draft := content.PublishedChange{Change: content.Change{ID: "d", Slug: "draft", State: content.Approved}}
	published := content.PublishedChange{Change: content.Change{ID: "p", Slug: "public", State: content.Published, Author: "a", Note: "n", Contributors: []string{"a"}}}
	published.Approvals, published.ApprovalCount = []content.Approval{{User: "b", Name: "Berta"}}, 1
	value := New(content.SiteData{Seq: 1, Settings: berlin, Changes: []content.PublishedChange{draft, published}})
	if _, ok := value.Change("draft"); ok || len(value.Changes()) != 1 {
		t.Error("a change that is not published came in")
	}
	change, ok := value.Change("public")
	if !ok || change.ApprovalCount != 1 {
		t.Fatalf("public change: %v %+v", ok, change)
	}
	if change.Author+change.Note != "" || change.Contributors != nil || change.Approvals != nil {
		t.Errorf("people came in: %+v", change)
	}
}

func TestPiecesAndUpcoming(t *testing.T) {
	meta := func(n int, change string) content.VersionMeta {
		return content.VersionMeta{Entry: "e", Lang: "de", Number: n, Change: change, Hash: fmt.Sprint(n)}
	}
	entry := content.PublishedEntry{
		Entry:      content.Entry{ID: "e", Kind: content.FAQ, Slug: "e"},
		Versions:   []content.VersionMeta{meta(1, "a"), meta(2, "c")},
		Tombstones: []content.Tombstone{{Entry: "e", Lang: "de", Change: "b", AfterVersion: 1}},
	}
	published := func(id string, effective content.Date) content.PublishedChange {
		return content.PublishedChange{Change: content.Change{ID: id, Slug: id, State: content.Published, EffectiveDate: effective, PublishedAt: day(0)}}
	}
	value := New(content.SiteData{Settings: berlin, Entries: []content.PublishedEntry{entry}, Changes: []content.PublishedChange{
		published("a", ""), published("b", "2027-05-01"), published("c", "2027-01-01"),
	}})
	pieces := func(id string) []Piece { c, _ := value.ChangeByID(id); return value.Pieces(c) }
	if p := pieces("a"); len(p) != 1 || p[0].From.Number != 0 || p[0].To.Number != 1 || p[0].Restored {
		t.Errorf("first version: %+v", p)
	}
	if p := pieces("b"); len(p) != 1 || p[0].Tombstone == nil || p[0].From.Number != 1 || p[0].TextChanged() {
		t.Errorf("withdrawal: %+v", p)
	}
	if p := pieces("c"); len(p) != 1 || !p[0].Restored || p[0].From.Number != 1 || !p[0].TextChanged() {
		t.Errorf("restored: %+v", p)
	}
	upcoming := value.Upcoming("2026-11-23")
	if len(upcoming) != 2 || upcoming[0].ID != "c" || upcoming[1].ID != "b" {
		t.Errorf("upcoming: %+v", upcoming)
	}
	if len(value.Upcoming("2027-05-01")) != 0 {
		t.Error("on its effective date a change is not upcoming any more")
	}
}

func BenchmarkWith(b *testing.B) {
	data := content.SiteData{Seq: 1, Whole: true, Settings: berlin}
	for i := range 5000 {
		id := fmt.Sprintf("e%d", i)
		data.Entries = append(data.Entries, content.PublishedEntry{Entry: content.Entry{ID: id, Slug: id, Kind: content.FAQ}})
	}
	value := New(data)
	part := content.SiteData{Seq: 2, Entries: data.Entries[:20]}
	for b.Loop() {
		value.With(part)
	}
}
