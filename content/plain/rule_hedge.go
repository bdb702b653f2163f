package plain

// wordHedge marks words that leave open what is done with data. European
// guidance on transparency (WP 260) names them: "may", "might", "some", "often".
// Elsewhere they are good, honest words.
func wordHedge(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if !p.aboutData(s) {
			continue
		}
		for j := s.first; j < s.last; j++ {
			if last := p.hedge(s, j); last >= 0 {
				if p.is(s, last, clAbbreviation) {
					last = p.withDot(s, last)
				}
				p.mark(ruleHedge, Warning, j, last)
				j = last
			}
		}
	}
}

// aboutData says that a sentence states something about the use of data.
func (p *pass) aboutData(s *sentence) bool {
	data, use := false, false
	for j := s.first; j < s.last; j++ {
		data = data || p.is(s, j, clData)
		use = use || p.is(s, j, clDataUse)
	}
	return data && use && p.tokens[s.last-1].sign != '?'
}

// hedge returns the last place of the hedge that begins at j, or -1.
func (p *pass) hedge(s *sentence, j int32) int32 {
	t := p.word(s, j)
	switch {
	case t == nil:
		return -1
	case p.lang.is(t, clHedge):
		return j
	case p.lang.is(t, clModal):
		if p.is(s, j-1, clReader) || p.is(s, j+1, clReader|clNegation) {
			return -1
		}
		return j
	case p.lang.is(t, clVague):
		for k := j + 1; k < min(j+5, s.last); k++ {
			if p.is(s, k, clData) {
				return j
			}
		}
	}
	return p.hedgePhrase(s, j)
}

func (p *pass) hedgePhrase(s *sentence, j int32) int32 {
	ph, last := p.phraseAt(s, j, func(ph *phrase) bool { return ph.list == listHedge })
	if ph == nil {
		return -1
	}
	return last
}
