package history_test

import (
	"slices"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/storetest"
)

func TestFiveWordsAreEditorialAndSixAreNot(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	const text = "one two three four five six seven eight nine ten"
	mustImport(t, store,
		line{Key: "a", Date: "2024-01-01", Message: "New", Markdown: text},
		line{Key: "a", Date: "2024-01-02", Message: "Five", Markdown: strings.Replace(text, "one two three four five", "1 2 3 4 5", 1)},
		line{Key: "a", Date: "2024-01-03", Message: "Six", Markdown: strings.Replace(text, "six seven eight nine ten", "6 7 8 9 10", 1)},
		line{Key: "a", Date: "2024-01-04", Message: "Topic only", Topic: "Other", Markdown: strings.Replace(text, "six seven eight nine ten", "6 7 8 9 10", 1)},
	)
	s := look(t, store)
	for slug, want := range map[string]content.Materiality{
		"2024-01-01-new": content.Material, "2024-01-02-five": content.Editorial,
		"2024-01-03-six": content.Material, "2024-01-04-topic-only": content.Editorial,
	} {
		if c := s.change(t, slug); c.Materiality != want {
			t.Errorf("%s is %s, want %s", slug, c.Materiality, want)
		}
	}
}

func TestWordsAreSummedOverAChange(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	lines := []line{}
	for _, key := range []string{"a", "b"} {
		lines = append(lines,
			line{Key: key, Date: "2024-01-01", Message: "New", Markdown: "one two three four five"},
			line{Key: key, Date: "2024-01-02", Message: "Words", Markdown: "1 2 3 four five"})
	}
	mustImport(t, store, lines...)
	if c := look(t, store).change(t, "2024-01-02-words"); c.Materiality != content.Material || len(c.Revisions) != 2 {
		t.Errorf("three words in each of two entries are %s", c.Materiality)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	long := strings.Repeat("wort ", 30)
	mustImport(t, store,
		line{Key: "faq/Über uns & Straße?", Date: "2024-01-01"},
		line{Key: "other/uber-uns", Date: "2024-01-02"},
		line{Key: "other/Ueber uns! Strasse", Date: "2024-01-03"},
		line{Key: "日本語", Date: "2024-01-04"},
		line{Key: "x/日本語/", Date: "2024-01-05"},
		line{Key: "one/" + long, Date: "2024-01-06"},
		line{Key: "two/" + long, Date: "2024-01-07"},
		line{Key: "p/uber-uns", Date: "2024-01-08", Kind: "policy"},
	)
	var slugs []string
	for _, e := range look(t, store).Entries {
		slugs = append(slugs, e.Slug)
		if len(e.Slug) > 80 {
			t.Errorf("%q is too long", e.Slug)
		}
	}
	cut := strings.TrimRight(strings.Repeat("wort-", 16), "-")
	for _, want := range []string{"ueber-uns-strasse", "ueber-uns-strasse-2", "entry", "entry-2", cut, cut[:78] + "-2"} {
		if !slices.Contains(slugs, want) {
			t.Errorf("no %q in %q", want, slugs)
		}
	}
	if n := len(slices.DeleteFunc(slugs, func(s string) bool { return s != "uber-uns" })); n != 2 {
		t.Errorf("an entry and a policy may have one address: %d", n)
	}
}

func TestTopicsOfTwoLanguagesAreOneByMajority(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	lines := []line{}
	add := func(key, de, en string) {
		for lang, topic := range map[string]string{"de": de, "en": en} {
			if topic != "" {
				lines = append(lines, line{Key: key, Lang: lang, Date: "2024-01-01", Topic: topic})
			}
		}
	}
	add("a", "Grundlagen", "General")
	add("b", "Grundlagen", "General")
	add("c", "General", "General") // an entry goes where both its languages have a title
	add("d", "Technik", "Devices")
	add("e", "Technik", "Network") // no majority: three topics
	add("f", "Nur Deutsch", "")
	add("g", "", "English only")
	mustImport(t, store, lines...)
	s := look(t, store)
	for slug, want := range map[string]content.Text{
		"a": {"de": "Grundlagen", "en": "General"}, "b": {"de": "Grundlagen", "en": "General"}, "c": {"de": "Grundlagen", "en": "General"},
		"d": {"de": "Technik"}, "e": {"de": "Technik"}, "f": {"de": "Nur Deutsch"}, "g": {"en": "English only"},
	} {
		got := s.topic(s.entry(t, slug).Topic).Title
		if len(got) != len(want) || got["de"] != want["de"] || got["en"] != want["en"] {
			t.Errorf("%s stands under %v, want %v", slug, got, want)
		}
	}
	if len(s.Topics) != 4 {
		t.Errorf("topics %+v", s.Topics)
	}
}

func TestAnEntryWithoutATopicStandsUnderOtherQuestions(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	mustImport(t, store, line{Key: "a", Lang: "de", Date: "2024-01-01"}, line{Key: "b", Date: "2024-01-01"}, line{Key: "p", Kind: "policy", Date: "2024-01-01"})
	s := look(t, store)
	for _, slug := range []string{"a", "b"} {
		if title := s.topic(s.entry(t, slug).Topic).Title; title["de"] != "Weitere Fragen" || title["en"] != "Other questions" {
			t.Errorf("%s stands under %v", slug, title)
		}
	}
	if p := s.entry(t, "p"); p.Topic != "" {
		t.Errorf("the policy stands under %q", p.Topic)
	}
}

func TestWithdrawalsOfWhatWasNotThere(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	lines := []line{
		{Key: "a", Date: "2024-01-01", Status: "withdrawn"}, // never published
		{Key: "a", Date: "2024-01-02"},
		{Key: "a", Date: "2024-01-03", Status: "withdrawn", Lang: "de"}, // never in German
		{Key: "a", Date: "2024-01-04", Status: "withdrawn"},
		{Key: "a", Date: "2024-01-05", Status: "withdrawn"}, // twice in a row
		{Key: "a", Date: "2024-01-06"},                      // and back again
	}
	for range 2 {
		summary := mustImport(t, store, lines...)
		var skipped []int
		for _, s := range summary.Skipped {
			skipped = append(skipped, s.Line)
		}
		if !slices.Equal(skipped, []int{1, 3, 5}) {
			t.Errorf("left out %v", skipped)
		}
	}
	e := look(t, store).entry(t, "a")
	if len(e.Versions) != 2 || len(e.Tombstones) != 1 || e.Tombstones[0].Reason != "no reason given" || e.Withdrawn("en") != nil {
		t.Errorf("entry %+v", e)
	}
}

func TestALongFirstLineIsCutAndTheWhyIsWhole(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	message := strings.TrimSpace(strings.Repeat("Wörter, ", 60)) + "\nSecond line."
	mustImport(t, store, line{Key: "a", Date: "2024-01-01", Message: message})
	c := look(t, store).Changes[0]
	title := []rune(c.Title["en"])
	if len(title) > 200 || len(title) < 150 || !strings.HasSuffix(c.Title["en"], "Wörter…") || c.Why["en"] != message || len(c.Slug) > 80 {
		t.Errorf("title %q, slug %q, why %q", c.Title["en"], c.Slug, c.Why["en"])
	}
}

func TestTwoMessagesAtOneMomentAreTwoChanges(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	mustImport(t, store,
		line{Key: "a", Date: "2024-01-01", Message: "Same start"}, line{Key: "b", Date: "2024-01-01", Message: "Same start\n\nand more"},
		line{Key: "c", Date: "2024-01-01", Message: "Same start"}, line{Key: "d", Date: "2024-01-02", Message: "Same start"})
	s := look(t, store)
	if len(s.Changes) != 3 || len(s.change(t, "2024-01-01-same-start").Revisions) != 2 || len(s.change(t, "2024-01-01-same-start-2").Revisions) != 1 {
		t.Errorf("changes %+v", s.Changes)
	}
}

func TestHTMLAndFrontMatterBecomeMarkdown(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	summary := mustImport(t, store, line{
		Key: "a", Date: "2024-01-01",
		Markdown: "---\ntitle: x\n---\n\nWe keep <b>less</b>.<br>Write to <a href=\"https://example.org\">us</a>. <!-- not this -->\n",
	})
	body := look(t, store).entry(t, "a").Current["en"].HTML.Body
	for _, want := range []string{"<strong>less</strong>", `href="https://example.org"`, ">us</a>"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in %q", want, body)
		}
	}
	if strings.Contains(body, "not this") || strings.Contains(body, "title: x") {
		t.Errorf("body %q", body)
	}
	if summary.Converted != 1 || summary.FrontMatter != 1 || summary.Comments != 1 || summary.Elements["a"] != 1 || summary.Elements["b"] != 1 {
		t.Errorf("summary %+v", summary)
	}
}

func TestAPolicyIsCutIntoSections(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	mustImport(t, store, line{Key: "privacy", Kind: "policy", Date: "2024-01-01", Markdown: "Before.\n\n## What we keep\n\nLittle.\n\n## For how long\n\nNot long.\n"})
	sections := look(t, store).entry(t, "privacy").Current["en"].Text.Sections
	if len(sections) != 3 || sections[1].Heading != "What we keep" || sections[1].ID != "what-we-keep" || sections[2].Body != "Not long." {
		t.Errorf("sections %+v", sections)
	}
}

// A file may hold only what is new: then the site says what readers saw before.
func TestAFileWithOnlyTheNewStates(t *testing.T) {
	t.Parallel()
	store := storetest.SQLite(t)
	mustImport(t, store, line{Key: "a", Date: "2024-01-01"})
	mustImport(t, store, line{Key: "a", Date: "2024-01-02", Status: "withdrawn"})
	if summary := mustImport(t, store, line{Key: "a", Date: "2024-01-03", Status: "withdrawn"}); len(summary.Skipped) != 1 || summary.Taken != 0 {
		t.Errorf("withdrawn twice: %+v", summary)
	}
	mustImport(t, store, line{Key: "a", Date: "2024-01-04", Markdown: "one two three four five six", Message: "Back"})
	mustImport(t, store, line{Key: "a", Date: "2024-01-05", Markdown: "one two three four five 6", Message: "One word"})
	s := look(t, store)
	if e := s.entry(t, "a"); len(e.Versions) != 3 || len(e.Tombstones) != 1 {
		t.Errorf("entry %+v", e)
	}
	if back, one := s.change(t, "2024-01-04-back"), s.change(t, "2024-01-05-one-word"); back.Materiality != content.Material || one.Materiality != content.Editorial {
		t.Errorf("back is %s, one word is %s", back.Materiality, one.Materiality)
	}
}
