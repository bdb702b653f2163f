package plain

import (
	"bytes"
	"sort"
)

// legalTerm turns the first use of each data-protection term that neither the
// page nor the site explains into a finding.
func legalTerm(g *page) {
	seen := map[int32]bool{}
	g.each(ruleLegalTerm, func(c *checkedChunk, h *hit) {
		if h.explained {
			seen[h.item] = true
		}
	})
	g.each(ruleLegalTerm, func(c *checkedChunk, h *hit) {
		if seen[h.item] || g.site.terms[h.item] {
			return
		}
		seen[h.item] = true
		g.find(c, h)
	})
}

// markTerm notes a term, and whether it is explained where it stands.
func (p *pass) markTerm(s *sentence, ph *phrase, first, last int32) *hit {
	h := p.mark(ruleLegalTerm, ph.level, first, last)
	h.explained = p.explained(s, first, last)
	return h
}

// explained says that a term is linked, or that the words around it explain it.
func (p *pass) explained(s *sentence, first, last int32) bool {
	if p.reading.inLink(p.tokens[first].start, p.tokens[last].end) {
		return true
	}
	return p.inBrackets(s, last) || p.brackets(s, first, last) || p.defined(s, first, last) || p.definedNext(s)
}

// inBrackets looks for "term (an explanation of two words or more)".
func (p *pass) inBrackets(s *sentence, last int32) bool {
	if last+1 >= s.last || p.tokens[last+1].sign != '(' {
		return false
	}
	words := 0
	for k := last + 2; k < s.last && p.tokens[k].sign != ')' && words < 2; k++ {
		if p.tokens[k].isWord() {
			words++
		}
	}
	return words >= 2
}

// brackets looks for "an explanation (term)".
func (p *pass) brackets(s *sentence, first, last int32) bool {
	return first-2 >= s.first && p.tokens[first-1].sign == '(' && last+1 < s.last && p.tokens[last+1].sign == ')'
}

// defined looks for "term means", "... nennt man term", "term: ...", "term – also ...".
func (p *pass) defined(s *sentence, first, last int32) bool {
	if last+1 < s.last {
		switch p.tokens[last+1].sign {
		case ':', '–', '—':
			return s.last-last > 3
		}
	}
	for k := max(s.first, first-4); k < min(s.last, last+4); k++ {
		if p.is(s, k, clExplain) {
			return true
		}
	}
	return false
}

var explainers = [][]byte{[]byte("Das heißt"), []byte("Das bedeutet"), []byte("Damit meinen wir"), []byte("Damit ist"), []byte("Das ist "), []byte("Das sind "), []byte("Gemeint ist"), []byte("That means"), []byte("This means"), []byte("That is "), []byte("This is "), []byte("These are "), []byte("In other words")}

// definedNext looks at the start of the next sentence: "Das heißt ...".
func (p *pass) definedNext(s *sentence) bool {
	next := sort.Search(len(p.sentences), func(i int) bool { return p.sentences[i].first > s.first })
	if next == len(p.sentences) {
		return false
	}
	rest := p.reading.text[p.tokens[p.sentences[next].first].start:]
	for _, e := range explainers {
		if bytes.HasPrefix(rest, e) {
			return true
		}
	}
	return false
}
