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
		{"too deep for the renderer", &content.Writing{Body: strings.Repeat("> ", 5000) + "x"}, &content.Writing{Body: "x"}, []string{"body: replace"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := shape(Texts(test.before, test.after, 1)); !slices.Equal(got, test.want) {
				t.Fatalf("got  %q\nwant %q", got, test.want)
			}
		})
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
