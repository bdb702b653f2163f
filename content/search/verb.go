package search

import (
	"slices"
	"strings"
	"sync"
)

// verbs knows how German verbs change and fall apart: "gibt ... weiter",
// "weitergegeben", "weiterzugeben" and "Weitergabe" are one. Everything in it is folded.
type verbs struct {
	forms map[string][]string          // stem of a form -> the other forms, for verbs that change their vowel
	parts map[string][]string          // the same, with what only stands behind a first part
	apart map[string]map[string]string // first part -> stem of the rest -> the whole verb's infinitive
}

var germanVerbs = sync.OnceValue(func() *verbs {
	v := &verbs{map[string][]string{}, map[string][]string{}, map[string]map[string]string{}}
	list, err := wordLists.ReadFile("words/verbs.de.txt")
	if err != nil {
		panic("search: verbs.de.txt is embedded: " + err.Error())
	}
	for line := range strings.Lines(string(list)) {
		words := strings.Fields(line)
		for i := range words {
			words[i] = string(fold(nil, words[i], true))
		}
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "+"):
			v.readApart(strings.TrimPrefix(words[0], "+"), words[1:])
		default:
			v.readForms(words)
		}
	}
	return v
})

func (v *verbs) readForms(words []string) {
	var alone, behind []string
	for _, word := range words {
		form, bound := strings.CutPrefix(word, "-")
		if behind = append(behind, form); !bound {
			alone = append(alone, form)
		}
	}
	put := func(to map[string][]string, forms []string) {
		for _, form := range forms {
			stem := germanStem(form)
			for _, other := range forms {
				if !slices.Contains(to[stem], other) { // two verbs may share a stem
					to[stem] = append(to[stem], other)
				}
			}
		}
	}
	put(v.forms, alone)
	put(v.parts, behind)
}

func (v *verbs) readApart(first string, rest []string) {
	v.apart[first] = map[string]string{}
	for _, verb := range rest {
		for _, form := range append([]string{verb}, v.forms[germanStem(verb)]...) {
			v.apart[first][germanStem(form)] = first + verb
		}
	}
}

// splits is whether a folded word is a verb whose first part may stand apart.
func (v *verbs) splits(folded string) bool {
	for _, first := range firstParts {
		rest, ok := strings.CutPrefix(folded, first)
		if !ok {
			continue
		}
		for _, between := range []string{"", "ge", "zu"} {
			bare, ok := strings.CutPrefix(rest, between)
			if ok && v.apart[first][germanStem(bare)] != "" {
				return true
			}
		}
	}
	return false
}

// firstParts may stand apart from their verb, the longest first; bound ones never do.
var (
	firstParts = []string{
		"zusammen", "zuruck", "weiter", "wieder", "heraus", "hinzu", "preis", "statt", "fest", "frei", "hoch", "nach", "raus", "rein", "teil",
		"auf", "aus", "bei", "ein", "her", "hin", "los", "mit", "vor", "weg", "ab", "an", "um", "zu",
	}
	boundParts = []string{"unter", "uber", "wider", "miss", "be", "ent", "emp", "er", "ver", "zer"}
)

// kin are the stems of the other forms of a folded German verb or of the noun made of it.
func (v *verbs) kin(folded string) []string {
	stem := germanStem(folded)
	var found []string
	add := func(words ...string) {
		for _, word := range words {
			if s := germanStem(word); s != stem && !slices.Contains(found, s) {
				found = append(found, s)
			}
		}
	}
	add(v.forms[stem]...)
	if rest, ok := strings.CutPrefix(stem, "ge"); ok && len(rest) >= 4 {
		add(rest)
	}
	for _, first := range firstParts {
		if rest, ok := strings.CutPrefix(folded, first); ok && len(rest) >= 3 {
			v.behind(first, rest, add)
			return found
		}
	}
	for _, first := range boundParts {
		if rest, ok := strings.CutPrefix(folded, first); ok && len(rest) >= 3 {
			for _, form := range slices.Concat(v.of(rest), v.of("ge"+rest)) {
				add(first+form, first+strings.TrimPrefix(form, "ge"))
			}
		}
	}
	if len(stem) >= 4 {
		add("ge" + stem)
	}
	return found
}

// behind adds the forms of a verb behind its first part: "weitergeben", "weitergegeben", "weiterzugeben".
func (v *verbs) behind(first, rest string, add func(...string)) {
	bare := rest
	for _, between := range []string{"zu", "ge"} {
		if cut, ok := strings.CutPrefix(rest, between); ok && len(cut) >= 3 && len(v.of(rest)) == 0 {
			bare = cut
		}
	}
	forms := v.of(bare)
	if len(forms) == 0 {
		add(first+bare, first+"ge"+bare, first+"zu"+bare, "ge"+first+bare)
		return
	}
	for i, form := range forms {
		add(first + form)
		if i == 0 {
			add(first + "zu" + form)
		}
	}
}

// of are the forms of the verb to which a word behind a first part belongs, the infinitive first.
func (v *verbs) of(word string) []string { return v.parts[germanStem(word)] }
