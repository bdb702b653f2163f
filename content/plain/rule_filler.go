package plain

// fillerShare is the share of words above which fillers are worth a word: one
// in fifty.
const fillerShare = 50

// fillerCollect notes the fillers of a chunk.
func fillerCollect(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		for j := s.first; j < s.last; j++ {
			if p.is(s, j, clFiller) {
				p.mark(ruleFiller, Hint, j, j)
			}
		}
	}
}

// wordFiller shows the fillers only where there are too many of them.
func wordFiller(g *page) {
	n := 0
	g.each(ruleFiller, func(*checkedChunk, *hit) { n++ })
	if n < 2 || n*fillerShare <= g.total.shown {
		return
	}
	g.each(ruleFiller, g.find)
}
