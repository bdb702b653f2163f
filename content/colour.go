package content

import (
	"fmt"
	"math"
	"regexp"
	"strings"
)

// Colour is an sRGB colour as it is written in CSS: "#1b3f9c".
type Colour string

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// valid tells whether it is written as it should be.
func (c Colour) valid() bool { return colourForm.MatchString(string(c)) }

func (c Colour) rgb() (rgb [3]float64) {
	for i := range rgb {
		var v int
		_, _ = fmt.Sscanf(string(c[1+2*i:3+2*i]), "%02x", &v) // valid was asked before
		rgb[i] = float64(v) / 255
	}
	return rgb
}

func colourOf(rgb [3]float64) Colour {
	var b strings.Builder
	b.WriteByte('#')
	for _, v := range rgb {
		fmt.Fprintf(&b, "%02x", int(math.Round(min(max(v, 0), 1)*255)))
	}
	return Colour(b.String())
}

// linear undoes the gamma of sRGB; curved puts it back.
func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func curved(v float64) float64 {
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// luminance is the one of WCAG 2.
func (c Colour) luminance() float64 {
	rgb := c.rgb()
	return 0.2126*linear(rgb[0]) + 0.7152*linear(rgb[1]) + 0.0722*linear(rgb[2])
}

// Contrast of two colours as WCAG 2 counts it: from 1 to 21.
func (c Colour) Contrast(other Colour) float64 {
	a, b := c.luminance(), other.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// Mix is c with so much of another colour in it, from 0 to 1.
func (c Colour) Mix(other Colour, part float64) Colour {
	a, b := c.rgb(), other.rgb()
	for i := range a {
		a[i] += (b[i] - a[i]) * part
	}
	return colourOf(a)
}

// lab is OKLab, in which the same step looks equally large everywhere.
type lab struct{ l, a, b float64 }

func (c Colour) lab() lab {
	rgb := c.rgb()
	r, g, b := linear(rgb[0]), linear(rgb[1]), linear(rgb[2])
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return lab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// colour is the colour, and false where no screen can show it.
func (o lab) colour() (Colour, bool) {
	l := cube(o.l + 0.3963377774*o.a + 0.2158037573*o.b)
	m := cube(o.l - 0.1055613458*o.a - 0.0638541728*o.b)
	s := cube(o.l - 0.0894841775*o.a - 1.2914855480*o.b)
	rgb := [3]float64{
		curved(4.0767416621*l - 3.3077115913*m + 0.2309699292*s),
		curved(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		curved(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s),
	}
	shown := true
	for _, v := range rgb {
		shown = shown && v > -0.002 && v < 1.002
	}
	return colourOf(rgb), shown
}

func cube(v float64) float64 { return v * v * v }

// withLightness keeps the hue and as much of the strength as can be shown.
func (o lab) withLightness(l float64) Colour {
	for part := 1.0; part > 0; part -= 0.05 {
		if c, shown := (lab{l, o.a * part, o.b * part}).colour(); shown {
			return c
		}
	}
	c, _ := lab{l: l}.colour()
	return c
}
