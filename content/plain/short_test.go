package plain

import (
	"slices"
	"strings"
	"testing"
)

func TestShortTextsAreReadAsTheyStand(t *testing.T) {
	src := "Neu ab 1. Mai\n- seitens der Firma *lediglich* Gutes\nMehr: https://example.org/unverzüglich #Unverzüglich @unverzüglich@example.social\n\n" + someWords("de", 30) + "."
	r := mustCheck(t, Input{Source: src, Lang: "de", Kind: KindShort})
	var marked []string
	for _, f := range r.Findings {
		if f.Rule == "word.officialese" || f.Rule == "sent.very-long" {
			marked = append(marked, clip(src[f.Start:f.End]))
		}
	}
	if want := []string{"seitens", "lediglich", clip(someWords("de", 30) + ".")}; !slices.Equal(marked, want) {
		t.Errorf("marks %q, want %q", marked, want)
	}
	if r.Sentences != 4 {
		t.Errorf("%d sentences, want four: a line's end ends one", r.Sentences)
	}
}

func TestShortTextsHaveRulesOnly(t *testing.T) {
	long := strings.Repeat("Wir löschen Ihre Daten gern und sofort nach einem Jahr. ", 30)
	r := mustCheck(t, Input{Source: long, Lang: "de", Kind: KindShort})
	if r.Score != nil || r.Parts != nil || r.Band != BandTooShort || r.Difficulty == nil {
		t.Errorf("score %v, band %q, difficulty %v; want no score, but a difficulty", r.Score, r.Band, r.Difficulty)
	}
	if f := find(r, "para.long"); f != nil {
		t.Error("a rule on long texts runs")
	}
	if text := mustCheck(t, Input{Source: long, Lang: "de"}); text.Score == nil || find(text, "para.long") == nil {
		t.Error("the same text of the other kind has no score or no finding: the comparison is none")
	}
}

// TestShortAndLongAreNotMixedUp: the cache must keep the two readings of one line apart.
func TestShortAndLongAreNotMixedUp(t *testing.T) {
	for range 2 {
		md := mustCheck(t, Input{Source: "Das *ist* lediglich so.", Lang: "de"})
		short := mustCheck(t, Input{Source: "1. Das ist\n2. Das auch", Lang: "de", Kind: KindShort})
		long := mustCheck(t, Input{Source: "a\nb", Lang: "de"})
		two := mustCheck(t, Input{Source: "a\nb", Lang: "de", Kind: KindShort})
		if md.Words != 4 || short.Words != 4 || long.Sentences != 1 || two.Sentences != 2 {
			t.Errorf("%d and %d words, %d and %d sentences", md.Words, short.Words, long.Sentences, two.Sentences)
		}
	}
}
