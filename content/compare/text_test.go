package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klartext/content"
	"klartext/content/diff"
)

// shape writes parts down as "name side section: op op ..." to be compared by eye.
func shape(parts []Part) []string {
	var out []string
	for _, p := range parts {
		var ops []string
		for _, c := range p.Changes {
			ops = append(ops, c.Op.String())
		}
		name := strings.Join(strings.Fields(fmt.Sprintf("%s %s %s", p.Name, p.Side, p.Section)), " ")
		out = append(out, name+": "+strings.Join(ops, " "))
	}
	return out
}

func TestTexts(t *testing.T) {
	policy := func(sections ...content.Section) *content.Writing {
		return &content.Writing{Title: "P", Sections: sections}
	}
	a := content.Section{ID: "a", Heading: "A", Body: "One."}
	b := content.Section{ID: "b", Heading: "B", Body: "Two.", Summary: "Short."}
	for _, test := range []struct {
		name          string
		before, after *content.Writing
		want          []string
	}{
		{"nothing", nil, nil, nil},
		{"equal", &content.Writing{Title: "T", Body: "x"}, &content.Writing{Title: "T", Body: "x"}, nil},
		{"only markup", &content.Writing{Body: "a *b*"}, &content.Writing{Body: "a **b**"}, nil},
		{"all new", nil, &content.Writing{Title: "T", ShortAnswer: "S", Examples: []string{"E"}}, []string{"title: insert", "short_answer: insert", "examples: insert"}},
		{"one word", &content.Writing{Body: "we keep it\n\nfor six months"}, &content.Writing{Body: "we keep it\n\nfor three months"}, []string{"body: equal replace"}},
		{
			"a side", &content.Writing{Perspectives: []content.Perspective{{Side: content.CriticSide, Text: "no"}}},
			&content.Writing{Perspectives: []content.Perspective{{Side: content.CompanySide, Text: "yes"}}},
			[]string{"perspectives company: insert", "perspectives critic: delete"},
		},
		{
			"where a link leads", &content.Writing{Choices: []content.Choice{{Label: "Ask", URL: "/a"}}},
			&content.Writing{Choices: []content.Choice{{Label: "Ask", URL: "/b"}}},
			[]string{"choices: replace"},
		},
		{"sections that moved", policy(a, b), policy(b, a), nil},
		{"a section that went", policy(a, b), policy(a), []string{"sections b: delete delete", "summary b: delete"}},
		{"a section that came", policy(b), policy(a, b), []string{"sections a: insert insert"}},
		{"a new heading", policy(a), policy(content.Section{ID: "a", Heading: "Z", Body: "One."}), []string{"sections a: delete insert equal"}},
		{
			"a heading that stays", policy(content.Section{ID: "a", Heading: "A", Body: "One.\n\nTwo."}), policy(content.Section{ID: "a", Heading: "A", Body: "One.\n\nThree."}),
			[]string{"sections a: equal delete insert"},
		},
		{"too deep for the renderer", &content.Writing{Body: strings.Repeat("> ", 5000) + "x"}, &content.Writing{Body: "x"}, []string{"body: replace"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := shape(Texts(test.before, test.after, 1)); !slices.Equal(got, test.want) {
				t.Fatalf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSectionsThatWentKeepTheirPlace(t *testing.T) {
	policy := func(ids, body string) *content.Writing {
		w := &content.Writing{}
		for id := range strings.FieldsSeq(ids) {
			w.Sections = append(w.Sections, content.Section{ID: id, Body: body})
		}
		return w
	}
	for _, c := range [][3]string{
		{"a b c", "a c", "a b c"},
		{"a b", "x a", "x a b"},
		{"a b c d", "c d", "a b c d"},
		{"", "a", "a"},
		{"a", "", "a"},
		{"b a", "a b", "a b"},
		{"a b", "a c", "a b c"},
	} {
		var ids []string
		for _, part := range Texts(policy(c[0], "old"), policy(c[1], "new"), 1) {
			ids = append(ids, part.Section)
		}
		if got := strings.Join(ids, " "); got != c[2] {
			t.Errorf("%q and %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// The order is that of the public page.
func TestOrderOfParts(t *testing.T) {
	w := &content.Writing{
		Title: "T", ShortAnswer: "S", Body: "B", Examples: []string{"E"}, Choices: []content.Choice{{Label: "C"}},
		Perspectives: []content.Perspective{{Side: content.CriticSide, Text: "no"}, {Side: content.CompanySide, Text: "yes"}},
		Sections:     []content.Section{{ID: "a", Heading: "A", Body: "One.", Summary: "Short."}},
	}
	want := []string{
		"title: insert", "short_answer: insert", "body: insert", "sections a: insert insert", "summary a: insert", "examples: insert", "choices: insert",
		"perspectives company: insert", "perspectives critic: insert",
	}
	if got := shape(Texts(nil, w, 1)); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCountWords(t *testing.T) {
	for _, test := range []struct {
		before, after  string
		added, removed int
	}{
		{"same", "same", 0, 0},
		{"we keep it for 12 months", "we keep it for six long months", 2, 1},
		{"gone – all", "", 0, 2},
		{"", "- one\n- two, three!", 3, 0},
	} {
		added, removed := CountWords(Texts(&content.Writing{Body: test.before}, &content.Writing{Body: test.after}, 1))
		if added != test.added || removed != test.removed {
			t.Errorf("%q to %q: %d added and %d removed, want %d and %d", test.before, test.after, added, removed, test.added, test.removed)
		}
	}
}

func TestUnchangedStretchesAreCounted(t *testing.T) {
	before := strings.Repeat("same\n\n", 20) + "old"
	parts := Texts(&content.Writing{Body: before}, &content.Writing{Body: strings.TrimSuffix(before, "old") + "completely different"}, 1)
	if len(parts) != 1 || parts[0].Changes[0].Op != diff.Skip || parts[0].Changes[0].Count != 19 {
		t.Fatalf("%+v", parts)
	}
}

// A text compared with itself never differs, and what differs is found whichever way round.
func TestTextsProperties(t *testing.T) {
	writing := rapid.Custom(func(t *rapid.T) *content.Writing {
		text := rapid.StringMatching(`[ab \n*#-]{0,30}`)
		w := &content.Writing{Title: text.Draw(t, "title"), Body: text.Draw(t, "body"), Examples: rapid.SliceOfN(text, 0, 3).Draw(t, "examples")}
		for i := range rapid.IntRange(0, 3).Draw(t, "sections") {
			w.Sections = append(w.Sections, content.Section{ID: fmt.Sprint(i), Heading: text.Draw(t, "heading"), Body: text.Draw(t, "part"), Summary: text.Draw(t, "summary")})
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := writing.Draw(t, "a"), writing.Draw(t, "b")
		if parts := Texts(a, a, 1); parts != nil {
			t.Fatalf("differs from itself: %q", shape(parts))
		}
		if there, back := Texts(a, b, 1), Texts(b, a, 1); len(there) != len(back) {
			t.Fatalf("there %q, back %q", shape(there), shape(back))
		}
	})
}
