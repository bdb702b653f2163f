package plain

import "strings"

// markOfficialese marks an entry of the list. What may be put in its place is only what
// fits in every sentence, and here: not behind an article that would not fit it, and not in place
// of a name for all genders.
func (p *pass) markOfficialese(s *sentence, ph *phrase, first, last int32) *hit {
	if ph.dot {
		last = p.withDot(s, last)
	}
	h := p.mark(ruleOfficialese, ph.level, first, last)
	h.replace = p.fitting(s, first, ph.replace)
	return h
}

// fitting is a replacement in the case of what stands at first, or nothing where
// it would not fit.
func (p *pass) fitting(s *sentence, first int32, replace string) string {
	t := &p.tokens[first]
	if t.generic || p.articleClashes(s, first, replace) {
		return ""
	}
	return p.inCase(t, replace)
}

// articleClashes says that an English "a" or "an" before a marked place would not
// fit what is put in its place: "an initial step", "a first step".
func (p *pass) articleClashes(s *sentence, first int32, replace string) bool {
	before := p.word(s, first-1)
	if replace == "" || before == nil || p.lang.code != "en" {
		return false
	}
	switch string(lower(nil, p.writtenWord(before))) {
	case "a", "an":
		return vowel(replace[0]) != vowel(p.writtenWord(&p.tokens[first])[0])
	}
	return false
}

func vowel(c byte) bool { return strings.IndexByte("aeiouAEIOU", c) >= 0 }
