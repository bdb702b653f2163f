package plain

// abbrCollect notes every abbreviation in capitals, and whether it is spelled out
// where it stands. A hint, no warning: in the texts that we measure with, plain ones
// have as many abbreviations as hard ones.
func abbrCollect(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if p.shouts(s) {
			continue
		}
		for j := s.first; j < s.last; j++ {
			t := p.word(s, j)
			if t == nil || !p.unknownAbbreviation(t) {
				continue
			}
			h := p.mark(ruleAbbrUnexplained, Hint, j, j)
			h.key = string(p.writtenWord(t))
			h.explained = p.explainedAbbreviation(s, j)
		}
	}
}

// shouts says that most of a sentence is in capitals: emphasis, no abbreviations.
func (p *pass) shouts(s *sentence) bool {
	capitals, words := 0, 0
	for j := s.first; j < s.last; j++ {
		if t := p.word(s, j); t != nil {
			words++
			if t.capitals {
				capitals++
			}
		}
	}
	return words > 1 && capitals*2 > words
}

// unknownAbbreviation says that a token is 2 to 6 capitals that not everybody
// knows. Common words in capitals are emphasis, I to XX are numbers.
func (p *pass) unknownAbbreviation(t *token) bool {
	if !t.capitals || t.hyphen || t.letters < 2 || t.letters > 6 || p.lang.is(t, clKnown) {
		return false
	}
	w := p.writtenWord(t)
	if roman(w) || w[0] >= '0' && w[0] <= '9' {
		return false
	}
	letters := 0
	for _, c := range w {
		if c >= 'A' && c <= 'Z' || c >= 0x80 {
			letters++
		}
	}
	return letters >= 2 && !(t.letters >= 4 && t.common)
}

func roman(w []byte) bool {
	for _, c := range w {
		if c != 'I' && c != 'V' && c != 'X' {
			return false
		}
	}
	return true
}

// explainedAbbreviation looks for "Datenschutz-Grundverordnung (DSGVO)" and "DSGVO
// (Datenschutz-Grundverordnung)".
func (p *pass) explainedAbbreviation(s *sentence, j int32) bool {
	if p.reading.inLink(p.tokens[j].start, p.tokens[j].end) || p.brackets(s, j, j) || p.defined(s, j, j) {
		return true
	}
	return j+2 < s.last && p.tokens[j+1].sign == '(' && p.tokens[j+2].isWord() && p.tokens[j+2].letters > 3
}

// abbrUnexplained turns the first use of an abbreviation into a finding, unless it was
// spelled out there or before, or is known on the site.
func abbrUnexplained(g *page) {
	seen := map[string]bool{}
	g.each(ruleAbbrUnexplained, func(c *checkedChunk, h *hit) {
		if !seen[h.key] && !h.explained {
			g.find(c, h)
		}
		seen[h.key] = true
	})
}
