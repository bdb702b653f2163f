package plain

// wordLists looks for the phrases of all lists at once, the longest first: a
// word is marked by one of them only.
func wordLists(p *pass) {
	listed := func(ph *phrase) bool { return ph.list != listHedge }
	for i := range p.sentences {
		s := &p.sentences[i]
		for j := s.first; j < s.last; j++ {
			if last := p.ownReplacement(s, j); last >= 0 {
				j = last
				continue
			}
			ph, last := p.phraseAt(s, j, listed)
			if ph == nil {
				j = max(j, p.siteTerm(s, j))
				continue
			}
			p.markPhrase(s, ph, j, last)
			j = last
		}
	}
}

// markPhrase notes the hit of a list entry.
func (p *pass) markPhrase(s *sentence, ph *phrase, first, last int32) {
	if ph.level == Off {
		return
	}
	var h *hit
	switch ph.list {
	case listTerm:
		h = p.markTerm(s, ph, first, last)
	case listAbbreviation:
		h = p.markAbbreviation(s, ph, first, last)
	default:
		h = p.markOfficialese(s, ph, first, last)
	}
	h.list, h.item = ph.list, ph.item
}

// phraseAt returns the longest phrase that begins with the word at j and passes
// the filter, and its last place.
func (p *pass) phraseAt(s *sentence, j int32, wanted func(*phrase) bool) (*phrase, int32) {
	t := p.word(s, j)
	if t == nil || t.entry < 0 || t.generic && t.hyphen {
		return nil, -1
	}
	for _, n := range p.lang.entries[t.entry].heads {
		ph := &p.lang.phrases[n]
		if !wanted(ph) {
			continue
		}
		if last := p.matchPhrase(s, ph, j); last >= 0 {
			return ph, last
		}
	}
	return nil, -1
}

// matchPhrase returns the last place of the phrase if it stands at j, else -1.
func (p *pass) matchPhrase(s *sentence, ph *phrase, j int32) int32 {
	t := &p.tokens[j]
	if ph.capital && !t.upper || ph.capitals && !t.capitals || p.isName(s, ph, j) {
		return -1
	}
	last := j
	for _, want := range ph.words[1:] {
		next := p.nextOf(s, ph, last+1)
		if next < 0 || p.tokens[next].entry != want {
			return -1
		}
		last = next
	}
	if ph.list == listAbbreviation && ph.dot && (last+1 >= s.last || p.tokens[last+1].sign != '.') {
		return -1
	}
	if ph.verbs != 0 && !p.companion(s, ph, j) {
		return -1
	}
	return last
}

// isName says that an English word with a capital inside a sentence is (part of) a
// name: "the Robert Koch Institute".
func (p *pass) isName(s *sentence, ph *phrase, j int32) bool {
	return p.lang.code == "en" && ph.list == listAdvice && len(ph.words) == 1 && s.prose() && j > s.first && p.tokens[j].upper && p.tokens[j-1].kind == tokenWord
}

// nextOf returns the place of the next word of a phrase, or -1. Between two words
// may stand what stands in the list, too: the dot of an abbreviation, a comma, a slash.
func (p *pass) nextOf(s *sentence, ph *phrase, k int32) int32 {
	if k < s.last && p.tokens[k].kind == tokenSign {
		switch sign := p.tokens[k].sign; {
		case ph.signs && (sign == ',' || sign == '/'), ph.list == listAbbreviation && sign == '.':
			k++
		}
	}
	if k >= s.last || !p.tokens[k].isWord() {
		return -1
	}
	return k
}

// companion says that a form of the phrase's verb stands in the sentence. "Die
// Anwendung finden Sie hier" is about a thing, not about being applied: a noun
// with a definite article or a possessive is no such phrase.
func (p *pass) companion(s *sentence, ph *phrase, j int32) bool {
	if ph.capital && len(ph.words) == 1 && ph.verbs&p.lang.withArticle == 0 && p.is(s, j-1, clDefinite) {
		return false
	}
	return p.lightVerbs(s)&ph.verbs != 0
}

// lightVerbs is the set of light verbs in a sentence. It is kept until another
// sentence is asked for: a sentence of a thousand phrases is read once.
func (p *pass) lightVerbs(s *sentence) uint64 {
	if p.verbsOf == s {
		return p.verbs
	}
	p.verbsOf, p.verbs = s, 0
	for k := s.first; k < s.last; k++ {
		if t := p.word(s, k); t != nil && t.entry >= 0 {
			e := &p.lang.entries[t.entry]
			p.verbs |= e.verbs
			if e.lastVerbs != 0 && p.word(s, k+1) == nil {
				p.verbs |= e.lastVerbs
			}
		}
	}
	return p.verbs
}
