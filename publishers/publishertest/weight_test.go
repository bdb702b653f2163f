package publishertest

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestWeightAgainstConformanceVectors(t *testing.T) {
	vectors := weightedVectors(t, SharedData(t, "twitter-text/validate.yml"))
	for _, v := range vectors {
		got, valid := weight(v.text)
		if got != v.weight {
			t.Errorf("%s: weight = %d, want %d", v.description, got, v.weight)
		}
		if valid = valid && got > 0 && got <= heaviest; valid != v.valid {
			t.Errorf("%s: valid = %v, want %v", v.description, valid, v.valid)
		}
	}
	if len(vectors) < 24 {
		t.Errorf("only %d vectors were found", len(vectors))
	}
}

// The random texts beside the driver were weighed by npm twitter-text. They glue
// links, scripts and broken emoji together as nobody writes; the fake's simpler
// rules differ on a quarter of them, and this holds it to that.
func TestWeightAgainstTwitterText(t *testing.T) {
	const agreeing = 301
	raw, err := os.ReadFile(filepath.Join("..", "x", "testdata", "twitter-text.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text   string
		Weight int
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	same := 0
	for _, c := range cases {
		if got, _ := weight(c.Text); got == c.Weight {
			same++
		}
	}
	if same < agreeing {
		t.Errorf("%d of %d texts weigh the same, %d did before", same, len(cases), agreeing)
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"see https://example.com/de/a_(b).", []string{"https://example.com/de/a_(b)"}},
		{"Acme Inc.is here", []string{"Inc.is"}},
		{"mail me@example.com or user.name@example.com", nil},
		{"HTTPS://EXAMPLE.com?a=1&b=2, and example.org/x", []string{"HTTPS://EXAMPLE.com?a=1&b=2", "example.org/x"}},
		{"http://127.0.0.1:8080/de/ and http://localhost/x", nil},
		{"version 1.2.3 of the file readme.txt", nil},
		{"日本語https://example.jp/日本", []string{"https://example.jp/"}},
		{"https://münchen.de/straße", []string{"https://münchen.de/straße"}},
	} {
		var got []string
		for _, l := range links(c.text) {
			got = append(got, c.text[l.start:l.end])
		}
		if strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("links(%q) = %q, want %q", c.text, got, c.want)
		}
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
	section := ""
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") {
			section = strings.Trim(line, " :")
		}
		if section != "WeightedTweetsWithDiscountedEmojiCounterTest" && section != "UnicodeDirectionalMarkerCounterTest" {
			continue
		}
		key, value, _ := strings.Cut(strings.TrimLeft(line, " -"), ": ")
		switch key {
		case "description":
			list = append(list, vector{description: value})
		case "text":
			list[len(list)-1].text, err = strconv.Unquote(value)
		case "weightedLength":
			list[len(list)-1].weight, err = strconv.Atoi(value)
		case "valid":
			list[len(list)-1].valid, err = strconv.ParseBool(value)
		}
		if err != nil {
			t.Fatalf("%.80s: %v", line, err)
		}
	}
	return list
}
