package plain

import (
	"unicode"
	"unicode/utf8"
)

// wordShall marks "shall": people no longer say it, and lawyers differ on what
// it means.
func wordShall(p *pass) {
	for i := range p.sentences {
		s := &p.sentences[i]
		for j := s.first; j < s.last; j++ {
			if t := p.word(s, j); t != nil && t.entry == p.lang.shall {
				h := p.mark(ruleShall, Warning, j, j)
				h.replace = p.inCase(t, "must")
			}
		}
	}
}

// inCase begins a replacement with a capital where the replaced word does.
func (p *pass) inCase(t *token, replace string) string {
	if !t.upper || replace == "" {
		return replace
	}
	first, size := utf8.DecodeRuneInString(replace)
	if !unicode.IsLower(first) {
		return replace
	}
	return string(unicode.ToUpper(first)) + replace[size:]
}
