package plain

// exampleFrom is the length in words from which an answer with a term of law
// needs an example.
const exampleFrom = 81

// faqNoExample marks a long answer that uses a term and shows nothing.
func faqNoExample(g *page) {
	if g.total.words < exampleFrom || g.total.examples > 0 {
		return
	}
	term := false
	g.each(ruleLegalTerm, func(*checkedChunk, *hit) { term = true })
	if term {
		g.findFirst(ruleNoExample, int32(g.total.words))
	}
}
