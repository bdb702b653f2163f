package plain

// ownReplacement marks the site's own words to avoid and returns the last place,
// or -1. A word with an ending is marked, too; what to put in its place is then for a person
// to say.
func (p *pass) ownReplacement(s *sentence, j int32) int32 {
	t := p.word(s, j)
	if t == nil || len(p.site.own) == 0 {
		return -1
	}
	p.scratch = lower(p.scratch[:0], p.writtenWord(t))
	for _, own := range p.site.own[string(p.scratch)] {
		if last := p.fitsRest(s, own.rest, own.comma, j); last >= 0 {
			h := p.mark(ruleOfficialese, Warning, j, last)
			h.key, h.replace = own.replace, p.fitting(s, j, own.replace)
			return last
		}
	}
	if own := p.ownStem(t); own != nil {
		p.mark(ruleOfficialese, Warning, j, j).key = own.replace
		return j
	}
	return -1
}

// fitsRest returns the last place of a phrase whose first word stands at j, or -1. A
// phrase that has a comma may have one between any of its words.
func (p *pass) fitsRest(s *sentence, rest []string, comma bool, j int32) int32 {
	last := j
	for _, want := range rest {
		next := last + 1
		if next < s.last && p.tokens[next].sign == ',' && comma {
			next++
		}
		if p.word(s, next) == nil {
			return -1
		}
		p.scratch = lower(p.scratch[:0], p.writtenWord(&p.tokens[next]))
		if string(p.scratch) != want {
			return -1
		}
		last = next
	}
	return last
}

// shortestStem is the length from which a word with an ending is taken for an
// inflected form: shorter ones are too often other words.
const shortestStem = 5

// ownStem looks for a word of the site of which the word is an inflected form.
func (p *pass) ownStem(t *token) *ownWords {
	word := lower(p.scratch[:0], p.writtenWord(t))
	p.scratch = word
	for _, end := range p.lang.inflections {
		stem := len(word) - len(end)
		if stem < shortestStem || string(word[stem:]) != end {
			continue
		}
		for i, own := range p.site.own[string(word[:stem])] {
			if len(own.rest) == 0 {
				return &p.site.own[string(word[:stem])][i]
			}
		}
	}
	return nil
}

// siteTerm notes a term of the site's glossary, which its pages explain, and
// returns its last place, or -1.
func (p *pass) siteTerm(s *sentence, j int32) int32 {
	t := p.word(s, j)
	if t == nil || len(p.site.index) == 0 {
		return -1
	}
	p.scratch = lower(p.scratch[:0], p.reading.text[t.start:t.end])
	for _, form := range p.site.index[string(p.scratch)] {
		if last := p.fitsRest(s, form.lower[1:], false, j); last >= 0 {
			h := p.mark(ruleLegalTerm, Hint, j, last)
			h.list, h.explained = listSiteTerm, true
			return last
		}
	}
	return -1
}
