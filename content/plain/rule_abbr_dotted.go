package plain

// markAbbreviation marks an abbreviation with its dot and offers the long form, unless the
// dot ends the sentence, too.
func (p *pass) markAbbreviation(s *sentence, ph *phrase, first, last int32) *hit {
	h := p.mark(ruleAbbrDotted, ph.level, first, p.withDot(s, last))
	if last+2 < s.last {
		h.replace = p.fitting(s, first, ph.replace)
	}
	return h
}

// withDot includes the dot that belongs to an abbreviation.
func (p *pass) withDot(s *sentence, last int32) int32 {
	if last+1 < s.last && p.tokens[last+1].sign == '.' && p.tokens[last+1].glued {
		return last + 1
	}
	return last
}
