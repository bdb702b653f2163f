package content

import (
	"math"
	"strconv"
)

// TextContrast is what text needs on its ground: WCAG 2 level AAA.
const TextContrast = 7

// Scheme is the paper of one of the two ways a page is shown. A test of the
// public site holds these colours against its style sheet.
type Scheme struct {
	Paper, Sheet, Ink Colour
	// wash is how much of the accent stands in the areas that it marks.
	wash float64
}

// LightScheme is dark ink on light paper.
func LightScheme() Scheme {
	return Scheme{Paper: "#fdfdfb", Sheet: "#f3f3ef", Ink: "#191c22", wash: 0.09}
}

// DarkScheme is light ink on dark paper.
func DarkScheme() Scheme {
	return Scheme{Paper: "#14161b", Sheet: "#1c1f26", Ink: "#ecece6", wash: 0.12}
}

// Wash is the paper with a little of the accent in it, for areas that it marks.
func (s Scheme) Wash(accent Colour) Colour { return s.Paper.Mix(accent, s.wash) }

// Reads is the lowest contrast that text in this colour has on any ground of the scheme.
func (s Scheme) Reads(accent Colour) float64 {
	return min(accent.Contrast(s.Paper), accent.Contrast(s.Sheet), accent.Contrast(s.Wash(accent)))
}

// Nearest is the colour of the same hue that is closest in lightness and can be read; the colour itself where it can.
func (s Scheme) Nearest(accent Colour) Colour {
	if s.Reads(accent) >= TextContrast {
		return accent
	}
	from, step := accent.lab(), 0.004
	if s.Ink.luminance() < s.Paper.luminance() {
		step = -step
	}
	for l := from.l + step; l > 0 && l < 1; l += step {
		if c := from.withLightness(l); s.Reads(c) >= TextContrast {
			return c
		}
	}
	return s.Ink
}

// checkAccent refuses a colour in which text could not be read, and proposes the nearest in which it can.
func (s Scheme) checkAccent(p *problems, field string, accent Colour) {
	switch {
	case accent == "":
	case !accent.valid():
		p.add(field, CodeColourForm, Args{"Value": string(accent)})
	case s.Reads(accent) < TextContrast:
		p.add(field, CodeColourContrast, Args{
			"Value": string(accent), "Nearest": string(s.Nearest(accent)), "Needed": TextContrast,
			"Found": strconv.FormatFloat(math.Floor(s.Reads(accent)*10)/10, 'f', 1, 64),
		})
	}
}
