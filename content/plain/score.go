package plain

import "math"

// weights are the parameters of one language's difficulty D and of its score.
// How they were fitted, and on what, stands in README.md.
type weights struct {
	length, passive    float64 // of ln(1+ASL) and of passives per sentence
	letters, syllables float64 // of letters and syllables per word
	unknown, names     float64 // of the percentages of unknown words, small and capital
	nominal, address   float64 // of the percentages of nouns made of verbs and of words that speak to the reader
	officialese        float64 // of ln(1 + weight of officialese per 100 words)
	slope, zero        float64 // score = 100 - slope*(D-zero)
	share              float64 // part of zero that an easy text's sentences account for
}

func weightsOf(lang string) weights {
	if lang == "de" {
		return weights{
			length: 1.51, letters: 0.181, unknown: 0.027, names: 0.0145, nominal: 0.031, officialese: 0.094,
			slope: 30.5, zero: 3.844, share: 0.76,
		}
	}
	return weights{
		length: 1.30, passive: 1.00, syllables: 1.52, unknown: 0.045, names: 0.045, nominal: 0.049, address: -0.052, officialese: 0.473,
		slope: 12.3, zero: 3.065, share: 0.52,
	}
}

// difficulty returns the two parts of D: what the sentences and what the words
// make of it.
func (c *counts) difficulty(w weights) (sentences, words float64) {
	t := c.tally()
	sentences = w.length*math.Log1p(t.asl()) + w.passive*float64(c.passives)/t.sentences
	words = w.letters*t.letters/t.words + w.syllables*t.asw() +
		w.unknown*t.share(float64(c.unknown-c.names)) + w.names*t.share(float64(c.names)) +
		w.nominal*t.share(float64(c.nominal)) + w.address*t.share(float64(c.addressed)) +
		w.officialese*math.Log1p(t.share(float64(c.officialese)))
	return sentences, words
}

// What a text must have to get a score.
const (
	minWords     = 40
	minSentences = 3
)

// result makes the result of a page.
func (c *Checker) result(g *page, m *messages) Result {
	r := Result{Band: BandTooShort, Sentences: g.total.sentences, Words: g.total.words, RuleSet: c.ruleSet, Figures: g.total.figures(g.lang.code)}
	g.total.rate(g.lang.code, &r, !g.short())
	if extra := len(g.found) - MaxFindings; extra > 0 {
		g.found, r.More = g.found[:MaxFindings], extra
	}
	r.Findings = make([]Finding, len(g.found))
	for i := range g.found {
		r.Findings[i] = g.say(&g.found[i], &c.table, m)
	}
	return r
}

// rate fills in difficulty and, where a score is wanted and fair, score and band.
func (c *counts) rate(lang string, r *Result, score bool) {
	if c.words == 0 {
		return
	}
	w := weightsOf(lang)
	sentences, words := c.difficulty(w)
	d := round(sentences + words)
	r.Difficulty = &d
	if !score || c.words < minWords || c.sentences < minSentences {
		return
	}
	points := min(max(int(math.Round(100-w.slope*(d-w.zero))), 0), 100)
	r.Score, r.Band = &points, bandOf(points)
	base := w.zero * w.share
	r.Parts = &Parts{Sentences: round(w.slope * (sentences - base)), Words: round(w.slope * (words - w.zero + base))}
}

func bandOf(score int) string {
	switch {
	case score >= 75:
		return BandVeryEasy
	case score >= 55:
		return BandPlain
	case score >= 38:
		return BandDemanding
	}
	return BandHard
}

// Age is about how old readers are whose school books read like a text of the band:
// "reads like a text for 14-year-olds". 0 where no honest number can be given.
func Age(band string) int {
	switch band {
	case BandVeryEasy:
		return 12
	case BandPlain:
		return 14
	case BandDemanding:
		return 16
	}
	return 0
}
