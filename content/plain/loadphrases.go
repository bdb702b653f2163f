package plain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// loadPhrases reads the lists whose entries may be of several words.
func (l *language) loadPhrases() error {
	for _, step := range []func() error{l.loadLightVerbs, l.loadAdvice, l.loadTerms, l.loadShort, l.loadHedges} {
		if err := step(); err != nil {
			return err
		}
	}
	l.shall = l.id("shall")
	for i := range l.entries {
		slices.SortStableFunc(l.entries[i].heads, func(a, b int32) int {
			pa, pb := &l.phrases[a], &l.phrases[b]
			return cmp.Or(cmp.Compare(len(pb.words), len(pa.words)), cmp.Compare(rankOf(pb), rankOf(pa)))
		})
	}
	return nil
}

// rankOf prefers, among phrases of one length, terms, then phrases that need a
// verb, then the rest.
func rankOf(p *phrase) int {
	switch {
	case p.list == listTerm:
		return 2
	case p.verbs != 0:
		return 1
	}
	return 0
}

// loadLightVerbs reads lines "verb: form form. ..." or "verb+: ..."; only German has them.
func (l *language) loadLightVerbs() error {
	if l.code != "de" {
		return nil
	}
	return eachLine("lightverbs.de.txt", func(_ int, line string) error {
		verb, forms, _ := strings.Cut(line, ":")
		bit := uint(len(l.lightVerbs))
		if bit >= 64 {
			return fmt.Errorf("more than 64 light verbs")
		}
		verb, articles := strings.CutSuffix(verb, "+")
		if articles {
			l.withArticle |= 1 << bit
		}
		l.lightVerbs = append(l.lightVerbs, verb)
		for form := range strings.FieldsSeq(forms) {
			if form, last := strings.CutSuffix(form, "."); last {
				l.entries[l.id(form)].lastVerbs |= 1 << bit
			} else {
				l.entries[l.id(form)].verbs |= 1 << bit
			}
		}
		return nil
	})
}

// loadAdvice reads lines "entry, forms, verb, plain, group, level".
func (l *language) loadAdvice() error {
	return eachLine("officialese."+l.code+".tsv", func(_ int, line string) error {
		c, err := columns(line, 6)
		if err != nil {
			return err
		}
		a := advice{entry: c[0], plain: c[3], group: c[4]}
		if a.level, err = parseLevel(c[5]); err != nil {
			return err
		}
		p := phrase{list: listAdvice, item: int32(len(l.plain)), level: a.level}
		if c[2] != "" {
			bit := slices.Index(l.lightVerbs, c[2])
			if bit < 0 {
				return fmt.Errorf("unknown verb %q", c[2])
			}
			p.verbs = 1 << bit
		}
		l.plain = append(l.plain, a)
		return l.addForms(p, strings.Split(c[1], "|"))
	})
}

// loadTerms reads lines "term, forms, level, plain, example, law".
func (l *language) loadTerms() error {
	l.forms = map[string]int32{}
	return eachLine("terms."+l.code+".tsv", func(_ int, line string) error {
		c, err := columns(line, 6)
		if err != nil {
			return err
		}
		level, err := parseLevel(c[2])
		if err != nil {
			return err
		}
		t := Term{Term: c[0], Forms: strings.Split(c[1], "|"), Plain: c[3], Example: c[4], Core: level == Error}
		if c[5] != "–" {
			t.Law = c[5]
		}
		item := int32(len(l.terms))
		l.terms = append(l.terms, t)
		all := append([]string{t.Term}, t.Forms...)
		for _, form := range all {
			l.forms[strings.ToLower(form)] = item
		}
		return l.addForms(phrase{list: listTerm, item: item, level: level}, all)
	})
}

// loadShort reads lines "forms, long form".
func (l *language) loadShort() error {
	return eachLine("abbreviations."+l.code+".tsv", func(_ int, line string) error {
		c, err := columns(line, 2)
		if err != nil {
			return err
		}
		p := phrase{list: listAbbreviation, item: int32(len(l.short)), level: Hint, dot: true}
		l.short = append(l.short, advice{entry: c[0], plain: c[1], level: Hint})
		forms := strings.Split(c[0], "|")
		for i := range forms {
			if !strings.HasPrefix(c[1], "(") {
				forms[i] += "=" + c[1]
			}
		}
		return l.addForms(p, forms)
	})
}

func (l *language) loadHedges() error {
	return eachLine("hedges."+l.code+".txt", func(_ int, line string) error {
		return l.addForms(phrase{list: listHedge, item: -1, level: Warning}, []string{line})
	})
}

// addForms makes a phrase of each written form ("form" or "form=replacement").
func (l *language) addForms(p phrase, forms []string) error {
	for _, form := range forms {
		form, replace, _ := strings.Cut(form, "=")
		q := p
		q.replace = replace
		q.signs = strings.ContainsAny(form, ",/")
		q.dot = q.dot || strings.HasSuffix(form, ".")
		q.words = l.wordsOf(form)
		if len(q.words) == 0 {
			return fmt.Errorf("no word in form %q", form)
		}
		first, size := utf8.DecodeRuneInString(form)
		second, _ := utf8.DecodeRuneInString(form[size:])
		q.capitals = unicode.IsUpper(first) && unicode.IsUpper(second) && len(q.words) == 1 && !strings.Contains(form, "-")
		q.capital = unicode.IsUpper(first) && l.code == "de"
		n := int32(len(l.phrases))
		l.phrases = append(l.phrases, q)
		l.entries[q.words[0]].heads = append(l.entries[q.words[0]].heads, n)
	}
	return nil
}

// wordsOf cuts a form into words the way texts are cut.
func (l *language) wordsOf(form string) []int32 {
	text := []byte(form)
	var ids []int32
	tokens := tokenize(nil, text, unit{end: int32(len(text))})
	for i := range tokens {
		if tokens[i].isWord() || tokens[i].kind == tokenNumber {
			word := text[tokens[i].start:genericBase(&tokens[i], text)]
			ids = append(ids, l.id(string(lower(nil, word))))
		}
	}
	return ids
}

func columns(line string, n int) ([]string, error) {
	c := strings.Split(line, "\t")
	if len(c) != n {
		return nil, fmt.Errorf("%d columns instead of %d", len(c), n)
	}
	return c, nil
}

func parseLevel(name string) (Severity, error) {
	for _, s := range []Severity{Off, Hint, Warning, Error} {
		if s.String() == name {
			return s, nil
		}
	}
	return Off, fmt.Errorf("unknown level %q", name)
}
