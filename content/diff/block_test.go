package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func paragraphs(texts ...string) []Block {
	list := make([]Block, len(texts))
	for i, text := range texts {
		list[i] = Block{"paragraph", 0, text}
	}
	return list
}

func summary(changes []Change) []string {
	var list []string
	for _, c := range changes {
		if c.Op == Skip {
			list = append(list, fmt.Sprintf("skip %d", c.Count))
			continue
		}
		list = append(list, c.Op.String()+" "+marked(c.Segments))
	}
	return list
}

func TestBlocks(t *testing.T) {
	for _, tt := range []struct {
		name string
		a, b []Block
		want []string
	}{
		{"nothing", nil, nil, nil},
		{"all new", nil, paragraphs("a"), []string{"insert {+a+}"}},
		{"equal", paragraphs("a", "b"), paragraphs("a", "b"), []string{"equal a", "equal b"}},
		{
			"changed, new and gone", paragraphs("We keep it 12 months", "old words only", "same"),
			paragraphs("We keep it 6 months", "same", "brand new"),
			[]string{"replace We keep it [-12-]{+6+} months", "delete [-old words only-]", "equal same", "insert {+brand new+}"},
		},
		{
			"paired by what they have in common", paragraphs("the first text of three", "the second text is here"),
			paragraphs("something else stands above now", "the first text of two", "the second text was here"),
			[]string{"insert {+something else stands above now+}", "replace the first text of [-three-]{+two+}", "replace the second text [-is-]{+was+} here"},
		},
		{
			"another level",
			[]Block{{"heading", 2, "Who gets it"}},
			[]Block{{"heading", 3, "Who gets it"}},
			[]string{"replace Who gets it"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := summary(Blocks(tt.a, tt.b)); !slices.Equal(got, tt.want) {
				t.Errorf("got\n%q\nwant\n%q", got, tt.want)
			}
		})
	}
}

func TestBlocksGiveBackBothTexts(t *testing.T) {
	text := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(strings.Fields("we keep your name not 12 6 months")), 1, 5),
		func(words []string) string { return strings.Join(words, " ") })
	blocks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Block {
		return Block{rapid.SampledFrom([]string{"paragraph", "item"}).Draw(t, "kind"), 0, text.Draw(t, "text")}
	}), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		a, b := blocks.Draw(t, "a"), blocks.Draw(t, "b")
		var before, after []string
		for _, c := range Blocks(a, b) {
			var x, y strings.Builder
			for _, s := range c.Segments {
				if s.Op != Insert {
					x.WriteString(s.Text)
				}
				if s.Op != Delete {
					y.WriteString(s.Text)
				}
			}
			if c.Op != Insert {
				before = append(before, x.String())
			}
			if c.Op != Delete {
				after = append(after, y.String())
			}
		}
		if !slices.Equal(before, textsOf(a)) || !slices.Equal(after, textsOf(b)) {
			t.Fatalf("%v and %v came back as %q and %q", a, b, before, after)
		}
	})
}

func textsOf(blocks []Block) []string {
	var list []string
	for _, b := range blocks {
		list = append(list, b.Text)
	}
	return list
}

func TestLongPassagesArePairedToo(t *testing.T) {
	var a, b []Block
	for i := range uint64(3 * maxPassage) {
		a = append(a, Block{"paragraph", 0, mustText(i, 20) + " old"})
		b = append(b, Block{"paragraph", 0, mustText(i, 20) + " new"})
	}
	for i, c := range Blocks(a, b) {
		if c.Op != Replace {
			t.Fatalf("block %d: %v", i, c.Op)
		}
	}
}

func TestCollapse(t *testing.T) {
	a := paragraphs("a", "b", "c", "d", "e", "f", "g", "h")
	b := paragraphs("a", "b", "c", "X", "e", "f", "g", "h")
	for context, want := range map[int][]string{
		0: {"skip 3", "delete [-d-]", "insert {+X+}", "skip 4"},
		1: {"skip 2", "equal c", "delete [-d-]", "insert {+X+}", "equal e", "skip 3"},
		2: {"equal a", "equal b", "equal c", "delete [-d-]", "insert {+X+}", "equal e", "equal f", "skip 2"},
		9: {"equal a", "equal b", "equal c", "delete [-d-]", "insert {+X+}", "equal e", "equal f", "equal g", "equal h"},
	} {
		if got := summary(Collapse(Blocks(a, b), context)); !slices.Equal(got, want) {
			t.Errorf("context %d: got\n%q\nwant\n%q", context, got, want)
		}
	}
	if got := Collapse(Blocks(a, a), 3); len(got) != 1 || got[0].Op != Skip || got[0].Count != 8 {
		t.Errorf("nothing changed: %+v", got)
	}
}

// BenchmarkBlocksRewritten compares 600 paragraphs with 600 others.
func BenchmarkBlocksRewritten(b *testing.B) {
	var x, y []Block
	for i := range uint64(600) {
		x = append(x, Block{"paragraph", 0, mustText(i%7, 40)})
		y = append(y, Block{"paragraph", 0, mustText(i%5, 41)})
	}
	for b.Loop() {
		Blocks(x, y)
	}
}
