package plain

// Lengths from which a word is heavy: German in letters, English in syllables.
const (
	heavyGerman     = 16
	veryHeavyGerman = 22
	heavyEnglish    = 5
)

// wordCompound marks long words that are not common. A hyphen shows the seams
// of a German compound and makes it readable.
func wordCompound(p *pass) {
	german := p.lang.code == "de"
	for i := range p.tokens {
		t := &p.tokens[i]
		if !t.isWord() || t.common || t.generic || t.hyphen {
			continue
		}
		switch {
		case german && t.letters >= veryHeavyGerman || !german && t.letters >= veryHeavyGerman:
			p.mark(ruleCompound, Warning, int32(i), int32(i)).n = int32(t.letters)
		case german && t.letters >= heavyGerman, !german && t.syllables >= heavyEnglish && !t.upper:
			p.mark(ruleCompound, Hint, int32(i), int32(i)).n = int32(t.letters)
		}
	}
}
