package plain

import "bytes"

// styleSeinZu marks "ist vorzulegen", "sind zu beachten": an order that does
// not say whom it is for.
func styleSeinZu(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.prose() {
			p.seinZu(s)
		}
	}
}

func (p *pass) seinZu(s *sentence) {
	be := int32(-1)
	for i := s.first; i < s.last; i++ {
		t := &p.tokens[i]
		if t.sign == ',' || t.sign == ';' || t.sign == ':' {
			be = -1
			continue
		}
		if !t.isWord() {
			continue
		}
		if p.lang.is(t, clBe) {
			be = i
			continue
		}
		if to := p.toInfinitive(s, i); be >= 0 && to >= 0 {
			p.mark(ruleSeinZu, Hint, be, to)
			be = -1
		}
	}
}

// toInfinitive returns the place of the infinitive of "zu zahlen" or
// "vorzulegen" that begins at i, or -1.
func (p *pass) toInfinitive(s *sentence, i int32) int32 {
	t := &p.tokens[i]
	w := p.writtenWord(t)
	if string(w) == "zu" {
		if next := p.word(s, i+1); next != nil && p.infinitive(next) && !p.is(s, i-1, clEase) {
			return i + 1
		}
		return -1
	}
	if t.upper || t.letters < 8 || !p.infinitive(t) {
		return -1
	}
	if at := bytes.Index(w, []byte("zu")); at >= 2 && at <= 7 && p.separable(w[:at]) {
		return i
	}
	return -1
}

func (p *pass) infinitive(t *token) bool {
	w := p.writtenWord(t)
	return !t.upper && t.letters >= 4 && bytes.HasSuffix(w, []byte("n")) && w[len(w)-2] != 'i' &&
		(bytes.HasSuffix(w, []byte("en")) || bytes.HasSuffix(w, []byte("ern")) || bytes.HasSuffix(w, []byte("eln")) || string(w) == "sein" || string(w) == "tun") &&
		!p.lang.is(t, clNotInfinitive|clArticle|clAddress)
}

func (p *pass) separable(prefix []byte) bool {
	switch string(prefix) {
	case "ab", "an", "auf", "aus", "bei", "dar", "durch", "ein", "fest", "fort", "frei", "her", "heran", "herein", "hin", "hinzu", "los", "mit",
		"nach", "offen", "statt", "teil", "um", "vor", "voraus", "weg", "weiter", "wieder", "zu", "zurück", "zusammen", "bereit", "sicher", "hervor":
		return true
	}
	return false
}
