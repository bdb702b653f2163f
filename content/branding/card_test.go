package branding

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"

	"klartext/content"
)

func mustCards(t testing.TB) *Cards {
	t.Helper()
	c, err := NewCards()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drawn(t *testing.T, c *Cards, card content.Card) (image.Image, []byte) {
	t.Helper()
	raw, err := c.Card(card)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return picture, raw
}

func TestCardHasTheSizeThatNetworksAskFor(t *testing.T) {
	c := mustCards(t)
	card := content.Card{Site: "Kornblume", Label: "Bestellen", Title: "Was wissen Sie über mich?", Text: "Nur, was Sie uns sagen.", Foot: "Fassung 2"}
	picture, raw := drawn(t, c, card)
	if size := picture.Bounds().Size(); size != image.Pt(1200, 630) || len(raw) > 150_000 {
		t.Errorf("%v, %d bytes", size, len(raw))
	}
	if _, again := drawn(t, c, card); !bytes.Equal(raw, again) {
		t.Error("the same card is drawn differently")
	}
	card.Title += "!"
	if _, other := drawn(t, c, card); bytes.Equal(raw, other) {
		t.Error("the title is not in the picture")
	}
}

// Whatever is written, nothing is drawn into the margins or over the last rule.
func TestNothingSticksOut(t *testing.T) {
	c := mustCards(t)
	long := strings.Repeat("Datenschutzgrundverordnungsdurchführungsgesetz", 6)
	for name, card := range map[string]content.Card{
		"long words":  {Site: long, Label: long, Title: long, Text: long, Foot: long},
		"many words":  {Title: strings.Repeat("Öl über Äcker ", 60), Text: strings.Repeat("und so weiter ", 90)},
		"three lines": {Title: strings.Repeat("Wer erfährt es ", 5), Text: strings.Repeat("und so weiter ", 90)},
		"no words":    {},
		"no letters":  {Title: "😀😀 \u0001", Text: "𝕳"},
	} {
		picture, _ := drawn(t, c, card)
		paper := picture.At(2, 300)
		for y := 16; y < 630; y++ {
			for _, x := range []int{20, margin - 6, 1200 - margin + 6, 1180} {
				if picture.At(x, y) != paper {
					t.Fatalf("%s: something stands at %d, %d", name, x, y)
				}
			}
		}
		for x := margin; x < 1200-margin; x++ {
			if picture.At(x, 630-88) != paper {
				t.Fatalf("%s: the text reaches the last rule at %d", name, x)
			}
		}
	}
}

func TestLinesAreBroken(t *testing.T) {
	c := mustCards(t)
	face, err := opentype.NewFace(c.regular, &opentype.FaceOptions{Size: 60, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "kurz", strings.Repeat("Wort ", 40), strings.Repeat("Donaudampfschiff", 12), "ä 😀 ß"} {
		lines := breakLines(c.regular, face, text)
		for _, line := range lines {
			if !fits(face, line) {
				t.Errorf("%q is too long", line)
			}
		}
		got := strings.ReplaceAll(strings.ReplaceAll(strings.Join(lines, ""), "-", ""), " ", "")
		if want := strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), "😀", ""); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
	cutOff := cut(face, breakLines(c.regular, face, strings.Repeat("Wort ", 40)), 2)
	if len(cutOff) != 2 || !strings.HasSuffix(cutOff[1], "Wort …") || font.MeasureString(face, cutOff[1]).Round() > measure {
		t.Errorf("%q", cutOff)
	}
}

// Every letter of German and English is in the font.
func TestUmlautsAreDrawn(t *testing.T) {
	c := mustCards(t)
	const letters = "ÄÖÜäöüßẞ„“‚‘“”‘’–—…€·§éàçñ"
	if got := drawable(c.regular, letters); got != strings.ReplaceAll(letters, "ẞ", "") && got != letters {
		t.Errorf("only %q can be drawn", got)
	}
}

func BenchmarkCard(b *testing.B) {
	c := mustCards(b)
	card := content.Card{Site: "Kornblume", Label: "Bestellen", Title: "Was wissen Sie über mich, wenn ich bestelle?", Text: "Nur, was Sie uns sagen.", Foot: "Fassung 2"}
	for b.Loop() {
		if _, err := c.Card(card); err != nil {
			b.Fatal(err)
		}
	}
}
