package search

import (
	"iter"
	"slices"
	"strings"
)

// Correction is the query with the likeliest word in the place of each that no
// text has; "" where there is none. texts gives the texts of a document, so that
// the word is spelled as it is there.
func (q Query) Correction(texts func(doc string) iter.Seq[string]) string {
	instead := map[string]string{}
	for _, s := range q.slots {
		if s.wrong {
			w := q.index.words[s.correct]
			instead[s.typed] = q.index.spelling(w.text, texts(q.index.witness(w.term, s.correct)))
		}
	}
	if len(instead) == 0 {
		return ""
	}
	var out strings.Builder
	done := 0
	eachWord(q.text, func(word string, at span) {
		if better := instead[word]; better != "" && at.start >= done {
			out.WriteString(q.text[done:at.start] + better)
			done = at.end
		}
	})
	return out.String() + q.text[done:]
}

// maxAlso is how many other words a search tells of.
const maxAlso = 3

// Also are the words that were looked for in the place of words that no text has
// and that mean the same, as the texts write them.
func (q Query) Also(texts func(doc string) iter.Seq[string]) []string {
	var also []string
	x := q.index
	for _, s := range q.slots {
		for _, alt := range s.also {
			w, known := x.commonest(alt.term)
			if !known || len(also) == maxAlso {
				continue
			}
			if word := x.spelling(x.words[w].text, texts(x.witness(alt.term, w))); !slices.Contains(also, word) {
				also = append(also, word)
			}
		}
	}
	return also
}

// commonest is the word of a stem that most documents have.
func (x *Index) commonest(term uint32) (best uint32, found bool) {
	for id := range x.words {
		w := &x.words[id]
		if w.term != term || w.docs == 0 {
			continue
		}
		if b := &x.words[best]; !found || w.docs > b.docs || w.docs == b.docs && w.text < b.text {
			best, found = uint32(id), true
		}
	}
	return best, found
}

// witness is the first document, by its id, that has a word.
func (x *Index) witness(t, w uint32) string {
	first := ""
	for _, p := range x.terms[t].postings {
		if d := &x.docs[p.doc]; first == "" || d.id < first {
			if _, has := slices.BinarySearch(d.words, w); has {
				first = d.id
			}
		}
	}
	return first
}

// spelling is how the texts write a folded word.
func (x *Index) spelling(folded string, texts iter.Seq[string]) string {
	found := ""
	for text := range texts {
		eachWord(text, func(word string, _ span) {
			if found == "" && x.rules.fold(word) == folded {
				found = word
			}
		})
	}
	if found == "" {
		return folded
	}
	return found
}

// Loosely is the query with, for each word that nothing is known of, words that
// only look a little like it: for "perhaps you meant" where nothing fits.
func (q Query) Loosely() Query {
	loose := Query{index: q.index, text: q.text}
	for _, s := range q.slots {
		if len(s.alts) == 0 {
			for _, r := range q.index.alike(s.folded) {
				s.alts = append(s.alts, alternative{q.index.words[r.word].term, r.weight})
			}
			s.finish(q.index, nil)
		}
		if len(s.alts) > 0 {
			loose.slots = append(loose.slots, s)
		}
	}
	loose.sum()
	return loose
}

// alike are words within a third of the letters, or else with the same beginning.
func (x *Index) alike(folded string) []relative {
	if near := x.corrections(folded, min(len(folded)/3, 4)); len(near) > 0 {
		return near
	}
	for n := 5; n >= 4; n-- {
		if len(folded) <= n || n < 5 && len(folded) > 3*n {
			continue
		}
		var found []relative
		for id := range x.words {
			if w := &x.words[id]; w.docs > 0 && strings.HasPrefix(w.text, folded[:n]) {
				found = append(found, relative{uint32(id), prefixWeight})
			}
		}
		if len(found) > 0 {
			return x.strongest(found)
		}
	}
	return nil
}
