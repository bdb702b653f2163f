package posttext

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klartext/content"
	"klartext/publishers/publishertest"
)

func TestWhole(t *testing.T) {
	const link = "https://a.de/x"
	for want, post := range map[string]content.Post{
		"Neu.":                               {Text: " Neu. "},
		"Neu.\n\n" + link:                    {Text: "Neu.", Permalink: link, Link: true},
		"Neu.\n\n" + link + "\nref 3f9a1c2e": {Text: "Neu.", Permalink: link, Link: true, Reference: "3f9a1c2e"},
		"Neu.\n\nref 3f9a1c2e":               {Text: "Neu.", Permalink: link, Reference: "3f9a1c2e"},
		link + "\nref 3f9a1c2e":              {Permalink: link, Link: true, Reference: "3f9a1c2e"},
		"ref 3f9a1c2e":                       {Reference: "3f9a1c2e"},
	} {
		if got := Whole(post.Text, post); got != want {
			t.Errorf("Whole(%+v) = %q, want %q", post, got, want)
		}
	}
}

func TestTooManyHashtags(t *testing.T) {
	if n := TooManyHashtags("#a #b #c https://a.de/#d"); n != 0 {
		t.Errorf("three hashtags are %d too many", n)
	}
	if n := TooManyHashtags("#a #b #c #d"); n != 4 {
		t.Errorf("four hashtags count %d", n)
	}
}

// vectors are what twitter-text's own test data expects of one of its sections, without indices.
type vectors struct {
	text string
	want []string
}

// extracted reads a section of extract.yml. Its strings are Go strings but for the \U of eight figures, which Go knows too.
func extracted(t *testing.T, section string) (list []vectors) {
	t.Helper()
	file, err := os.Open(publishertest.SharedData(t, "twitter-text/extract.yml"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines, inside := bufio.NewScanner(file), false
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "  ") && len(line) > 2 && line[2] != ' ' {
			inside = strings.TrimSpace(line) == section+":"
		}
		key, value, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "- ")), ":")
		switch value = strings.TrimSpace(value); {
		case !inside:
		case key == "text":
			list = append(list, vectors{text: unquoted(t, value)})
		case key == "expected" && value != "":
			list[len(list)-1].want = quotedList(t, value)
		case key == "url" || key == "hashtag":
			last := &list[len(list)-1]
			last.want = append(last.want, unquoted(t, value))
		}
	}
	return list
}

func unquoted(t *testing.T, s string) string {
	t.Helper()
	if strings.HasPrefix(s, "'") {
		return strings.Trim(s, "'")
	}
	out, err := strconv.Unquote(strings.ReplaceAll(s, `\/`, "/"))
	if err != nil {
		t.Fatalf("unquote %.80s: %v", s, err)
	}
	return out
}

func quotedList(t *testing.T, s string) (list []string) {
	t.Helper()
	for s = strings.Trim(s, "[] "); s != ""; s = strings.TrimLeft(s, ", ") {
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			t.Fatalf("%.80s: %v", s, err)
		}
		list = append(list, unquoted(t, quoted))
		s = s[len(quoted):]
	}
	return list
}

func TestAgainstConformanceVectors(t *testing.T) {
	for section, find := range map[string]func(string) []string{
		"urls": found, "urls_with_indices": found, "urls_with_directional_markers": found, "tco_urls_with_params": found,
		"hashtags": Hashtags, "hashtags_from_astral": Hashtags, "hashtags_with_indices": Hashtags,
	} {
		list := extracted(t, section)
		if len(list) == 0 {
			t.Errorf("no vectors of %s were found", section)
		}
		for _, v := range list {
			if !slices.Equal(find(v.text), v.want) {
				t.Errorf("%s: %q has %q, want %q", section, v.text, find(v.text), v.want)
			}
		}
	}
}
