package plain

import "bytes"

// nounsOfAction is how many nouns made of verbs one sentence bears.
const nounsOfAction = 3

// styleNominal marks sentences in which nouns do the work of verbs.
func styleNominal(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.prose() {
			p.nominal(s)
		}
	}
}

func (p *pass) nominal(s *sentence) {
	first, last, n := int32(-1), int32(-1), int32(0)
	verb := int32(-1)
	for i := s.first; i < s.last; i++ {
		t := p.word(s, i)
		switch {
		case t == nil:
		case p.ofAction(t, i == s.first):
			if first < 0 {
				first = i
			}
			last, n = i, n+1
		case p.lang.is(t, clEmptyVerb):
			verb = i
		}
	}
	switch {
	case n >= nounsOfAction:
		p.mark(ruleNominal, Warning, first, last).n = n
	case n > 0 && verb >= 0:
		p.mark(ruleNominal, Warning, min(first, verb), max(last, verb)).n = n
	}
}

var (
	actionGerman  = [][]byte{[]byte("ung"), []byte("ungen"), []byte("heit"), []byte("keit"), []byte("heiten"), []byte("keiten"), []byte("tion"), []byte("tionen")}
	actionEnglish = [][]byte{[]byte("tion"), []byte("tions"), []byte("ment"), []byte("ments"), []byte("ance"), []byte("ances")}
)

// ofAction says that a word is a noun made of a verb or an adjective, by its
// ending. Things that only end alike ("Wohnung", "document") are listed.
func (p *pass) ofAction(t *token, opening bool) bool {
	if t.letters < 6 || t.generic || p.lang.is(t, clConcrete) {
		return false
	}
	endings := actionEnglish
	if p.lang.code == "de" {
		if !t.upper {
			return false
		}
		endings = actionGerman
	} else if t.upper && !opening {
		return false
	}
	w := p.writtenWord(t)
	for _, end := range endings {
		if bytes.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
