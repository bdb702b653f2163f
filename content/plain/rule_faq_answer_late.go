package plain

// longAnswer is the length in words from which a first sentence is no short
// answer.
const longAnswer = 26

// faqAnswerLate marks a first sentence that keeps the reader waiting.
func faqAnswerLate(g *page) {
	if _, f, ok := g.first(); ok && (f.words >= longAnswer || f.reference) {
		g.findFirst(ruleAnswerLate, f.words)
	}
}
