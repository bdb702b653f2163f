package content

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSafeLink(t *testing.T) {
	for link, want := range map[string]bool{
		"https://example.org/a?b=c#d": true, "http://example.org": true, "mailto:help@example.org": true, "/de/faq/standort": true, "#s-a": true,
		"javascript:alert(1)": false, "JaVaScRiPt:alert(1)": false, "data:text/html,x": false, "//evil.example": false, "/\\evil.example": false,
		"https:": false, "https:///x": false, "ftp://example.org": false, "relative": false, "mailto:": false, "": false,
		"https://example.org/\nx": false, "https://example.org/ x": false, "/" + strings.Repeat("a", maxURL): false,
	} {
		if got := safeLink(link); got != want {
			t.Errorf("%q: %v, want %v", link, got, want)
		}
	}
}

func TestValidDuration(t *testing.T) {
	for duration, want := range map[string]bool{
		"P3Y": true, "P6M": true, "P30D": true, "P2W": true, "PT12H": true, "P1Y6M": true, "P1DT12H": true,
		"P": false, "PT": false, "P1YT": false, "": false, "3Y": false, "p3y": false, "P-1Y": false, "P1.5Y": false, "P999999Y": false,
	} {
		if got := ValidDuration(duration); got != want {
			t.Errorf("%q: %v, want %v", duration, got, want)
		}
	}
}

func TestCountries(t *testing.T) {
	for country, want := range map[string]bool{
		"DE": true, "US": true, "GB": true, "XK": true, "EU": true, "XX": false, "ZZ": false, "UK": false, "de": false, "": false, "D": false, "E F": false, "DEU": false,
	} {
		if got := IsCountry(country); got != want {
			t.Errorf("%q: %v, want %v", country, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Wissen Sie, wo ich bin?":      "wissen-sie-wo-ich-bin",
		"Größe, Übermut & Straße":      "groesse-uebermut-strasse",
		"  --Über  uns--  ":            "ueber-uns",
		"???":                          "",
		"日本":                           "",
		"URSACHE 3 – Fehler (10)":      "ursache-3-fehler-10",
		strings.Repeat("lang ", 30):    strings.TrimRight(strings.Repeat("lang-", 16), "-"),
		"Ä" + strings.Repeat("b", 100): "ae" + strings.Repeat("b", 78),
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		slug := Slug(rapid.String().Draw(t, "title"))
		if slug != "" && (!slugForm.MatchString(slug) || len(slug) > maxSlug) {
			t.Fatalf("%q is no slug", slug)
		}
	})
}

func TestParseDate(t *testing.T) {
	for date, want := range map[string]bool{
		"2026-11-23": true, "2024-02-29": true, "2025-02-29": false, "2026-13-01": false, "23.11.2026": false, "": false, "0001-01-01": false,
	} {
		if _, err := ParseDate(date); (err == nil) != want {
			t.Errorf("%q: %v, want accepted: %v", date, err, want)
		}
	}
}

// The hash must change with everything that would be published, and with nothing else.
func TestChangeHashCoversWhatIsPublished(t *testing.T) {
	base := func() Change {
		return Change{
			Slug: "s", Title: Text{"de": "t"}, Summary: Text{"de": "s"}, Why: Text{"de": "w"}, Materiality: Material, EffectiveDate: "2026-01-01",
			Perspectives:  map[Lang][]Perspective{"de": {{CompanySide, "p"}}},
			Revisions:     []RevisionRef{{ID: "1", Entry: "e", Lang: "de", Hash: "h"}, {ID: "2", Entry: "e", Lang: "en", Hash: "i"}},
			Withdraw:      []Withdrawal{{"f", "de", "r"}},
			Announcements: []Announcement{{Channel: "c", Lang: "de", Text: "a", Link: true}},
		}
	}
	start := base()
	covered := map[string]func(*Change){
		"slug": func(c *Change) { c.Slug = "x" }, "title": func(c *Change) { c.Title["de"] = "x" }, "summary": func(c *Change) { c.Summary["en"] = "x" },
		"why": func(c *Change) { c.Why["de"] = "x" }, "materiality": func(c *Change) { c.Materiality = Editorial },
		"effective date": func(c *Change) { c.EffectiveDate = "2026-01-02" }, "perspectives": func(c *Change) { c.Perspectives["de"][0].Text = "x" },
		"revision": func(c *Change) { c.Revisions[0].Hash = "x" }, "fewer revisions": func(c *Change) { c.Revisions = c.Revisions[:1] },
		"withdrawal": func(c *Change) { c.Withdraw[0].Reason = "x" }, "announcement": func(c *Change) { c.Announcements[0].Text = "x" },
		"link": func(c *Change) { c.Announcements[0].Link = false }, "warning": func(c *Change) { c.Announcements[0].ContentWarning = "x" },
		"thread": func(c *Change) { c.Announcements[0].Thread = true }, "reference": func(c *Change) { c.Announcements[0].Reference = true },
		"picture": func(c *Change) { c.Announcements[0].Media = []string{"m"} },
	}
	for name, edit := range covered {
		c := base()
		edit(&c)
		if c.Hash() == start.Hash() {
			t.Errorf("%s does not change the hash", name)
		}
	}
	c := base()
	c.Revisions[0], c.Revisions[1] = c.Revisions[1], c.Revisions[0]
	c.State, c.Note, c.Updated, c.Edition = InReview, "x", time.Now(), 7
	if c.Hash() != start.Hash() {
		t.Error("order and state change the hash")
	}
}

func TestRolesMay(t *testing.T) {
	for act, roles := range map[Act][]Role{
		WriteRevision: {Author, Approver, Admin}, PublishChange: {Approver, Admin}, ManageSettings: {Admin}, "unheard-of": {},
	} {
		for _, role := range append(Roles(), "", "owner") {
			want := false
			for _, r := range roles {
				want = want || r == role
			}
			if got := role.May(act); got != want {
				t.Errorf("%q may %s: %v, want %v", role, act, got, want)
			}
		}
	}
	if err := (Actor{}).May(ReadDrafts); KindOf(err) != Unknown {
		t.Errorf("a stranger: %v", err)
	}
}

func TestIDsAreSortedByTime(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a, b := NewID(at), NewID(at.Add(time.Millisecond))
	if a >= b || len(a) != 36 || a[14] != '7' || !strings.ContainsRune("89ab", rune(a[19])) {
		t.Errorf("%s then %s", a, b)
	}
}

func TestSectionsGetStableNames(t *testing.T) {
	sections := []Section{{ID: "part-2"}, {}, {}, {ID: "mine"}, {}}
	nameSections(sections)
	var got []string
	for _, s := range sections {
		got = append(got, s.ID)
	}
	if want := "part-2 part-1 part-3 mine part-4"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// Every walk through the states ends in one of them, and nothing is published but through approved.
func TestStatesLeadSomewhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state, approved := Draft, false
		for _, step := range rapid.SliceOf(rapid.SampledFrom([]Step{
			StepEdit, StepSubmit, StepApprove, StepRequestEdits, StepSchedule, StepPublish, StepCancel,
		})).Draw(t, "steps") {
			next, err := state.Next(step)
			if err != nil {
				if next != state {
					t.Fatalf("a refused %s moved %s to %s", step, state, next)
				}
				continue
			}
			if state == Published || state == Cancelled {
				t.Fatalf("%s left %s", step, state)
			}
			approved = next == Approved || approved && next != Draft
			if next == Published && !approved {
				t.Fatalf("published without approval")
			}
			state = next
		}
	})
}
