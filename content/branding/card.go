package branding

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strconv"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"klartext/content"
)

// The card's measures: those that networks ask for, with room for what some of them cut off.
const (
	cardWidth  = 1200
	cardHeight = 630
	margin     = 72
	measure    = cardWidth - 2*margin
	lastFoot   = cardHeight - 104 // of the text, above the last rule
)

// Cards draws cards. It is safe for concurrent use.
type Cards struct{ regular, medium *opentype.Font }

// NewCards reads the fonts.
func NewCards() (*Cards, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read a font: %w", err)
	}
	medium, err := opentype.Parse(gomedium.TTF)
	if err != nil {
		return nil, fmt.Errorf("read a font: %w", err)
	}
	return &Cards{regular, medium}, nil
}

// Card draws a card as PNG. The same card gives the same bytes.
func (c *Cards) Card(card content.Card) ([]byte, error) {
	sheet := newSheet(c)
	sheet.bar(0, 0, cardWidth, 14, sheet.ink)
	sheet.write(face{c.medium, 30}, card.Site, 92, 1, sheet.ink)
	sheet.bar(margin, 124, measure, 2, sheet.line)
	sheet.write(face{c.regular, 28}, card.Label, 186, 1, colourOf(card.Accent))
	size, lines := sheet.fit(card.Title)
	y := 186 + 28 + int(size)
	y = sheet.lines(face{c.medium, size}, lines, y, sheet.ink)
	if first := y + 66; first < lastFoot {
		sheet.write(face{c.regular, 34}, card.Text, first, min((lastFoot-first)/42+1, 3), sheet.muted)
	}
	sheet.bar(margin, cardHeight-82, measure, 2, sheet.line)
	sheet.write(face{c.regular, 26}, card.Foot, cardHeight-38, 1, sheet.muted)
	if sheet.err != nil {
		return nil, sheet.err
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, sheet.picture); err != nil {
		return nil, fmt.Errorf("encode a card: %w", err)
	}
	return b.Bytes(), nil
}

// face is a font at a size.
type face struct {
	font *opentype.Font
	size float64
}

// sheet is a card while it is drawn. It keeps the first error.
type sheet struct {
	cards                  *Cards
	picture                *image.RGBA
	ink, muted, line, page color.Color
	err                    error
}

func newSheet(cards *Cards) *sheet {
	paper := content.LightScheme()
	s := &sheet{
		cards: cards, picture: image.NewRGBA(image.Rect(0, 0, cardWidth, cardHeight)),
		page: colourOf(paper.Paper), ink: colourOf(paper.Ink), muted: colourOf("#4a4e57"), line: colourOf("#d6d6cf"),
	}
	s.bar(0, 0, cardWidth, cardHeight, s.page)
	return s
}

func colourOf(c content.Colour) color.Color {
	if len(c) != 7 {
		return color.RGBA{R: 0x1b, G: 0x3f, B: 0x9c, A: 0xff}
	}
	v, _ := strconv.ParseUint(string(c[1:]), 16, 32) // content let six digits through
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func (s *sheet) bar(x, y, width, height int, c color.Color) {
	draw.Draw(s.picture, image.Rect(x, y, x+width, y+height), image.NewUniform(c), image.Point{}, draw.Src)
}

// write breaks a text into at most so many lines, the first with its foot at y.
func (s *sheet) write(f face, text string, y, most int, c color.Color) {
	s.with(f, func(drawn font.Face) {
		s.linesIn(drawn, f.size, cut(drawn, breakLines(f.font, drawn, text), most), y, c)
	})
}

// lines writes what is broken already and gives the foot of the last line.
func (s *sheet) lines(f face, lines []string, y int, c color.Color) int {
	s.with(f, func(drawn font.Face) { y = s.linesIn(drawn, f.size, lines, y, c) })
	return y
}

func (s *sheet) linesIn(drawn font.Face, size float64, lines []string, y int, c color.Color) int {
	pen := font.Drawer{Dst: s.picture, Src: image.NewUniform(c), Face: drawn}
	for i, line := range lines {
		pen.Dot = fixed.P(margin, y+int(float64(i)*size*leading))
		pen.DrawString(line)
	}
	return y + int(float64(max(len(lines)-1, 0))*size*leading)
}

const leading = 1.22

// fit finds the largest size in which a title takes at most three lines, and the lines.
func (s *sheet) fit(title string) (float64, []string) {
	sizes := []float64{76, 66, 58, 50}
	var lines []string
	for i, size := range sizes {
		s.with(face{s.cards.medium, size}, func(drawn font.Face) {
			lines = breakLines(s.cards.medium, drawn, title)
			if i == len(sizes)-1 {
				lines = cut(drawn, lines, 4)
			}
		})
		if len(lines) <= 3 {
			return size, lines
		}
	}
	return sizes[len(sizes)-1], lines
}

func (s *sheet) with(f face, use func(font.Face)) {
	drawn, err := opentype.NewFace(f.font, &opentype.FaceOptions{Size: f.size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		s.err = fmt.Errorf("set a font: %w", err)
		return
	}
	defer func() { _ = drawn.Close() }()
	use(drawn)
}
