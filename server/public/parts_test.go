package public

import (
	"bytes"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/public/publictest"
	"klartext/server/view"
)

func TestAccepted(t *testing.T) {
	for header, want := range map[string]encoding{
		"": identity, "gzip": gz, "gzip, deflate, br, zstd": br, "zstd,gzip": zst, "br;q=0, gzip": gz, "br;q=0.001": br, "br ; q=1.0": br,
		"identity": identity, "*": gz, "*;q=0": identity, "GZIP": identity, "deflate, compress": identity, ",,;;": identity, "brx, gzipy": identity,
	} {
		if got := accepted(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { accepted("gzip;q=0.3, deflate, zstd") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestCompressionComesBack(t *testing.T) {
	var p packer
	for _, text := range []string{"", "x", strings.Repeat("Klartext ", 10_000)} {
		for e := range encodings {
			packed, err := p.pack([]byte(text), e)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := decompress(packed.whole(), e); err != nil || string(back) != text {
				t.Errorf("%v: %d bytes came back of %d: %v", e, len(back), len(text), err)
			}
		}
	}
}

func TestParseVersions(t *testing.T) {
	for s, want := range map[string][2]int{
		"v1": {1, 0}, "v12": {12, 0}, "v3...v5": {3, 5}, "v5...v3": {5, 3}, "v2...v2": {2, 2},
		"v0": {}, "v": {}, "1": {}, "v01": {}, "v+1": {}, "v1...": {}, "...v1": {}, "v1..v2": {}, "v1...v2...v3": {}, "v1...2": {}, "v1 ": {}, "v٣": {},
	} {
		from, to, ok := parseVersions(s)
		if ok != (want[0] > 0) || ok && (from != want[0] || to != want[1]) {
			t.Errorf("%q: %d %d %v, want %v", s, from, to, ok, want)
		}
	}
}

func TestShelfStaysInItsBudget(t *testing.T) {
	s := newShelf[int, string](30)
	for i := range 4 {
		s.put(i, "kept", 10)
		s.get(0) // used again and again
	}
	if _, ok := s.get(0); !ok {
		t.Error("what is used most was thrown away")
	}
	if _, ok := s.get(1); ok {
		t.Error("the oldest was not thrown away")
	}
	if got := s.put(0, "second", 10); got != "kept" {
		t.Errorf("the second %q won over the first", got)
	}
	s.put(9, "too large", 1000)
	if _, ok := s.get(9); !ok || s.order.Len() != 1 {
		t.Error("one thing over the budget is kept alone")
	}
}

func TestDifferenceOfPolicies(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	d := &desk{snapshot: refresh(t, h), h: h, lang: "de", printer: h.deps.Catalog.Printer("de")}
	section := func(id, heading, body string) content.Section {
		return content.Section{ID: id, Heading: heading, Body: body, Summary: "Kurz."}
	}
	from := content.Version{Text: content.Writing{Title: "P", Sections: []content.Section{section("a", "A", "Eins."), section("b", "B", "Zwei.")}}}
	to := content.Version{Text: content.Writing{Title: "P", Sections: []content.Section{section("a", "A!", "Eins und mehr."), section("c", "C", "Drei.")}}}
	diff := d.difference(from, to)
	var names []string
	for _, part := range diff.Parts {
		names = append(names, string(part.Name)+" "+part.Heading)
	}
	want := "sections A!,sections B,summary B,sections C,summary C"
	if got := strings.Join(names, ","); got != want {
		t.Errorf("parts are %q, want %q", got, want)
	}
	if diff.Added == 0 || diff.Removed == 0 {
		t.Errorf("%d words added, %d removed", diff.Added, diff.Removed)
	}
	if same := d.difference(from, from); len(same.Parts) > 0 || len(same.Facts) > 0 {
		t.Errorf("a text differs from itself: %+v", same)
	}
}

// A page writes down each part that can differ; the names are put together while it is made.
func TestEveryPartHasAName(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	d := &desk{snapshot: refresh(t, h), h: h, lang: "de", printer: h.deps.Catalog.Printer("de")}
	all := content.Writing{
		Title: "T", ShortAnswer: "S", Body: "B", Examples: []string{"E"}, Choices: []content.Choice{{Label: "C"}},
		Sections: []content.Section{{ID: "a", Body: "One."}, {ID: "b", Heading: "Zwei", Body: "Two.", Summary: "Short."}},
	}
	for _, side := range content.Sides() {
		all.Perspectives = append(all.Perspectives, content.Perspective{Side: side, Text: "View."})
	}
	for _, c := range []struct {
		first string
		from  content.Version
		to    content.Version
	}{
		{"Titel", content.Version{}, content.Version{Text: all}},
		{"Frage", content.Version{Text: all}, content.Version{Text: content.Writing{Body: "B"}}},
	} {
		var b bytes.Buffer
		page := view.ComparePage{Public: d.public("x", frontPath), Diff: d.difference(c.from, c.to)}
		if err := h.deps.Views.Render(&b, "de", "public/compare", page); err != nil {
			t.Fatal(err)
		}
		if html := b.String(); !strings.Contains(html, "<h3>"+c.first+"</h3>") || strings.Contains(html, "[public.") || !strings.Contains(html, "<h3>Kurz gesagt · Zwei</h3>") {
			t.Errorf("the first part is not %q, or a part has no name: %s", c.first, html)
		}
	}
}

func TestFactsInWords(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	d := &desk{snapshot: refresh(t, h), h: h, lang: "en", printer: h.deps.Catalog.Printer("en")}
	facts := d.facts(&content.Facts{
		Data:       []content.Text{{"de": "nur deutsch"}, {}},
		Retention:  &content.Retention{Duration: "P1Y6M"},
		Recipients: []content.Recipient{{Name: "Nameless", Country: "XX"}},
		Countries:  []string{"DE"},
	})
	want := []compare.Row{
		{Name: "data", Items: []compare.Item{{Text: "nur deutsch", Lang: "de"}}},
		{Name: "retention", Items: []compare.Item{{Text: "1 year, 6 months"}}},
	}
	for i, fact := range want {
		if len(facts) <= i || facts[i].Name != fact.Name || len(facts[i].Items) != 1 || facts[i].Items[0].Text != fact.Items[0].Text {
			t.Errorf("line %d is %+v, want %+v", i, facts[i], fact)
		}
	}
	if facts[0].Items[0].Lang != "de" {
		t.Error("German words on an English page are not marked")
	}
	if d.facts(nil) != nil {
		t.Error("no facts are nothing")
	}
}
