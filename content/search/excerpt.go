package search

import (
	"iter"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Piece is a part of a text; Hit where it is a word that was looked for.
type Piece struct {
	Text string
	Hit  bool
}

// Mark cuts a text at the words that were looked for.
func (q Query) Mark(text string) []Piece {
	return pieces(text, 0, len(text), q.found(text))
}

// find is where a text has words of a query.
type find struct {
	span
	slots uint16 // which words of the query it stands for
}

func (q Query) found(text string) []find {
	var found []find
	var buffer []byte
	x := q.index
	eachWord(text, func(word string, at span) {
		if !q.mayStart(word) {
			return
		}
		buffer = fold(buffer[:0], word, x.rules.lang == "de")
		id, known := x.wordIDs[string(buffer)]
		if !known {
			return
		}
		f := find{span: at, slots: q.shown[x.words[id].term]}
		switch last := len(found) - 1; {
		case f.slots == 0:
		case last >= 0 && found[last].end >= at.start && found[last].start <= at.start:
			found[last].slots |= f.slots // a part of a word with hyphens
			found[last].end = max(found[last].end, at.end)
		case last >= 0 && found[last].start >= at.start:
			found[last] = find{at, found[last].slots | f.slots}
		default:
			found = append(found, f)
		}
	})
	return found
}

// mayStart rules most words out by their first two letters, before they are
// folded and looked up: texts are long, and few of their words were asked for.
func (q Query) mayStart(word string) bool {
	if len(word) < 2 || word[0] >= utf8.RuneSelf || word[1] >= utf8.RuneSelf || word[1]|' ' == 'e' {
		return true // an accent or a digraph may change how it begins
	}
	return q.starts[[2]byte{word[0] | ' ', word[1] | ' '}]
}

func pieces(text string, from, to int, found []find) []Piece {
	var out []Piece
	at := from
	for _, f := range found {
		if f.start < at || f.end > to {
			continue
		}
		if f.start > at {
			out = append(out, Piece{Text: text[at:f.start]})
		}
		out = append(out, Piece{text[f.start:f.end], true})
		at = f.end
	}
	if at < to {
		out = append(out, Piece{Text: text[at:to]})
	}
	return out
}

// Excerpt is the part of the first text that has most of the words, or else the
// beginning of the first; about size bytes, cut between words. Texts after one
// that has all words are not asked for.
func (q Query) Excerpt(size int, texts iter.Seq[string]) []Piece {
	best := passage{worth: -1}
	for text := range texts {
		if text == "" {
			continue
		}
		found := q.found(text)
		from, slots, worth := richest(found, size)
		if worth > best.worth {
			best = passage{text, from, worth, found}
		}
		if bits.OnesCount16(slots) == len(q.slots) {
			break
		}
	}
	from, to := window(best.text, best.from, size)
	out := pieces(best.text, from, to, best.found)
	if from > 0 && len(out) > 0 {
		out = append([]Piece{{Text: "… "}}, out...)
	}
	if to < len(best.text) {
		out = append(out, Piece{Text: " …"})
	}
	return out
}

// passage is a place in a text from which an excerpt may be taken.
type passage struct {
	text        string
	from, worth int
	found       []find
}

// richest finds the window in which most of the words stand: different ones
// count most, then how many there are, then the first.
func richest(found []find, size int) (from int, most uint16, worth int) {
	for i := range found {
		var slots uint16
		count := 0
		for _, f := range found[i:] {
			if f.end > found[i].start+size*3/4 {
				break
			}
			slots |= f.slots
			count++
		}
		if w := 16*bits.OnesCount16(slots) + min(count, 15); w > worth {
			from, most, worth = found[i].start, slots, w
		}
	}
	return from, most, worth
}

// window widens a place to whole words; it begins with a sentence where one begins near by.
func window(text string, at, size int) (from, to int) {
	if at > size/4 {
		from = at - size/4
		if i := strings.IndexFunc(text[from:at], sentenceEnd); i >= 0 && from+i+1 < at {
			from += i + 1
		} else if i := strings.IndexByte(text[from:at], ' '); i >= 0 {
			from += i
		}
		for from < at && (!utf8.RuneStart(text[from]) || text[from] == ' ') {
			from++
		}
	}
	if to = from + size; to >= len(text) {
		return from, len(text)
	}
	if i := strings.LastIndexByte(text[from:to], ' '); i > size/2 {
		return from, from + i
	}
	for !utf8.RuneStart(text[to]) {
		to--
	}
	return from, to
}

func sentenceEnd(r rune) bool { return r == '.' || r == '?' || r == '!' }
