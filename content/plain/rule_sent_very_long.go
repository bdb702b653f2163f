package plain

// Lengths in words from which a sentence is long, very long, and too long.
const (
	longSentence     = 21
	veryLongSentence = 26
	tooLongSentence  = 35
)

// sentVeryLong marks sentences that most readers have to start twice.
func sentVeryLong(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		switch {
		case !s.prose() || s.words < veryLongSentence:
		case s.words >= tooLongSentence:
			p.markSentence(ruleSentVeryLong, Error, s, s.words)
		default:
			p.markSentence(ruleSentVeryLong, Warning, s, s.words)
		}
	}
}
