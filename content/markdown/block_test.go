package markdown

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBlocks(t *testing.T) {
	source := "# Titel *a*\n\nText mit [Link](https://x.org) und <https://y.org/>,\n![Bild](/media/b.png) \\\nneu &auml;\n\n" +
		"- eins\n    - zwei\n\n      mehr\n- drei\n\n1. vier\n\n> Zitat\n>\n> > tief\n\n```sql\nselect 1\n```\n\n" +
		"| A | B |\n|---|---|\n| `c` | |\n\n---\n\n<div>weg</div>\n\nEnde <b>hier</b>\n"
	want := []Block{
		{Heading, 2, "Titel a"},
		{Paragraph, 0, "Text mit Link (https://x.org) und https://y.org/, Bild \nneu ä"},
		{Item, 1, "eins"},
		{Item, 2, "zwei"},
		{Paragraph, 0, "mehr"},
		{Item, 1, "drei"},
		{Item, 1, "vier"},
		{Quote, 1, "Zitat"},
		{Quote, 2, "tief"},
		{Code, 0, "select 1"},
		{Row, 0, "A | B"},
		{Row, 0, "c | "},
		{Paragraph, 0, "Ende hier"},
	}
	got, err := Blocks(source)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestBlocksShowAChangedLinkTarget(t *testing.T) {
	a, _ := Blocks("[a](https://x.org)")
	b, _ := Blocks("[a](https://y.org)")
	if len(a) != 1 || cmp.Equal(a, b) {
		t.Errorf("%v and %v look the same", a, b)
	}
}

func TestPlain(t *testing.T) {
	got, err := Plain("## A\n\n[b](https://x.org) *c*\n\n- d")
	if want := "A\nb c\nd"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
