package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// relative is a word of the documents that has to do with one that was typed.
type relative struct {
	word   uint32
	weight float32
}

const (
	headWeight   = 0.6  // "Gesundheitsdaten" for "Daten"
	firstWeight  = 0.55 // "Standortdaten" for "Standort"
	insideWeight = 0.4
	prefixWeight = 0.4 // "tracker" for "track"
)

// related finds the words that begin with what was typed and, where the
// language makes compounds, those that it is a part of.
func (x *Index) related(folded string) []relative {
	stem := folded
	if s := x.rules.stemWord(folded); strings.HasPrefix(folded, s) && len(s) >= 3 {
		stem = s
	}
	if len(stem) < 3 {
		return nil
	}
	need := letters(stem)
	var found []relative
	for id, has := range x.letters {
		if need&^has != 0 {
			continue
		}
		w := &x.words[id]
		if len(w.text) <= len(stem) || w.docs == 0 {
			continue
		}
		at := strings.Index(w.text, stem)
		if at < 0 {
			continue
		}
		if weight := x.part(w.text, at, stem, folded); weight > 0 {
			found = append(found, relative{uint32(id), weight})
		}
	}
	return found
}

// part is how well a word fits as a compound with stem at a place in it; 0 where
// the letters stand there by chance.
func (x *Index) part(text string, at int, stem, folded string) float32 {
	rest := text[at+len(stem):]
	switch {
	case !x.rules.compounds:
		if at == 0 && len(stem) >= 4 && strings.HasPrefix(text, folded) {
			return prefixWeight
		}
	case at == 0:
		if len(stem) >= 6 || len(stem) >= 4 && strings.HasPrefix(text, folded) && len(folded) >= 5 || x.element(strings.TrimPrefix(rest, folded[len(stem):])) || x.element(rest) {
			return firstWeight
		}
	case len(rest) <= 3:
		if len(stem) >= 6 || x.element(text[:at]) {
			return headWeight
		}
	default:
		if len(stem) >= 7 || x.element(text[:at]) && x.element(rest) {
			return insideWeight
		}
	}
	return 0
}

// element is whether a part of a compound is a word by itself, without the
// letters that join it to the next.
func (x *Index) element(part string) bool {
	if len(part) < 3 || prefix(part) {
		return false
	}
	for _, joint := range []string{"", "s", "es", "n", "en", "er", "e"} {
		if rest, ok := strings.CutSuffix(part, joint); ok && len(rest) >= 3 && (x.has(rest) || len(rest) > 3 && x.knows(rest)) { // a stem of three letters is no word: "les"
			return true
		}
	}
	return joined(part, x.knows)
}

// prefix is for German syllables that make another verb and no compound: "verlangt" has nothing to do with "lang".
func prefix(part string) bool {
	switch part {
	case "ver", "ent", "zer", "emp", "vor", "auf", "aus", "ein", "mit", "nach", "uber", "unter", "weg", "her", "hin":
		return true
	}
	return false
}

// joined is for what begins with the joint: "sdaten" of "Gesundheitsdaten".
func joined(part string, known func(string) bool) bool {
	for _, joint := range []string{"s", "n", "es", "en"} {
		if rest, ok := strings.CutPrefix(part, joint); ok && len(rest) >= 4 && known(rest) {
			return true
		}
	}
	return false
}

// maxParts is how many words a compound is taken apart into.
const maxParts = 3

// split takes a compound apart into words that are known, the longest first part that fits; nil where it cannot.
func (x *Index) split(folded string, parts int) []string {
	if !x.rules.compounds || parts < 2 {
		return nil
	}
	for at := len(folded) - 4; at >= 4; at-- {
		first, rest := folded[:at], folded[at:]
		if !x.element(first) {
			continue
		}
		if x.knows(rest) {
			return []string{first, rest}
		}
		if more := x.split(rest, parts-1); more != nil {
			return append([]string{first}, more...)
		}
	}
	return nil
}

// leastPart is how long a part must be to say something of a compound whose other part is unknown.
const leastPart = 5

// inPart are the known end of a compound, and what its beginning stands for: "Punkte" of "Bonuspunkte".
func (x *Index) inPart(folded string) []alternative {
	if !x.rules.compounds {
		return nil
	}
	var found []alternative
	for at := 3; at <= len(folded)-leastPart; at++ {
		first, rest := folded[:at], folded[at:]
		if len(found) == 0 && x.has(rest) {
			for _, alt := range x.exact(rest) {
				found = append(found, alternative{alt.term, alt.weight * headWeight})
			}
		}
		if at < leastPart {
			continue
		}
		for _, joint := range []string{"", "s", "n", "en"} {
			for _, stem := range x.rules.synonyms[strings.TrimSuffix(first, joint)] {
				found = x.addStem(found, stem, insideWeight)
			}
		}
	}
	return found
}

const maxCorrections = 6

// mistakes is how many wrong letters a word of this length may have.
func mistakes(folded string) int {
	switch n := len(folded); {
	case n >= 8:
		return 2
	case n >= 4:
		return 1
	}
	return 0
}

// corrections are the words that were probably meant, the likeliest first.
func (x *Index) corrections(folded string, limit int) []relative {
	if limit == 0 {
		return nil
	}
	type near struct {
		relative
		distance int
	}
	have := letters(folded)
	var found []near
	for id, has := range x.letters {
		if bits.OnesCount32(have^has) > 2*limit {
			continue
		}
		w := &x.words[id]
		if w.docs == 0 || abs(len(w.text)-len(folded)) > limit {
			continue
		}
		if d := distance(folded, w.text, limit); d <= limit {
			found = append(found, near{relative{uint32(id), 0.9 - 0.2*float32(d)}, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(x.otherStart(a.word, folded), x.otherStart(b.word, folded)),
			cmp.Compare(x.words[b.word].docs, x.words[a.word].docs), strings.Compare(x.words[a.word].text, x.words[b.word].text))
	})
	out := make([]relative, min(len(found), maxCorrections))
	for i := range out {
		out[i] = found[i].relative
	}
	return out
}

// otherStart is 1 where the first letter differs: people rarely mistype that one.
func (x *Index) otherStart(word uint32, folded string) int {
	if x.words[word].text[0] == folded[0] {
		return 0
	}
	return 1
}
