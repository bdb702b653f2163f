package demo_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/demo"
	"klartext/content/markdown"
	"klartext/content/plain"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

var now = time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC)

func fill(t *testing.T, store *sqlstore.Store) (content.SiteData, []content.User) {
	t.Helper()
	users, err := demo.Fill(t.Context(), store, markdown.NewDomain(), newChecker(t), now)
	if err != nil {
		t.Fatalf("fill: %+v", err)
	}
	data, err := store.Published(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return data, users
}

func newChecker(t testing.TB) *clarity.Checker {
	t.Helper()
	checker, err := plain.New()
	if err != nil {
		t.Fatal(err)
	}
	return clarity.New(checker)
}

func TestTheDemoIsASite(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		data, users := fill(t, store)
		if len(data.Topics) != 4 || len(data.Entries) != 15 || len(data.Changes) != 4 {
			t.Errorf("%d topics, %d entries, %d changes", len(data.Topics), len(data.Entries), len(data.Changes))
		}
		if data.Settings.SiteName["de"] == "" || data.Settings.ApprovalsRequired != 1 {
			t.Errorf("settings %+v", data.Settings)
		}
		for i, role := range content.Roles() {
			if users[i].Role != role || !strings.HasSuffix(users[i].Email, "@example.org") || users[i].PasswordHash != "" {
				t.Errorf("account %+v", users[i])
			}
		}
		_, err := demo.Fill(t.Context(), store, markdown.NewDomain(), newChecker(t), now)
		if e := content.KindOf(err); e != content.Conflict || !strings.Contains(err.Error(), string(content.CodeNotEmpty)) {
			t.Errorf("a second time: %v", err)
		}
		again, err := store.Published(t.Context(), 0)
		if err != nil || again.Seq != data.Seq {
			t.Errorf("the refused second time changed the site: %d, %d, %v", data.Seq, again.Seq, err)
		}
	})
}

func TestAnInstallationWithAnythingInItIsLeftAlone(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	people := storetest.NewSite(t, store)
	if _, err := people.Editor.CreateTopic(t.Context(), people.Author, content.Topic{Slug: "mine", Title: content.Text{"de": "Meins"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(t.Context(), store, markdown.NewDomain(), newChecker(t), now); content.KindOf(err) != content.Conflict {
		t.Errorf("fill: %v", err)
	}
}

func TestEveryEntryIsWholeInBothLanguages(t *testing.T) {
	t.Parallel()
	data, _ := fill(t, storetest.SQLite(t))
	topics := map[string]int{}
	graves := 0
	for _, e := range data.Entries {
		topics[e.Topic]++
		for _, lang := range []content.Lang{"de", "en"} {
			if e.Withdrawn(lang) != nil {
				graves++
				continue
			}
			text, html := e.Current[lang].Text, e.Current[lang].HTML
			switch e.Kind {
			case content.FAQ:
				if text.ShortAnswer == "" || html.Body == "" || len(html.Examples) == 0 || len(text.Perspectives) != 3 || len(html.Perspectives) != 3 {
					t.Errorf("%s in %s is not whole: %+v", e.Slug, lang, text)
				}
			case content.Policy:
				checkPolicy(t, text, html)
			}
		}
	}
	if len(topics) != 5 || graves != 2 { // four, and none for the policy
		t.Errorf("entries by topic %v, %d tombstones", topics, graves)
	}
}

func checkPolicy(t *testing.T, text content.Writing, html content.Rendered) {
	t.Helper()
	if len(text.Sections) < 6 || len(html.Sections) != len(text.Sections) {
		t.Fatalf("%d sections, %d as HTML", len(text.Sections), len(html.Sections))
	}
	for i, s := range text.Sections {
		if s.ID == "" || s.Heading == "" || html.Sections[i].Body == "" || html.Sections[i].Summary == "" {
			t.Errorf("section %+v", s)
		}
	}
}

func TestTheChangesAreTrueToTheRules(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	data, users := fill(t, store)
	kinds := map[content.Materiality]int{}
	today := content.DateOf(now, data.Settings.Zone())
	future := 0
	for _, c := range data.Changes {
		kinds[c.Materiality]++
		whole, err := store.Change(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		approvals := whole.ValidApprovals()
		if len(approvals) != 1 || approvals[0].User != users[1].ID || c.Author != users[0].ID || c.Imported || c.ApprovalCount != 1 {
			t.Errorf("%s: approved by %+v", c.Slug, approvals)
		}
		if !c.PublishedAt.Before(now) || c.PublishedAt.Before(now.AddDate(-2, 0, 0)) {
			t.Errorf("%s was published at %v", c.Slug, c.PublishedAt)
		}
		if c.Effective(data.Settings.Zone()) > today {
			future++
		}
		for _, lang := range []content.Lang{"de", "en"} {
			if c.Title[lang] == "" || c.Summary[lang] == "" || c.Why[lang] == "" {
				t.Errorf("%s says nothing in %s", c.Slug, lang)
			}
		}
	}
	if future != 1 || kinds[content.Material] == 0 || kinds[content.Editorial] == 0 {
		t.Errorf("%d in the future, %v", future, kinds)
	}
	versions := map[int]int{}
	for _, e := range data.Entries {
		versions[e.Current["de"].Number]++
	}
	if versions[2] < 3 || versions[3] < 2 {
		t.Errorf("entries by version: %v", versions)
	}
	checkRecords(t, store, len(data.Changes))
}

// checkRecords: a ledger in order without names, and an audit of every step.
func checkRecords(t *testing.T, store *sqlstore.Store, changes int) {
	t.Helper()
	rows, err := store.Ledger(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]int{}
	for i, row := range rows {
		var body content.LedgerBody
		if err := json.Unmarshal(row.Body, &body); err != nil {
			t.Fatal(err)
		}
		types[body.Type]++
		if i > 0 && row.At.Before(rows[i-1].At) || body.Imported {
			t.Errorf("row %d: %s", row.Seq, row.Body)
		}
	}
	if types["change"] != changes || types["tombstone"] != 2 || types["facts"] == 0 || types["version"] < 40 {
		t.Errorf("ledger %v", types)
	}
	audits, err := store.Audits(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	steps := map[string]int{}
	for _, a := range audits {
		steps[a.Action]++
	}
	for _, step := range []string{"change.create", "change.submit", "change.approve", "change.publish"} {
		if steps[step] != changes {
			t.Errorf("audit %v", steps)
		}
	}
}

var siteLink = regexp.MustCompile(`\(?/(de|en)/(faq|policies)/([a-z0-9-]+)`)

// Links inside the demo lead somewhere, in the language of the text.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	data, _ := fill(t, storetest.SQLite(t))
	var slugs []string
	for _, e := range data.Entries {
		if len(e.Current) > 0 {
			slugs = append(slugs, e.Slug)
		}
	}
	found := 0
	for _, e := range data.Entries {
		for lang, v := range e.Current {
			raw, err := json.Marshal(v.Text)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range siteLink.FindAllStringSubmatch(string(raw), -1) {
				found++
				if m[1] != string(lang) || !slices.Contains(slugs, m[3]) {
					t.Errorf("%s in %s links to %s", e.Slug, lang, m[0])
				}
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d links", found)
	}
}

func BenchmarkFill(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		store := storetest.SQLite(b)
		b.StartTimer()
		if _, err := demo.Fill(b.Context(), store, markdown.NewDomain(), newChecker(b), now); err != nil {
			b.Fatal(err)
		}
	}
}

// The demo goes through the gate like every site's texts, and its versions keep what the gate said.
func TestTheDemoPassesTheGate(t *testing.T) {
	t.Parallel()
	data, _ := fill(t, storetest.SQLite(t))
	if data.Settings.Gates.MinScore != content.DefaultGate().MinScore {
		t.Errorf("the demo's gate is another: %+v", data.Settings.Gates)
	}
	for _, e := range data.Entries {
		for lang, v := range e.Current {
			if v.Verdict == nil || v.Verdict.Errors > 0 || v.Verdict.Override != "" || v.Verdict.Score == nil || *v.Verdict.Score < data.Settings.Gates.MinScore {
				t.Errorf("%s in %s: %+v", e.Slug, lang, v.Verdict)
			}
		}
	}
	for _, lang := range []content.Lang{"de", "en"} {
		if n := len(content.TermsIn(data.Glossary, lang)); n < 8 {
			t.Errorf("%d terms in %s", n, lang)
		}
	}
}
