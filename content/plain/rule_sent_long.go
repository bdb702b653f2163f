package plain

// sentLong marks sentences that could well be two.
func sentLong(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.prose() && s.words >= longSentence && s.words < veryLongSentence {
			p.markSentence(ruleSentLong, Hint, s, s.words)
		}
	}
}
