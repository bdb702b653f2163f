package content

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func textsOf(parts []Announcement) []string {
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.Text)
	}
	return texts
}

func TestPartsAreCutByTheirAuthorOnly(t *testing.T) {
	for text, want := range map[string][]string{
		"One":                        {"One"},
		"One\n---\nTwo":              {"One", "Two"},
		" One \n\n --- \n---\n\nTwo": {"One", "Two"},
		"---\nOne\n---":              {"One"},
		"One --- still one\n----\n-": {"One --- still one\n----\n-"},
		"---":                        {""},
		"":                           {""},
	} {
		if got := textsOf(Parts(Announcement{Text: text, Thread: true})); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if got := textsOf(Parts(Announcement{Text: text})); !slices.Equal(got, []string{text}) {
			t.Errorf("%q is no thread and became %q", text, got)
		}
	}
}

func TestTheFirstPartHasWhatIsThereOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Announcement{
			Channel: "c", Lang: "de", Text: strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "b c", "---", "", " --- "})).Draw(t, "lines"), "\n"),
			ContentWarning: "w", Link: rapid.Bool().Draw(t, "link"), Reference: rapid.Bool().Draw(t, "reference"), Media: []string{"m"}, Thread: true,
		}
		for i, p := range Parts(a) {
			first := i == 0
			switch {
			case p.ContentWarning != "w", p.Channel != "c", p.Lang != "de":
				t.Fatalf("part %d is %+v", i, p)
			case p.Link != (first && a.Link), p.Reference != (first && a.Reference), (len(p.Media) == 1) != first:
				t.Fatalf("part %d is %+v", i, p)
			case !first && p.Text == "", slices.Contains(strings.Split(p.Text, "\n"), partLine):
				t.Fatalf("part %d reads %q", i, p.Text)
			}
		}
	})
}

func TestPartsTogether(t *testing.T) {
	warning := Reason{Code: CodeWarnThread, Args: Args{"A": 1}}
	got := Together([]Composed{
		{Text: "One", Permalink: "p", Length: 5, Limit: 280, CostUSD: "0.20"},
		{Text: "Two", Length: 300, Limit: 280, CostUSD: "0.015", Warnings: []Reason{warning}},
		{Text: "Three", Length: 7, Limit: 280, CostUSD: "0.015", Warnings: []Reason{warning}},
	})
	want := Composed{
		Text: "One\n\n---\n\nTwo\n\n---\n\nThree", Permalink: "p", Length: 300, Limit: 280, CostUSD: "0.230", Warnings: []Reason{warning},
	}
	if !reflect.DeepEqual(got, want) || got.Over() != 20 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if free := Together([]Composed{{Text: "One"}}); free.CostUSD != "" || free.Text != "One" {
		t.Errorf("%+v", free)
	}
}

func TestPictureLimits(t *testing.T) {
	for images, want := range map[int]int{0: 4, 1: 1, 16: 16, 1000: 32} {
		if got := (Account{Images: images}).MaxPictures(); got != want {
			t.Errorf("%d: %d, want %d", images, got, want)
		}
	}
}

// The id names the picture and what is said about it, so that a hash over the id is one over both.
func TestAPictureIsNamedAfterAllOfIt(t *testing.T) {
	base := newMedia(Picture{Bytes: []byte("a")}, Text{"de": "x", "en": "y"})
	for name, other := range map[string]Media{
		"bytes": newMedia(Picture{Bytes: []byte("b")}, Text{"de": "x", "en": "y"}), "words": newMedia(Picture{Bytes: []byte("a")}, Text{"de": "x", "en": "z"}),
		"language": newMedia(Picture{Bytes: []byte("a")}, Text{"de": "y", "en": "x"}), "fewer": newMedia(Picture{Bytes: []byte("a")}, Text{"de": "x"}),
	} {
		if other.ID == base.ID {
			t.Errorf("another %s and the same id", name)
		}
	}
	if again := newMedia(Picture{Bytes: []byte("a")}, Text{"en": "y", "de": "x"}); again.ID != base.ID {
		t.Error("the same and another id")
	}
}

// byLink costs more with a link, as X does.
type byLink struct{ Network }

func (byLink) Compose(_ Account, post Post) Composed {
	c := Composed{Text: post.Text, Length: len(post.Text), CostUSD: "0.015"}
	if post.Link {
		c.CostUSD = "0.20"
	}
	return c
}

func TestWhatTheLinkCostsIsCountedEitherWay(t *testing.T) {
	s := &Changes{Networks: map[string]Network{"x": byLink{}}, BaseURL: "https://example.org"}
	channel, c := Channel{Network: "x"}, &Change{Slug: "a"}
	for _, a := range []Announcement{{Lang: "en", Text: "One\n---\nTwo", Thread: true, Link: true}, {Lang: "en", Text: "One\n---\nTwo", Thread: true}} {
		counted, err := s.Count(channel, c, a)
		if err != nil || counted.WithLink != "0.215" || counted.WithoutLink != "0.030" || (counted.CostUSD == "0.215") != a.Link {
			t.Errorf("link %v: %+v, %v", a.Link, counted, err)
		}
	}
}
