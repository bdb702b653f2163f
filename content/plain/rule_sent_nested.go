package plain

// sentNested marks sentences that hold sentences: many clauses, or an aside in
// brackets in the middle of a long one.
func sentNested(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if !s.prose() {
			continue
		}
		commas, clauses, aside := p.nesting(s)
		if commas >= 5 || commas >= 3 && clauses >= 2 || aside && s.words > 20 {
			p.markSentence(ruleSentNested, Warning, s, commas)
		}
	}
}

// nesting counts the commas that set off clauses, the words that open one, and
// looks for an aside of two words or more. A comma in a plain enumeration
// ("Name, Adresse, Alter und Beruf") sets off nothing.
func (p *pass) nesting(s *sentence) (commas, clauses int32, aside bool) {
	since, depth, inside := int32(0), 0, int32(0)
	for i := s.first; i < s.last; i++ {
		t := &p.tokens[i]
		switch {
		case t.kind == tokenWord || t.kind == tokenNumber:
			since++
			if depth > 0 {
				inside++
			}
			if p.lang.is(t, clSubordinator) && !p.is(s, i-1, clPreposition) {
				clauses++
			}
		case t.sign == ',':
			if since > 2 || p.wordsUntilComma(s, i) > 2 {
				commas++
			}
			since = 0
		case t.sign == '(':
			depth, inside = depth+1, 0
		case t.sign == ')' && depth > 0:
			depth--
			aside = aside || inside >= 2
		}
	}
	return commas, clauses, aside
}

// wordsUntilComma counts the words between a comma and the next one.
func (p *pass) wordsUntilComma(s *sentence, i int32) (n int32) {
	for i++; i < s.last && p.tokens[i].sign != ','; i++ {
		if p.tokens[i].kind != tokenSign {
			n++
		}
	}
	return n
}
