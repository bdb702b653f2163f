package plain

import "bytes"

// negDouble marks two negations that readers have to cancel: "nicht
// unerheblich", "not uncommon", "ohne ... nicht".
func negDouble(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		for j := s.first; j < s.last; j++ {
			if last := p.doubleNegation(s, j); last >= 0 {
				p.mark(ruleNegDouble, Warning, j, last)
				j = last
			}
		}
	}
}

// doubleNegation returns the place of the second negation close behind the one at
// j, or -1.
func (p *pass) doubleNegation(s *sentence, j int32) int32 {
	if !p.is(s, j, clNegation) {
		return -1
	}
	reach := int32(2)
	for k, steps := j+1, int32(0); k < s.last && steps < reach; k++ {
		t := &p.tokens[k]
		if t.kind == tokenSign {
			return -1
		}
		steps++
		if t.isWord() && p.negative(t) {
			return k
		}
		if p.lang.is(t, clSubordinator|clPreposition|clArticle|clAddress) {
			return -1
		}
	}
	return -1
}

// negative says that a word carries a "not" in itself.
func (p *pass) negative(t *token) bool {
	if p.lang.is(t, clUn) {
		return true
	}
	w := p.writtenWord(t)
	return t.letters > 6 && t.small && bytes.HasPrefix(w, []byte("un")) && !bytes.HasPrefix(w, []byte("under")) &&
		!bytes.HasPrefix(w, []byte("unter")) && !p.lang.is(t, clNotUn)
}
