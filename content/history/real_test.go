package history_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/history"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func importReal(t testing.TB, store history.Store, raw []byte) history.Summary {
	t.Helper()
	summary, err := importer(store).Import(t.Context(), content.Operator(), bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("import: %+v", err)
	}
	return summary
}

func TestTheRealFAQ(t *testing.T) {
	t.Parallel()
	raw := realHistory(t, "cwa-faq.jsonl")
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		summary := importReal(t, store, raw)
		if summary.Lines != 1264 || summary.Taken != 1264 || summary.Entries != 211 || summary.Versions != 1113 ||
			summary.Tombstones != 151 || summary.Changes != 238 || len(summary.Skipped) != 0 {
			t.Errorf("summary %+v", summary)
		}
		s := look(t, store)
		both, live, graves := 0, 0, 0
		for _, e := range s.Entries {
			langs := map[content.Lang]bool{}
			for _, v := range e.Versions {
				langs[v.Lang] = true
			}
			if len(langs) == 2 {
				both++
			}
			live += len(e.Current)
			graves += len(e.Tombstones)
		}
		if len(s.Entries) != 211 || both != 99 || live != 310-126 || graves != 151 || len(s.Changes) != 238 {
			t.Errorf("%d entries, %d in both languages, %d live, %d tombstones, %d changes", len(s.Entries), both, live, graves, len(s.Changes))
		}
		if len(s.ledger) != 1113+151+238 {
			t.Errorf("%d ledger rows", len(s.ledger))
		}
		checkRealTopics(t, s)
		checkDates(t, s, raw)
		again := importReal(t, store, raw)
		if after := look(t, store); again.Taken != 0 || again.Known != 1264 || after.Seq != s.Seq || len(after.ledger) != len(s.ledger) {
			t.Errorf("the second import: %+v", again)
		}
	})
}

func checkRealTopics(t *testing.T, s site) {
	t.Helper()
	want := map[string]string{
		"Geklärt": "Resolved", "Anwendung": "Use", "Verfügbarkeit": "Availability", "Grundlagen": "General", "Open Source": "Open Source",
		"Datenschutz und Sicherheit": "Privacy and Security", "Häufige Probleme": "Common Issues", "Meldungen": "Notifications",
	}
	for _, topic := range s.Topics {
		if en, ok := want[topic.Title["de"]]; ok && topic.Title["en"] == en {
			delete(want, topic.Title["de"])
		}
	}
	if len(want) > 0 || len(s.Topics) > 25 {
		t.Errorf("%d topics, without %v", len(s.Topics), want)
	}
}

func TestTheRealPolicies(t *testing.T) {
	t.Parallel()
	raw := realHistory(t, "github-site-policy.jsonl")
	store := storetest.SQLite(t)
	summary := importReal(t, store, raw)
	if summary.Policies != 10 || summary.Versions != 194 || summary.Changes != 135 || summary.Converted == 0 || summary.Elements["br"] == 0 {
		t.Errorf("summary %+v", summary)
	}
	longest := 0
	for _, e := range look(t, store).Entries {
		v := e.Current["en"]
		size := 0
		for i, section := range v.Text.Sections {
			size += len(section.Body)
			if section.Body != "" && v.HTML.Sections[i].Body == "" {
				t.Errorf("%s, section %s is not rendered", e.Slug, section.ID)
			}
		}
		longest = max(longest, size)
	}
	if longest < 30_000 {
		t.Errorf("the longest policy has %d bytes", longest)
	}
}

// checkDates: every real state came out with its date, in its language, under its title.
func checkDates(t *testing.T, s site, raw []byte) {
	t.Helper()
	type state struct {
		lang  content.Lang
		at    int64
		title string
	}
	got := map[state]int{}
	for _, e := range s.Entries {
		for _, v := range e.Versions {
			got[state{v.Lang, v.PublishedAt.UnixMilli(), v.Title}]++
		}
	}
	for row := range bytes.Lines(raw) {
		var l line
		if err := json.Unmarshal(row, &l); err != nil {
			t.Fatal(err)
		}
		when, err := time.Parse(time.RFC3339, l.Date)
		if err != nil {
			t.Fatal(err)
		}
		key := state{content.Lang(l.Lang), when.UnixMilli(), strings.TrimSpace(l.Title)}
		if l.Status == "published" {
			if got[key] == 0 {
				t.Errorf("no version for %s in %s at %s", l.Key, l.Lang, l.Date)
			}
			got[key]--
		}
	}
}

// Cut anywhere between two dates, the first part and then the whole is as good as the whole at once.
func TestARealHistoryInTwoSteps(t *testing.T) {
	t.Parallel()
	raw := realHistory(t, "cwa-faq.jsonl")
	var lines []line
	for row := range bytes.Lines(raw) {
		var l line
		if err := json.Unmarshal(row, &l); err != nil {
			t.Fatal(err)
		}
		if lines = append(lines, l); len(lines) == 300 { // enough keys in both languages, and quick under the race detector
			break
		}
	}
	early := slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l.Date >= "2020-08" })
	if len(early) == 0 || len(early) == len(lines) {
		t.Fatalf("%d early states", len(early))
	}
	whole, steps := storetest.SQLite(t), storetest.SQLite(t)
	mustImport(t, whole, lines...)
	mustImport(t, steps, early...)
	if s := mustImport(t, steps, lines...); s.Known != len(early) || s.Taken != len(lines)-len(early) {
		t.Errorf("second step %+v", s)
	}
	a, b := look(t, whole), look(t, steps)
	if len(a.Changes) != len(b.Changes) || len(a.ledger) != len(b.ledger) || len(a.Entries) != len(b.Entries) {
		t.Fatalf("whole: %d changes, %d rows; in steps: %d, %d", len(a.Changes), len(a.ledger), len(b.Changes), len(b.ledger))
	}
	for _, e := range a.Entries {
		f := b.entry(t, e.Slug)
		if len(e.Versions) != len(f.Versions) || len(e.Tombstones) != len(f.Tombstones) || len(e.Current) != len(f.Current) {
			t.Errorf("%s differs", e.Slug)
		}
	}
	for _, c := range a.Changes {
		if d := b.change(t, c.Slug); d.Materiality != c.Materiality {
			t.Errorf("%s is %s and %s", c.Slug, c.Materiality, d.Materiality)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	for _, name := range []string{"cwa-faq.jsonl", "github-site-policy.jsonl"} {
		raw := realHistory(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				store := storetest.SQLite(b)
				b.StartTimer()
				importReal(b, store, raw)
			}
		})
	}
	raw := realHistory(b, "cwa-faq.jsonl")
	b.Run("again", func(b *testing.B) {
		store := storetest.SQLite(b)
		importReal(b, store, raw)
		for b.Loop() {
			importReal(b, store, raw)
		}
	})
	b.Run("postgres", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			store := storetest.Postgres(b)
			b.StartTimer()
			importReal(b, store, raw)
		}
	})
}
