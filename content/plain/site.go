package plain

import (
	"slices"
	"strings"
)

// site is what one request says about the site, made ready for lookups.
type site struct {
	known map[string]bool        // lower-case words that readers know
	terms map[int32]bool         // our terms that the site explains
	own   map[string][]ownPhrase // the site's replacements by their first word
	print string                 // tells sites with other replacements apart
	off   [ruleCount]bool
}

// ownPhrase is a replacement of the site.
type ownPhrase struct {
	rest    []string
	replace string
}

func newSite(in *Input, l *language, table *[ruleCount]rule) *site {
	s := &site{}
	for id := range table {
		if on, set := in.Rules[table[id].id]; set && !on {
			s.off[id] = true
		}
	}
	if len(in.Known)+len(in.Glossary) > 0 {
		s.known = make(map[string]bool, len(in.Known)+2*len(in.Glossary))
	}
	for _, w := range in.Known {
		s.know(w)
	}
	for i := range in.Glossary {
		s.explain(&in.Glossary[i], l)
	}
	s.ownWords(in.Replacements)
	return s
}

// know makes every word of a phrase known, and the phrase itself.
func (s *site) know(phrase string) {
	phrase = strings.ToLower(strings.TrimSpace(phrase))
	if phrase == "" {
		return
	}
	s.known[phrase] = true
	for w := range strings.FieldsSeq(phrase) {
		if len(w) > 3 {
			s.known[w] = true
		}
	}
}

// explain makes a glossary term known in all its forms, ours and the site's.
func (s *site) explain(t *Term, l *language) {
	s.know(t.Term)
	for _, form := range t.Forms {
		s.know(form)
	}
	for _, form := range append([]string{t.Term}, t.Forms...) {
		item, ok := l.forms[strings.ToLower(form)]
		if !ok {
			continue
		}
		if s.terms == nil {
			s.terms = map[int32]bool{}
		}
		s.terms[item] = true
		s.know(l.terms[item].Term)
		for _, other := range l.terms[item].Forms {
			s.know(other)
		}
	}
}

func (s *site) ownWords(replacements map[string]string) {
	if len(replacements) == 0 {
		return
	}
	s.own = make(map[string][]ownPhrase, len(replacements))
	keys := make([]string, 0, len(replacements))
	for k := range replacements {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var print strings.Builder
	for _, k := range keys {
		words := strings.Fields(strings.ToLower(k))
		if len(words) == 0 {
			continue
		}
		s.own[words[0]] = append(s.own[words[0]], ownPhrase{words[1:], replacements[k]})
		print.WriteString(k + "\x01" + replacements[k] + "\x02")
	}
	for _, list := range s.own {
		slices.SortStableFunc(list, func(a, b ownPhrase) int { return len(b.rest) - len(a.rest) })
	}
	s.print = print.String()
}

// knows says that readers of the site know a word, also with a simple ending.
func (s *site) knows(word string, endings []string) bool {
	if len(s.known) == 0 {
		return false
	}
	if s.known[word] {
		return true
	}
	for _, end := range endings {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) >= 3 && s.known[stem] {
			return true
		}
	}
	return false
}
