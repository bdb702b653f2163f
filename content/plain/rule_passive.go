package plain

import "bytes"

// stylePassive marks verbs that hide who does it. In English each is a warning;
// in German, where the passive says little about difficulty, only one without a
// doer or the second in a row is worth a hint.
func stylePassive(p *pass) {
	before := false
	for i := range p.sentences {
		s := &p.sentences[i]
		if !s.prose() {
			continue
		}
		if p.lang.code == "en" {
			p.englishPassive(s)
			continue
		}
		first, last := p.germanPassive(s)
		if first >= 0 && (before || !p.namesDoer(s)) {
			p.mark(rulePassive, Hint, first, last)
		}
		before = first >= 0
	}
}

// englishPassive looks for a form of "be" and a participle, with an adverb or
// "not" between them at most.
func (p *pass) englishPassive(s *sentence) {
	for i := s.first; i < s.last; i++ {
		if !p.is(s, i, clBe) {
			continue
		}
		for j := i + 1; j < min(i+5, s.last); j++ {
			t := p.word(s, j)
			if t == nil {
				break
			}
			if p.englishParticiple(t) {
				p.mark(rulePassive, Warning, i, j)
				i = j
				break
			}
			if !p.between(t) {
				break
			}
		}
	}
}

// between says that a word may stand between "be" and the participle.
func (p *pass) between(t *token) bool {
	return p.lang.is(t, clBe|clBetween) || t.letters > 3 && bytes.HasSuffix(p.writtenWord(t), []byte("ly"))
}

func (p *pass) englishParticiple(t *token) bool {
	if t.upper || p.lang.is(t, clNotPassive) {
		return false
	}
	return p.lang.is(t, clParticiple) || t.letters > 4 && bytes.HasSuffix(p.writtenWord(t), []byte("ed")) && !bytes.HasSuffix(p.writtenWord(t), []byte("eed"))
}

// germanPassive returns the places of a form of "werden" and a participle of the
// closed list in one clause, or -1.
func (p *pass) germanPassive(s *sentence) (first, last int32) {
	verb, part := int32(-1), int32(-1)
	for i := s.first; i < s.last; i++ {
		t := &p.tokens[i]
		switch {
		case t.sign == ',' || t.sign == ';':
			verb, part = -1, -1
		case !t.isWord():
		case p.lang.is(t, clWerden):
			verb = i
		case p.lang.is(t, clParticiple) && !t.upper:
			part = i
		}
		if verb >= 0 && part >= 0 && !p.future(s, verb, part) {
			return min(verb, part), max(verb, part)
		}
	}
	return -1, -1
}

// future says that "wir werden ... erhalten" is a future, no passive.
func (p *pass) future(s *sentence, verb, part int32) bool {
	return bytes.HasSuffix(p.writtenWord(&p.tokens[part]), []byte("en")) &&
		(p.is(s, verb-1, clSpeaker) || p.is(s, verb+1, clSpeaker))
}

func (p *pass) namesDoer(s *sentence) bool {
	for i := s.first; i < s.last; i++ {
		if p.is(s, i, clDoer) {
			return true
		}
	}
	return false
}
