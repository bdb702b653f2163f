package plain

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// TestKnownFormulas holds the formulas against published values, on counts: how
// a text is counted is another matter.
func TestKnownFormulas(t *testing.T) {
	raw, err := os.ReadFile(sharedData(t, "plain", "reference", "formula_vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []map[string]float64 `json:"count_vectors"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) < 5 {
		t.Fatalf("only %d vectors", len(file.Vectors))
	}
	for i, v := range file.Vectors {
		c := tally{
			words: v["words"], sentences: v["sentences"], syllables: v["syllables"], letters: v["letters"],
			threes: v["words_ge3syll"], long: v["words_gt6letters"], ones: v["words_1syll"],
		}
		for name, got := range map[string]float64{
			"flesch_en": c.fleschEase(), "amstad_de": c.fleschAmstad(), "fkgl": c.fleschKincaid(), "fog": c.gunningFog(), "smog": c.smog(),
			"ari": c.automatedIndex(), "cli": c.colemanLiau(), "lix": c.lix(), "wstf1": c.wiener(1), "wstf2": c.wiener(2), "wstf3": c.wiener(3), "wstf4": c.wiener(4),
		} {
			if math.Abs(got-v[name]) > 0.0006 {
				t.Errorf("vector %d: %s is %.4f, want %.4f", i, name, got, v[name])
			}
		}
	}
}

// TestFiguresOfCounts holds the same without the shared files.
func TestFiguresOfCounts(t *testing.T) {
	c := counts{words: 100, sentences: 5, syllables: 150, threes: 12, long: 20, ones: 60, letters: 480}
	de, en := c.figures("de"), c.figures("en")
	for name, pair := range map[string][2]float64{
		"ASL": {de.ASL, 20}, "LIX": {de.LIX, 40}, "Amstad": {*de.FleschAmstad, 72.25}, "WSTF1": {*de.WSTF1, 5.423},
		"Flesch": {*en.FleschEase, 59.635}, "Kincaid": {*en.FleschKincaid, 9.91},
	} {
		if math.Abs(pair[0]-pair[1]) > 0.0006 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
	if de.FleschKincaid != nil || en.WSTF1 != nil {
		t.Error("a figure of the other language is there")
	}
}

func TestPartsAddUpToTheScore(t *testing.T) {
	for _, lang := range Languages() {
		r := mustCheck(t, Input{Source: sampleText(lang, 200), Lang: lang})
		if r.Score == nil || r.Parts == nil {
			t.Fatalf("%s: no score", lang)
		}
		if sum := 100 - r.Parts.Sentences - r.Parts.Words; math.Abs(sum-float64(*r.Score)) > 0.51 {
			t.Errorf("%s: parts leave %.2f, the score is %d", lang, sum, *r.Score)
		}
		if w := weightsOf(lang); math.Abs(100-w.slope*(*r.Difficulty-w.zero)-float64(*r.Score)) > 0.51 {
			t.Errorf("%s: D %v does not give score %d", lang, *r.Difficulty, *r.Score)
		}
	}
}

func TestBands(t *testing.T) {
	for score, want := range map[int]string{100: BandVeryEasy, 75: BandVeryEasy, 74: BandPlain, 55: BandPlain, 54: BandDemanding, 38: BandDemanding, 37: BandHard, 0: BandHard} {
		if got := bandOf(score); got != want {
			t.Errorf("score %d is %q, want %q", score, got, want)
		}
	}
	if got := mustChecker(t).BandLabel(BandPlain, "de"); got != "verständlich (etwa B1)" {
		t.Errorf("label %q", got)
	}
}
