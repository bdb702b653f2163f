package plain

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Options is what a site says about its readers and its taste in one language.
type Options struct {
	Known        []string          // words and abbreviations that this site's readers know
	Glossary     []Term            // terms that this site explains on its pages: known, too
	Rules        map[string]bool   // rule id -> false switches the rule off
	Replacements map[string]string // the site's own replacements: word or phrase -> plain words
}

// Site is Options made ready for lookups. It does not change, is safe for concurrent
// use, and is worth keeping for as long as the settings stay: making it costs more than
// checking a paragraph.
type Site struct {
	options Options
	lang    string
	known   wordSet               // what readers know
	terms   map[int32]bool        // our terms that the site explains
	own     map[string][]ownWords // the site's replacements by their first word
	index   termIndex             // the site's glossary by the first word of each form
	print   string                // tells sites with other words apart; empty without any
	off     [ruleCount]bool
}

// ownWords is a replacement of the site.
type ownWords struct {
	rest    []string
	comma   bool // there is one in it
	replace string
}

// Site makes options ready for texts of a language. For a language that cannot
// be checked it is empty; the check itself says so.
func (c *Checker) Site(lang string, o Options) *Site {
	s := &Site{options: o, lang: baseLang(lang)}
	for id := range c.table {
		if on, set := o.Rules[c.table[id].id]; set && !on {
			s.off[id] = true
		}
	}
	if len(o.Known)+len(o.Glossary) > 0 {
		s.known = make(wordSet, len(o.Known)+2*len(o.Glossary))
	}
	for _, w := range o.Known {
		s.known.add(w)
	}
	if l := c.languages[s.lang]; l != nil {
		for i := range o.Glossary {
			s.explain(&o.Glossary[i], l)
		}
	}
	if len(o.Glossary) > 0 {
		s.index = indexTerms(o.Glossary)
	}
	s.ownWords(o.Replacements)
	s.print = fingerprint(o)
	return s
}

// fingerprint is the same for options that mark the same places in a chunk.
func fingerprint(o Options) string {
	if len(o.Glossary)+len(o.Replacements) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, t := range o.Glossary {
		sum.Write(fmt.Appendf(nil, "%q %q\n", t.Term, t.Forms))
	}
	for _, word := range slices.Sorted(maps.Keys(o.Replacements)) {
		sum.Write(fmt.Appendf(nil, "%q=%q\n", word, o.Replacements[word]))
	}
	return string(sum.Sum(nil)[:16])
}

// explain makes a glossary term known in all its forms, ours and the site's.
func (s *Site) explain(t *Term, l *language) {
	for _, form := range append([]string{t.Term}, t.Forms...) {
		s.known.add(form)
		item, ok := l.forms[strings.ToLower(form)]
		if !ok || s.terms[item] {
			continue
		}
		if s.terms == nil {
			s.terms = map[int32]bool{}
		}
		s.terms[item] = true
		s.known.addTerm(&l.terms[item])
	}
}

func (s *Site) ownWords(replacements map[string]string) {
	if len(replacements) == 0 {
		return
	}
	s.own = make(map[string][]ownWords, len(replacements))
	for _, k := range slices.Sorted(maps.Keys(replacements)) {
		words := strings.Fields(strings.ReplaceAll(strings.ToLower(k), ",", " "))
		if len(words) == 0 {
			continue
		}
		s.own[words[0]] = append(s.own[words[0]], ownWords{words[1:], strings.Contains(k, ","), replacements[k]})
	}
	for _, list := range s.own {
		slices.SortStableFunc(list, func(a, b ownWords) int { return len(b.rest) - len(a.rest) })
	}
}

// wordSet is a set of lower-case words and phrases.
type wordSet map[string]bool

// add makes every word of a phrase known, and the phrase itself.
func (s wordSet) add(phrase string) {
	phrase = strings.ToLower(strings.TrimSpace(phrase))
	if phrase == "" {
		return
	}
	s[phrase] = true
	for w := range strings.FieldsSeq(phrase) {
		if len(w) > 3 {
			s[w] = true
		}
	}
}

// addTerm makes a term known in all its forms.
func (s wordSet) addTerm(t *Term) {
	s.add(t.Term)
	for _, form := range t.Forms {
		s.add(form)
	}
}

// has says that readers know a word, also with a simple ending.
func (s wordSet) has(word []byte, endings []string) bool {
	if len(s) == 0 {
		return false
	}
	if s[string(word)] {
		return true
	}
	for _, end := range endings {
		stem := len(word) - len(end)
		if stem >= 3 && string(word[stem:]) == end && s[string(word[:stem])] {
			return true
		}
	}
	return false
}
