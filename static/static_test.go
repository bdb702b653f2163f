package static

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestPathCarriesTheHashAndLeadsBack(t *testing.T) {
	assets, err := New(false)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range assets.Names() {
		file, fresh, ok := assets.At(assets.Path(name))
		if !ok || !fresh || file.Name != name || len(file.Content) == 0 {
			t.Errorf("%s: At(Path) = %q fresh=%v ok=%v", name, file.Name, fresh, ok)
		}
	}
	if file, fresh, ok := assets.At("/static/0000000000000000/tokens.css"); !ok || fresh || file.Name != "tokens.css" {
		t.Error("an old hash must find today's file, and not as fresh")
	}
	for _, address := range []string{"/static/", "/static/tokens.css", "/static/x/../static.go", "/static/x/static.go", "/other/x/tokens.css"} {
		if _, _, ok := assets.At(address); ok {
			t.Errorf("%s must not be found", address)
		}
	}
}

func TestNoAssetCallsAThirdParty(t *testing.T) {
	assets, err := New(false)
	if err != nil {
		t.Fatal(err)
	}
	outside := regexp.MustCompile(`(?i)(?:url\(|@import|src=|fetch\()\s*["']?(?:https?:)?//`)
	for _, name := range assets.Names() {
		file, _ := assets.File(name)
		if found := outside.Find(file.Content); found != nil {
			t.Errorf("%s loads from outside: %s", name, found)
		}
	}
}

// TestContrast holds what docs/design.md promises: text 7:1 on paper, sheet and its own wash, controls 3:1, light and dark.
func TestContrast(t *testing.T) {
	assets, err := New(false)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := assets.File("tokens.css")
	light, rest, _ := strings.Cut(string(file.Content), "@media (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "@media print")
	for scheme, colours := range map[string]map[string]float64{"light": luminances(t, light), "dark": luminances(t, dark)} {
		atLeast := func(limit float64, ink string, papers ...string) {
			for _, paper := range papers {
				if got := contrast(colours[ink], colours[paper]); got < limit {
					t.Errorf("%s: --%s on --%s has %.2f:1, want %.1f:1", scheme, ink, paper, got, limit)
				}
			}
		}
		atLeast(7, "ink", "paper", "sheet", "add-wash", "del-wash", "warn-wash", "accent-wash")
		atLeast(7, "muted", "paper", "sheet")
		atLeast(7, "accent", "paper", "sheet", "accent-wash")
		atLeast(7, "accent-ink", "accent")
		atLeast(7, "add", "paper", "add-wash")
		atLeast(7, "del", "paper", "del-wash")
		atLeast(7, "warn", "paper", "warn-wash")
		atLeast(3, "field", "paper", "sheet")
		atLeast(3, "focus", "paper", "sheet")
	}
}

func luminances(t *testing.T, css string) map[string]float64 {
	t.Helper()
	found := map[string]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+):\s*#([0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
		found[m[1]] = luminance(t, m[2])
	}
	return found
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
