package search

import (
	"iter"
	"math/bits"
	"slices"
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
	var found finds
	var buffer []byte
	x := q.index
	var clauses *clauses
	if q.apart {
		clauses = x.rules.clauses(text, func(verb apart) {
			if id, known := x.wordIDs[verb.whole]; known {
				found.late(verb.rest, q.shown[x.words[id].term])
				found.late(verb.first, q.shown[x.words[id].term])
			}
		})
	}
	eachWord(text, func(word string, at span) {
		clauses.add(word, at)
		if !q.mayStart(word) {
			return
		}
		buffer = fold(buffer[:0], word, x.rules.lang == "de")
		if id, known := x.wordIDs[string(buffer)]; known {
			found.add(at, q.shown[x.words[id].term])
		}
	})
	clauses.end()
	return found.inOrder()
}

// finds are gathered as a text is read.
type finds struct {
	all   []find
	mixed bool // not in the order of the text
}

func (f *finds) late(at span, slots uint16) {
	if slots != 0 {
		f.all, f.mixed = append(f.all, find{at, slots}), true
	}
}

func (f *finds) add(at span, slots uint16) {
	switch last := len(f.all) - 1; {
	case slots == 0:
	case last >= 0 && !f.mixed && f.all[last].end >= at.start:
		// a part of a word with hyphens, or all of it
		f.all[last] = find{span{min(f.all[last].start, at.start), max(f.all[last].end, at.end)}, f.all[last].slots | slots}
	default:
		f.all = append(f.all, find{at, slots})
	}
}

func (f *finds) inOrder() []find {
	if !f.mixed {
		return f.all
	}
	slices.SortFunc(f.all, func(a, b find) int { return a.start - b.start })
	sorted := finds{}
	for _, one := range f.all {
		sorted.add(one.span, one.slots)
	}
	return sorted.all
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
