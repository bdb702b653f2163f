package plain

import "bytes"

// styleNounChain marks nouns that hang on nouns: "die Prüfung der Angaben der
// Kunden der Bank", "customer data protection policy".
func styleNounChain(p *pass) {
	for i := range p.sentences {
		if p.lang.code == "de" {
			p.genitives(&p.sentences[i])
		} else {
			p.nounString(&p.sentences[i])
		}
	}
}

// genitives looks for a noun followed by two or more "der/des ... noun".
func (p *pass) genitives(s *sentence) {
	for i := s.first; i < s.last; i++ {
		if t := p.word(s, i); t == nil || !t.upper || i == s.first && p.lang.is(t, clArticle) {
			continue
		}
		links, last := int32(0), i
		for {
			next := p.genitive(s, last)
			if next < 0 {
				break
			}
			links, last = links+1, next
		}
		if links >= 2 {
			p.mark(ruleNounChain, Hint, i, last).n = links + 1
			i = last
		}
	}
}

// genitive returns the place of the noun that hangs on the noun at i by "der" or
// "des" with at most two adjectives between, or -1.
func (p *pass) genitive(s *sentence, i int32) int32 {
	if !p.is(s, i+1, clGenitive) || p.tokens[i+1].upper {
		return -1
	}
	for j := i + 2; j < min(i+5, s.last); j++ {
		t := p.word(s, j)
		switch {
		case t == nil || p.lang.is(t, clArticle|clPreposition|clGenitive):
			return -1
		case t.upper:
			return j
		}
	}
	return -1
}

// nounString looks for three or more English nouns in a row. Without a parser
// only endings and a short list tell what is a noun.
func (p *pass) nounString(s *sentence) {
	for i := s.first; i < s.last; i++ {
		j := i
		for j < s.last && p.nounLike(s, j) && (j == i || !p.tokens[j].glued) {
			j++
		}
		if j-i >= 3 {
			p.mark(ruleNounChain, Hint, i, j-1).n = j - i
		}
		i = max(i, j-1)
	}
}

var nounEndings = [][]byte{
	[]byte("tion"), []byte("tions"), []byte("sion"), []byte("ment"), []byte("ments"), []byte("ance"), []byte("ence"),
	[]byte("ity"), []byte("ness"), []byte("ship"), []byte("ware"),
}

func (p *pass) nounLike(s *sentence, i int32) bool {
	t := p.word(s, i)
	if t == nil || t.upper && i > s.first {
		return false
	}
	if p.lang.is(t, clNoun) {
		return true
	}
	if p.lang.is(t, clVerb) || t.letters < 6 {
		return false
	}
	w := p.writtenWord(t)
	for _, end := range nounEndings {
		if bytes.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
