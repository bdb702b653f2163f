package x

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klartext/publishers/publishertest"
)

func TestLengthAgainstConformanceVectors(t *testing.T) {
	path := publishertest.SharedData(t, "twitter-text/validate.yml")
	n := 0
	for _, v := range weightedVectors(t, path) {
		n++
		got, invalid := Length(v.text)
		if got != v.weight {
			t.Errorf("%s: Length = %d, want %d", v.description, got, v.weight)
		}
		if valid := !invalid && got > 0 && got <= Limit; valid != v.valid {
			t.Errorf("%s: valid = %v, want %v", v.description, valid, v.valid)
		}
	}
	if n < 24 {
		t.Errorf("only %d vectors were found", n)
	}
}

type vector struct {
	description, text string
	weight            int
	valid             bool
}

// weightedVectors reads the two sections that hold for configuration 3. The
// file's quoted strings are Go strings, so no YAML reader is needed.
func weightedVectors(t *testing.T, path string) (list []vector) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	section := ""
	for lines.Scan() {
		key, value, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(lines.Text()), "- ")), ":")
		value = strings.TrimSpace(value)
		if strings.HasPrefix(lines.Text(), "  ") && lines.Text()[2] != ' ' {
			section = key
		}
		if section != "WeightedTweetsWithDiscountedEmojiCounterTest" && section != "UnicodeDirectionalMarkerCounterTest" {
			continue
		}
		switch key {
		case "description":
			list = append(list, vector{description: value})
		case "text":
			list[len(list)-1].text = mustUnquote(t, value)
		case "weightedLength":
			if list[len(list)-1].weight, err = strconv.Atoi(value); err != nil {
				t.Fatal(err)
			}
		case "valid":
			list[len(list)-1].valid = value == "true"
		}
	}
	return list
}

func mustUnquote(t *testing.T, s string) string {
	t.Helper()
	out, err := strconv.Unquote(s)
	if err != nil {
		t.Fatalf("unquote %.60s: %v", s, err)
	}
	return out
}

func TestLengthProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		noLinks := rapid.String().Filter(func(s string) bool { return !strings.Contains(s, ".") })
		a, b := noLinks.Draw(t, "a"), noLinks.Draw(t, "b")
		wa, _ := Length(a)
		wb, _ := Length(b)
		both, _ := Length(a + "\n\n" + b)
		if both != wa+wb+2 {
			t.Fatalf("weights do not add up over an empty line: %d + %d + 2, but %d", wa, wb, both)
		}
	})
}

func FuzzLength(f *testing.F) {
	for _, s := range []string{"", "Acme Inc.is here", "https://example.com/a_(b)", "👨‍👩‍👧‍👦", "\xff", "a.", ".de", "http://", "xn--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if w, _ := Length(s); w < 0 || (s == "" && w != 0) {
			t.Errorf("Length(%q) = %d", s, w)
		}
	})
}

func BenchmarkLength(b *testing.B) {
	text := strings.Repeat("Wir speichern Ihre Adresse jetzt nur noch sechs Monate. 🎉 ", 4) + "\n\nhttps://example.com/de/changes/adressen"
	for b.Loop() {
		Length(text)
	}
}
