package plain

// legalReference marks paragraph signs, articles and sections of laws in running
// text: nobody can read past "Art. 6 Abs. 1 lit. f". A warning in German; in the
// English texts that we measure with, plain versions keep too many for that.
func legalReference(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		for j := s.first; j < s.last; j++ {
			last := p.reference(s, j)
			if last < 0 {
				continue
			}
			if !p.label(s, j, last) {
				p.mark(ruleLegalReference, p.lang.referenceLevel, j, last)
			}
			j = last
		}
	}
}

// longestReference bounds a reference, in words and signs.
const longestReference = 40

// label says that a reference is the number of what follows it, as in "Sec. 12
// When may I apply?", or of a heading.
func (p *pass) label(s *sentence, first, last int32) bool {
	if first > s.first {
		return false
	}
	next := p.word(s, last+1)
	return !s.prose() || p.lang.code == "en" && next != nil && next.upper
}

// reference returns the last place of the reference that begins at j, or -1.
func (p *pass) reference(s *sentence, j int32) int32 {
	t := &p.tokens[j]
	head := t.sign == '§' || t.isWord() && p.lang.is(t, clUnit)
	if !head {
		return -1
	}
	k, number, depth := j+1, false, 0
	last := int32(-1)
	for ; k < min(s.last, j+longestReference); k++ {
		t := &p.tokens[k]
		switch {
		case t.kind == tokenNumber, t.isWord() && number && t.letters == 1 && !t.upper:
			number, last = true, k
		case t.sign == '(':
			depth++
		case t.sign == ')' && depth > 0:
			depth--
			last = k
		case t.sign == '.' || t.sign == '§' || t.sign == '/' || t.sign == '-' || t.sign == '–':
		case t.sign == ',' && number && p.goesOnReference(s, k+1):
		case t.isWord() && p.lang.is(t, clUnit|clLawPart):
		case t.isWord() && t.letters == 1 && p.lang.is(&p.tokens[k-1], clUnit|clLawPart):
			last = k
		case t.isWord() && number && t.capitals:
			return k
		default:
			return p.endReference(last, number)
		}
	}
	return p.endReference(last, number)
}

func (p *pass) endReference(last int32, number bool) int32 {
	if !number {
		return -1
	}
	return last
}

func (p *pass) goesOnReference(s *sentence, k int32) bool {
	return k < s.last && (p.tokens[k].kind == tokenNumber || p.is(s, k, clUnit))
}

// beginsWithReference says that a sentence opens with a law.
func (p *pass) beginsWithReference(s *sentence) bool {
	for j := s.first; j < min(s.first+3, s.last); j++ {
		if p.reference(s, j) >= 0 {
			return true
		}
	}
	return false
}
