package plain

// count sums up the prose of the chunk. Headings are shown, not scored.
func (p *pass) count(a *analysis) {
	c := &a.counts
	for i := range p.sentences {
		s := &p.sentences[i]
		c.shown += int(s.words)
		if s.kind == unitHeading {
			continue
		}
		p.countSentence(c, s)
	}
}

func (p *pass) countSentence(c *counts, s *sentence) {
	for i := s.first; i < s.last; i++ {
		t := &p.tokens[i]
		switch t.kind {
		case tokenWord:
			p.countWord(c, t, i == s.first)
		case tokenNumber:
			c.words++
			c.syllables++
			c.ones++
			c.letters += int(t.end - t.start)
		case tokenSign:
			if t.sign == ',' {
				c.commas++
			}
		case tokenAddress:
		}
	}
	if !joinsLeadIn(s) {
		c.sentences++
	}
}

// joinsLeadIn says that an item or a cell is too short to be a sentence.
func joinsLeadIn(s *sentence) bool {
	return (s.kind == unitItem || s.kind == unitCell) && s.words < 3
}

func (p *pass) countWord(c *counts, t *token, opening bool) {
	n := int(t.syllables)
	c.words++
	c.syllables += n
	c.letters += int(t.letters)
	switch {
	case n == 1:
		c.ones++
	case n >= 4:
		c.fours++
		c.threes++
	case n == 3:
		c.threes++
	}
	if t.letters > 6 {
		c.long++
	}
	if p.ofAction(t, opening) {
		c.nominal++
	}
	if p.lang.is(t, clSubordinator) {
		c.subordinators++
	}
	if p.lang.is(t, clFiller) {
		c.fillers++
	}
	if p.lang.is(t, clAddress) {
		c.addressed++
	}
	if p.lang.is(t, clExample) {
		c.examples++
	}
	if !t.common && !t.generic && !(p.lang.code == "en" && t.upper && !opening) {
		c.unknown++
		if t.upper {
			c.names++
		}
		p.unknown = append(p.unknown, span{t.start, t.base})
	}
}

// firstSentence finds the chunk's first sentence that is no heading.
func (p *pass) firstSentence() firstSentence {
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.kind == unitHeading {
			continue
		}
		start, end := p.sentenceSource(s)
		return firstSentence{start, end, s.words, p.beginsWithReference(s)}
	}
	return firstSentence{}
}

// sentenceSource is the span of source that holds a sentence.
func (p *pass) sentenceSource(s *sentence) (int32, int32) {
	return p.reading.toSource(p.tokens[s.first].start, p.tokens[s.last-1].end)
}

// countHits counts the hits that are part of the difficulty.
func (p *pass) countHits(c *counts) {
	for i := range p.hits {
		switch h := &p.hits[i]; {
		case h.rule == rulePassive:
			c.passives++
		case h.rule == ruleOfficialese && h.item >= 0:
			c.officialese += h.severity.Weight()
		}
	}
}
