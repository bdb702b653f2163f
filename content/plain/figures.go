package plain

import "math"

// tally holds the counts that the known formulas are made of.
type tally struct {
	words, sentences, syllables, letters float64
	threes, long, ones                   float64
}

func (c *counts) tally() tally {
	return tally{
		words: float64(c.words), sentences: float64(max(c.sentences, 1)), syllables: float64(c.syllables),
		letters: float64(c.letters), threes: float64(c.threes), long: float64(c.long), ones: float64(c.ones),
	}
}

func (t tally) asl() float64            { return t.words / t.sentences }
func (t tally) asw() float64            { return t.syllables / t.words }
func (t tally) share(n float64) float64 { return 100 * n / t.words }
func (t tally) fleschAmstad() float64   { return 180 - t.asl() - 58.5*t.asw() }
func (t tally) lix() float64            { return t.asl() + t.share(t.long) }
func (t tally) fleschEase() float64     { return 206.835 - 1.015*t.asl() - 84.6*t.asw() }
func (t tally) fleschKincaid() float64  { return 0.39*t.asl() + 11.8*t.asw() - 15.59 }
func (t tally) gunningFog() float64     { return 0.4 * (t.asl() + t.share(t.threes)) }
func (t tally) smog() float64           { return 1.0430*math.Sqrt(30*t.threes/t.sentences) + 3.1291 }
func (t tally) automatedIndex() float64 { return 4.71*t.letters/t.words + 0.5*t.asl() - 21.43 }
func (t tally) colemanLiau() float64 {
	return 0.0588*t.share(t.letters) - 0.296*t.share(t.sentences) - 15.8
}

// wiener is one of the four Wiener Sachtextformeln.
func (t tally) wiener(variant int) float64 {
	ms, asl, iw, es := t.share(t.threes), t.asl(), t.share(t.long), t.share(t.ones)
	switch variant {
	case 1:
		return 0.1935*ms + 0.1672*asl + 0.1297*iw - 0.0327*es - 0.875
	case 2:
		return 0.2007*ms + 0.1682*asl + 0.1373*iw - 2.779
	case 3:
		return 0.2963*ms + 0.1905*asl - 1.1144
	}
	return 0.2744*ms + 0.2656*asl - 1.693
}

// figures makes the experts' figures; nil without a word.
func (c *counts) figures(lang string) *Figures {
	if c.words == 0 {
		return nil
	}
	t := c.tally()
	f := &Figures{
		ASL: round(t.asl()), ASW: round(t.asw()), LongWords: round(t.share(t.long)), ThreeSyllables: round(t.share(t.threes)),
		FourSyllables: round(t.share(float64(c.fours))), Unknown: round(t.share(float64(c.unknown))),
		UnknownNames: round(t.share(float64(c.names))), Letters: round(t.letters / t.words), Nominal: round(t.share(float64(c.nominal))),
		Commas: round(float64(c.commas) / t.sentences), LIX: round(t.lix()),
		Passives: round(float64(c.passives) / t.sentences), Address: round(t.share(float64(c.addressed))),
		Officialese: round(t.share(float64(c.officialese))),
	}
	if lang == "de" {
		amstad, wstf := round(t.fleschAmstad()), round(t.wiener(1))
		f.FleschAmstad, f.WSTF1 = &amstad, &wstf
	} else {
		ease, grade := round(t.fleschEase()), round(t.fleschKincaid())
		f.FleschEase, f.FleschKincaid = &ease, &grade
	}
	return f
}

// round keeps four decimals: enough for any comparison, and the same on every
// machine.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
