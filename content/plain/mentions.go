package plain

import "strings"

// Mention is a place where a text uses a term of a glossary.
type Mention struct {
	Term       int // index in the glossary
	Start, End int // byte offsets in the text
}

// Mentions finds the terms of a glossary, in all their forms, in a plain text (no
// Markdown): whole words, the longest form first, no two overlapping, in the order of the
// text. A form in capitals matches capitals only. An unknown language gives nil.
func (c *Checker) Mentions(text, lang string, glossary []Term) []Mention {
	l := c.languages[baseLang(lang)]
	if l == nil || len(glossary) == 0 || len(text) > MaxBytes {
		return nil
	}
	index := indexTerms(glossary)
	source := []byte(text)
	tokens := tokenize(nil, source, unit{end: int32(len(source))})
	words := tokens[:0]
	for _, t := range tokens {
		if t.isWord() {
			words = append(words, t)
		}
	}
	var out []Mention
	for i := 0; i < len(words); {
		m, n := index.at(source, words[i:])
		if n == 0 {
			i++
			continue
		}
		m.Start, m.End = int(words[i].start), int(words[i+n-1].end)
		out = append(out, m)
		i += n
	}
	return out
}

// termForm is one written form of a term, in words.
type termForm struct {
	term    int
	lower   []string
	written string
}

type termIndex map[string][]termForm

func indexTerms(glossary []Term) termIndex {
	index := termIndex{}
	for i, t := range glossary {
		for _, form := range append([]string{t.Term}, t.Forms...) {
			lower := strings.Fields(strings.ToLower(form))
			if len(lower) > 0 {
				index[lower[0]] = append(index[lower[0]], termForm{i, lower, form})
			}
		}
	}
	return index
}

// at returns the term whose longest form begins with the first of the words,
// and how many words it takes; none is 0.
func (x termIndex) at(text []byte, words []token) (best Mention, n int) {
	for _, f := range x[string(lower(nil, text[words[0].start:words[0].end]))] {
		if len(f.lower) > n && f.fits(text, words) {
			best, n = Mention{Term: f.term}, len(f.lower)
		}
	}
	return best, n
}

func (f *termForm) fits(text []byte, words []token) bool {
	if len(words) < len(f.lower) {
		return false
	}
	first := string(text[words[0].start:words[0].end])
	if f.written == strings.ToUpper(f.written) && first != strings.Fields(f.written)[0] {
		return false
	}
	for i, want := range f.lower {
		w := words[i]
		if string(lower(nil, text[w.start:w.end])) != want || i > 0 && len(strings.TrimSpace(string(text[words[i-1].end:w.start]))) > 0 {
			return false
		}
	}
	return true
}
