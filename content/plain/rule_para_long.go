package plain

// longParagraph is the length in words above which a paragraph is a wall.
const longParagraph = 80

// paraLong marks paragraphs that readers skip.
func paraLong(p *pass) {
	for i := 0; i < len(p.sentences); {
		first, words := i, int32(0)
		for i < len(p.sentences) && p.sentences[i].unit == p.sentences[first].unit {
			words += p.sentences[i].words
			i++
		}
		if p.sentences[first].prose() && words > longParagraph {
			p.mark(ruleParaLong, Hint, p.sentences[first].first, p.sentences[i-1].last-1).n = words
		}
	}
}
