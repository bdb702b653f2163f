package public

import (
	"regexp"
	"strings"
	"testing"

	"klartext/content"
	"klartext/server/public/publictest"
	"klartext/static"
)

// The rules for a site's own colour count with the paper that the style sheet has.
func TestSchemesAreTheOnesOfTheStyleSheet(t *testing.T) {
	assets, err := static.New(false)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := assets.File("tokens.css")
	light, dark, _ := strings.Cut(string(file.Content), "prefers-color-scheme: dark")
	for css, scheme := range map[string]content.Scheme{light: content.LightScheme(), dark: content.DarkScheme()} {
		for name, want := range map[string]content.Colour{"paper": scheme.Paper, "sheet": scheme.Sheet, "ink": scheme.Ink} {
			found := regexp.MustCompile(`--` + name + `: (#[0-9a-f]+);`).FindStringSubmatch(css)
			if len(found) != 2 || found[1] != string(want) {
				t.Errorf("--%s is %v, the rule counts with %s", name, found, want)
			}
		}
	}
}

// A site's own colour stands in every page that is made after it was set, and the policy lets exactly that style in.
func TestAccentReachesEveryPage(t *testing.T) {
	store := publictest.Shop()
	h := newHandlers(t, store)
	before := refresh(t, h)
	bytesOf(t, h, "/de/faq/payment-data")
	store.Set(func(s *content.Settings) { s.Look.Accent = "#004488" })
	after := refresh(t, h)
	if before.policy == after.policy || before.pages["/de/faq/payment-data"] == after.pages["/de/faq/payment-data"] {
		t.Error("the pages keep the old colour")
	}
	page := bytesOf(t, h, "/de/faq/payment-data")
	dark := string(content.Look{Accent: "#004488"}.Dark())
	if !strings.Contains(page, "--accent:#004488") || !strings.Contains(page, "--accent:"+dark) {
		t.Error("the colours are not in the page")
	}
	v, err := after.pages["/de/faq/payment-data"].variant(t.Context(), h, after, identity)
	if err != nil || string(v.header.Peek("Content-Security-Policy")) != after.policy {
		t.Errorf("the policy is %s, %v", v.header.Peek("Content-Security-Policy"), err)
	}
}

// Home and entry must stay light: 14 kB is what one round trip brings.
func TestPagesAreLight(t *testing.T) {
	store := publictest.Shop()
	store.Set(func(s *content.Settings) {
		s.Featured = []string{"entry-payment-data", "entry-opens", "entry-delete-account", "entry-parcel"}
	})
	h := newHandlers(t, store)
	s := refresh(t, h)
	for _, path := range []string{"/de/", "/en/", "/de/faq/payment-data", "/en/faq/payment-data"} {
		v, err := s.pages[path].variant(t.Context(), h, s, gz)
		if err != nil || len(v.body.whole()) > 12<<10 {
			t.Errorf("%s: %d bytes compressed, %v", path, len(v.body.whole()), err)
		}
	}
}
