package posttext

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func found(text string) (list []string) {
	for _, l := range Links(text) {
		list = append(list, text[l.Start:l.End])
	}
	return list
}

func TestLinks(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                   nil,
		"kein Link. Nirgends":                nil,
		"Acme Inc.is here":                   {"Inc.is"},
		"z.B. und d.h. und 3.14 und v1.2.3":  nil,
		"siehe https://example.com/a_(b)?c.": {"https://example.com/a_(b)?c"},
		"„https://example.com“":              {"https://example.com"},
		"(https://example.com/x)":            {"https://example.com/x"},
		"http://localhost:8080/x":            nil,
		"http://127.0.0.1/x":                 nil,
		"info@example.com":                   nil,
		"https://example.com/@shop/1":        {"https://example.com/@shop/1"},
		"www.example.de/pfad":                {"www.example.de/pfad"},
		"example.com:8080":                   {"example.com"},
		"example.com:8080/x":                 {"example.com:8080/x"},
		"http://日本語.com":                     {"http://日本語.com"},
		"日本語example.com":                     {"example.com"},
		"bücher.de":                          {"bücher.de"},
		"https://a.de und https://b.de":      {"https://a.de", "https://b.de"},
		"#example.com $example.com":          nil,
		"http://a_b.com/":                    nil,
		"https://t.co/abc123/def":            {"https://t.co/abc123"},
		"!_x.de/?a&mailto:example.com/":      nil, // one link that does not count, and nothing inside it is searched
		"http:/t.co?a=b🏽.example.co.uk/":     {"example.co.uk/"},
	} {
		if got := found(text); !slices.Equal(got, want) {
			t.Errorf("Links(%q) = %q, want %q", text, got, want)
		}
	}
}

// Links lie in the text, in order, do not overlap and stand on whole letters.
func TestLinksAreWhereTheySay(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "ä", "-", "_", ".", "/", ":", "http://", "https://", "example.com", "de", "@", " ", "(", ")", "?", "の", "👍🏽", "한국", "xn--", "t.co/x"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "pieces"), "")
		checkLinks(t, text)
	})
}

func checkLinks(t interface{ Fatalf(string, ...any) }, text string) {
	at := 0
	for _, l := range Links(text) {
		if l.Start < at || l.End <= l.Start || l.End > len(text) || l.Host == "" || !strings.Contains(text[l.Start:l.End], l.Host) {
			t.Fatalf("Links(%q) has %+v after %d", text, l, at)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[l.Start:l.End]) {
			t.Fatalf("Links(%q) cuts a letter: %+v", text, l)
		}
		at = l.End
	}
}

func FuzzLinks(f *testing.F) {
	for _, s := range []string{"a.de", "http://a.de/((b)", "ß.de", "\xff.com", "xn--.de", "a.", ".a", "http://", "한국.한국", "@a.de", "#a#b", "#ä_1\u20e3", "𝒜.de/#a", "_x.de/?𝒜.de/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = s[:min(len(s), 10_000)] // longer announcements are refused before
		checkLinks(t, s)
		for _, tag := range Hashtags(s) {
			if tag == "" || !strings.Contains(s, tag) {
				t.Fatalf("Hashtags(%q) has %q", s, tag)
			}
		}
		safe, names := Neutralise(s)
		if strings.ReplaceAll(safe, joiner, "") != strings.ReplaceAll(s, joiner, "") {
			t.Fatalf("Neutralise(%q) changed more than it may: %q", s, safe)
		}
		if again, _ := Neutralise(safe); again != safe {
			t.Fatalf("Neutralise(%q) does not rest: %q, %q, %v", s, safe, again, names)
		}
	})
}

// Ten thousand letters are the longest announcement; whoever types them waits for the count.
func TestHostileTextsAreQuick(t *testing.T) {
	for _, piece := range []string{"👨‍👩‍👧", "a.", "ü", "üä.", "http://", "a.de/((", "http://a.de/(a", "@a", "a_", ".-", "a.b_", "_", "_____________.", "𝒜_.", "#", "#a", "a😀."} {
		text := strings.Repeat(piece, 10_000/utf8.RuneCountInString(piece)) + "."
		began := time.Now()
		Links(text)
		Hashtags(text)
		if took := time.Since(began); took > 10*time.Second { // a busy machine that looks for races takes two
			t.Errorf("%q repeated takes %s", piece, took)
		}
	}
}

func TestNeutralise(t *testing.T) {
	for text, want := range map[string]string{
		"@shop":                          "@\u200Dshop",
		"Danke, @shop und (@anna_b)!":    "Danke, @\u200Dshop und (@\u200Danna_b)!",
		"＠shop":                          "＠\u200Dshop",
		"@shop@example.social":           "@\u200Dshop@example.social",
		"info@example.com":               "info@example.com",
		"https://example.social/@shop/1": "https://example.social/@shop/1",
		"https://example.com/?a=@shop":   "https://example.com/?a=@shop",
		"um 12 @ 5 Euro":                 "um 12 @ 5 Euro",
		"@ allein":                       "@ allein",
	} {
		if got, _ := Neutralise(text); got != want {
			t.Errorf("Neutralise(%q) = %q, want %q", text, got, want)
		}
	}
	if _, names := Neutralise("@anna und @bert"); !slices.Equal(names, []string{"@anna", "@bert"}) {
		t.Errorf("names = %v", names)
	}
}

func TestWithPermalink(t *testing.T) {
	for _, c := range []struct{ text, link, want string }{
		{"Neu.", "https://a.de/x", "Neu.\n\nhttps://a.de/x"},
		{" Neu.\n\n", "https://a.de/x", "Neu.\n\nhttps://a.de/x"},
		{"", "https://a.de/x", "https://a.de/x"},
		{"Neu.", "", "Neu."},
	} {
		if got := WithPermalink(c.text, c.link); got != c.want {
			t.Errorf("WithPermalink(%q, %q) = %q", c.text, c.link, got)
		}
	}
}

func TestNormal(t *testing.T) {
	if a, b := Normal("Ä &amp; @\u200Dshop\n\n x\u00A0"), Normal("A\u0308 & @shop x"); a != b {
		t.Errorf("%q is not %q", a, b)
	}
}
