package content

import (
	"math"
	"testing"
)

func TestContrastIsTheOneOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b Colour
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#1b3f9c", "#fdfdfb", 9.2}} {
		if got := c.a.Contrast(c.b); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// Whatever a company's colour is, there is one near it in which its pages can be read.
func TestNearestCanAlwaysBeRead(t *testing.T) {
	for r := 0; r < 256; r += 51 {
		for g := 0; g < 256; g += 51 {
			for b := 0; b < 256; b += 51 {
				wish := colourOf([3]float64{float64(r) / 255, float64(g) / 255, float64(b) / 255})
				for name, scheme := range map[string]Scheme{"light": LightScheme(), "dark": DarkScheme()} {
					near := scheme.Nearest(wish)
					if !near.valid() || scheme.Reads(near) < TextContrast {
						t.Errorf("%s: %s became %s, with a contrast of %.2f", name, wish, near, scheme.Reads(near))
					}
					if scheme.Reads(wish) >= TextContrast && near != wish {
						t.Errorf("%s: %s could be read and became %s", name, wish, near)
					}
				}
			}
		}
	}
}

func TestNearestKeepsTheHue(t *testing.T) {
	near := LightScheme().Nearest("#e2001a").rgb()
	if near[0] < 3*near[1] || near[0] < 2*near[2] {
		t.Errorf("the nearest to a red is %v", near)
	}
}

func TestLookIsChecked(t *testing.T) {
	for _, c := range []struct {
		field string
		code  Code
		look  Look
	}{
		{"look.accent", CodeColourForm, Look{Accent: "blue"}},
		{"look.accent", CodeColourContrast, Look{Accent: "#FFD400"}},
		{"look.accent_dark", CodeColourContrast, Look{AccentDark: "#1b3f9c"}},
		{"look.imprint.de", CodeLinkForm, Look{Imprint: Text{"de": "javascript:alert(1)"}}},
		{"look.note.fr", CodeLangUnknown, Look{Note: Text{"fr": "x"}}},
		{"look.links.0.url.de", CodeRequired, Look{Links: []FooterLink{{Label: Text{"de": "x"}}}}},
		{"look.links.0.label.de", CodeRequired, Look{Links: []FooterLink{{URL: Text{"de": "/x"}}}}},
		{"look.links.0.url.de", CodeLinkForm, Look{Links: []FooterLink{{Label: Text{"de": "x"}, URL: Text{"de": "//evil.example"}}}}},
		{"look.links", CodeTooMany, Look{Links: make9()}},
	} {
		var p problems
		c.look.check(&p, []Lang{"de", "en"})
		if len(p) != 1 || p[0].Field != c.field || p[0].Code != c.code {
			t.Errorf("%s %s: got %v", c.field, c.code, p)
		}
	}
	var p problems
	good := Look{Accent: " 048 ", Note: Text{"de": " a ", "en": ""}, Links: []FooterLink{{}}}
	if good.check(&p, []Lang{"de", "en"}); len(p) > 0 || good.Accent != "#004488" || good.Note["de"] != "a" || len(good.Links) > 0 {
		t.Errorf("%+v, %v", good, p)
	}
	if DarkScheme().Reads(good.Dark()) < TextContrast || (Look{}).Dark() != "" {
		t.Error("no accent for dark paper was made")
	}
}

func make9() []FooterLink {
	links := make([]FooterLink, 9)
	for i := range links {
		links[i] = FooterLink{Label: Text{"de": "x"}, URL: Text{"de": "/x"}}
	}
	return links
}

func TestDaysUntil(t *testing.T) {
	for _, c := range []struct {
		from, to Date
		want     int
	}{{"2027-02-15", "2027-03-01", 14}, {"2027-03-27", "2027-03-29", 2}, {"2027-03-01", "2027-03-01", 0}, {"2027-03-02", "2027-03-01", 0}, {"", "2027-03-01", 0}} {
		if got := c.from.DaysUntil(c.to); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.from, c.to, got, c.want)
		}
	}
}
