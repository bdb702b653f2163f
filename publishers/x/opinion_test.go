package x

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"klartext/publishers/posttext"
)

// opinion is what npm twitter-text says of a text.
type opinion struct {
	Text                      string
	Weight                    int
	Links, Hashtags, Cashtags []string
}

// testdata/twitter-text.json holds some hundred random texts with what npm twitter-text 3.1.0 says of them: it finds mistakes
// that the official vectors do not. `make compare-twitter-text` asks npm anew, about 5,000 texts, and names its file here.
func TestAgainstTwitterText(t *testing.T) {
	raw, err := os.ReadFile(cmp.Or(os.Getenv("KLARTEXT_TWITTER_TEXT"), "testdata/twitter-text.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []opinion
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	differ := 0
	for _, o := range all {
		if !o.agrees(t) {
			differ++
		}
	}
	t.Logf("%d of %d texts differ", differ, len(all))
	if len(all) < 300 {
		t.Errorf("only %d texts were compared", len(all))
	}
}

func (o opinion) agrees(t *testing.T) bool {
	t.Helper()
	text := norm.NFC.String(o.Text)
	var links []string
	for _, l := range posttext.Links(text) {
		host := l.End // up to where a link is written without what stands beside its host
		if l.Beside != "" {
			host = l.Start + len(l.Host)
		}
		links = append(links, text[l.Start:host]+text[host+len(l.Beside):l.End])
	}
	weight, _ := Length(o.Text)
	hashtags, cashtags := posttext.Hashtags(text), cashtags(text)
	if weight == o.Weight && slices.Equal(links, o.Links) && slices.Equal(hashtags, o.Hashtags) && slices.Equal(cashtags, o.Cashtags) {
		return true
	}
	t.Errorf("%q:\n  here  %d %q %q %q\n  there %d %q %q %q", o.Text, weight, links, hashtags, cashtags, o.Weight, o.Links, o.Hashtags, o.Cashtags)
	return false
}
