package plain

// faqNoAddress marks an answer that speaks neither to the reader nor of us.
func faqNoAddress(g *page) {
	if g.total.addressed == 0 && g.total.words >= 8 {
		g.findFirst(ruleNoAddress, int32(g.total.words))
	}
}
