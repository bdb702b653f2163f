package search

import (
	"maps"
	"slices"
	"strings"
)

// Doc is one thing that can be found.
type Doc struct {
	ID     string
	Fields []Field // the first is what the document is called
}

// Field is a part of a Doc. A word in a field of weight 5 says as much as five in one of weight 1.
type Field struct {
	Text   string
	Weight float32
}

// Index finds documents of one language. It never changes: With makes the next one and shares what was not touched.
type Index struct {
	rules   *rules
	docs    []doc  // by number; those that were taken out have no id
	sizes   []size // of the same, packed, because every posting leads there
	numbers map[string]int32
	free    []int32
	words   []word   // every form that was ever met; those that no document has any more count for nothing
	letters []uint32 // which letters each of them has, packed, because every query runs through all
	wordIDs map[string]uint32
	terms   []term // stems
	termIDs map[string]uint32
	length  float64 // of all documents together
}

type doc struct {
	id    string
	title float32  // words in the first field
	words []uint32 // each once
}

type size struct {
	length float32
	called float32 // what a word of the first field weighs
}

type word struct {
	text string // folded
	term uint32
	docs int32
}

type term struct {
	stem     string
	postings []posting
}

// posting says how much a document speaks of a term.
type posting struct {
	doc    int32
	weight float32
}

// New is an empty index. lang is what BCP 47 calls the language.
func New(lang string) *Index {
	return &Index{rules: newRules(lang), numbers: map[string]int32{}, wordIDs: map[string]uint32{}, termIDs: map[string]uint32{}}
}

// Len is how many documents there are.
func (x *Index) Len() int { return len(x.numbers) }

// With is the index after documents were put in, each in the place of one with
// the same ID, and others taken out. It gives the same answers as an index made
// of the same documents at once.
func (x *Index) With(put []Doc, gone []string) *Index {
	if len(put) == 0 && len(gone) == 0 {
		return x
	}
	next := *x
	next.docs, next.sizes, next.numbers, next.free = slices.Clone(x.docs), slices.Clone(x.sizes), maps.Clone(x.numbers), slices.Clone(x.free)
	next.words, next.letters, next.terms = slices.Clone(x.words), slices.Clone(x.letters), slices.Clone(x.terms)
	next.wordIDs, next.termIDs = maps.Clone(x.wordIDs), maps.Clone(x.termIDs)
	b := builder{Index: &next, shared: uint32(len(x.terms)), own: map[uint32]bool{}, count: map[uint32]float32{}}
	for _, id := range gone {
		b.take(id)
	}
	for _, d := range put {
		b.take(d.ID)
		b.put(d)
	}
	return &next
}

// builder fills an index that nobody reads yet.
type builder struct {
	*Index
	shared uint32          // terms below this number lie in an older index too
	own    map[uint32]bool // and of those, these have been copied
	buffer []byte
	count  map[uint32]float32 // word -> its weight in the document at hand
}

func (b *builder) put(d Doc) {
	clear(b.count)
	made, much := doc{id: d.ID}, size{}
	for i, field := range d.Fields {
		clauses := b.rules.clauses(field.Text, func(verb apart) { b.count[b.word([]byte(verb.whole))] += field.Weight })
		eachWord(field.Text, func(text string, at span) {
			clauses.add(text, at)
			b.buffer = fold(b.buffer[:0], text, b.rules.lang == "de")
			if len(b.buffer) == 0 || b.rules.stop[string(b.buffer)] {
				return
			}
			b.count[b.word(b.buffer)] += field.Weight
			much.length++
		})
		clauses.end()
		if i == 0 {
			made.title, much.called = float32(len(b.count)), field.Weight
		}
	}
	made.words = slices.Sorted(maps.Keys(b.count))
	n := b.number(d.ID)
	b.docs[n], b.sizes[n] = made, much
	b.length += float64(much.length)
	for _, w := range made.words {
		b.words[w].docs++
		b.post(b.words[w].term, n, b.count[w])
	}
}

func (b *builder) number(id string) int32 {
	n := int32(len(b.docs))
	if last := len(b.free) - 1; last >= 0 {
		n, b.free = b.free[last], b.free[:last]
	} else {
		b.docs, b.sizes = append(b.docs, doc{}), append(b.sizes, size{})
	}
	b.numbers[id] = n
	return n
}

func (b *builder) word(folded []byte) uint32 {
	if id, known := b.wordIDs[string(folded)]; known {
		return id
	}
	text := string(folded)
	id := uint32(len(b.words))
	b.wordIDs[text] = id
	b.words = append(b.words, word{text: text, term: b.term(b.rules.stemWord(text))})
	b.letters = append(b.letters, letters(text))
	return id
}

func (b *builder) term(stem string) uint32 {
	if id, known := b.termIDs[stem]; known {
		return id
	}
	id := uint32(len(b.terms))
	b.termIDs[stem] = id
	b.terms = append(b.terms, term{stem: stem})
	return id
}

// post adds to the weight of a term in a document. Postings are sorted by document.
func (b *builder) post(t uint32, n int32, weight float32) {
	list := b.owned(t)
	at, found := slices.BinarySearchFunc(list, n, func(p posting, n int32) int { return int(p.doc - n) })
	if found {
		list[at].weight += weight
		return
	}
	b.terms[t].postings = slices.Insert(list, at, posting{n, weight})
}

// owned is the list of a term that may be written to.
func (b *builder) owned(t uint32) []posting {
	if t < b.shared && !b.own[t] {
		b.own[t] = true
		b.terms[t].postings = slices.Clone(b.terms[t].postings)
	}
	return b.terms[t].postings
}

func (b *builder) take(id string) {
	n, there := b.numbers[id]
	if !there {
		return
	}
	old := b.docs[n]
	for _, w := range old.words {
		b.words[w].docs--
		list := b.owned(b.words[w].term)
		if at, found := slices.BinarySearchFunc(list, n, func(p posting, n int32) int { return int(p.doc - n) }); found {
			b.terms[b.words[w].term].postings = slices.Delete(list, at, at+1)
		}
	}
	delete(b.numbers, id)
	b.length -= float64(b.sizes[n].length)
	b.docs[n], b.sizes[n] = doc{}, size{}
	b.free = append(b.free, n)
}

// stem is the term of a folded word, where any document has it.
func (x *Index) stem(stem string) (uint32, bool) {
	id, known := x.termIDs[stem]
	return id, known && len(x.terms[id].postings) > 0
}

// has is whether any document has the word in this form.
func (x *Index) has(folded string) bool {
	id, known := x.wordIDs[folded]
	return known && x.words[id].docs > 0
}

// knows is whether any document has the word in any form.
func (x *Index) knows(folded string) bool {
	_, live := x.stem(x.rules.stemWord(folded))
	return live || x.has(folded)
}

// letters is a set of the letters and digits of a word, to rule words out fast.
func letters(s string) uint32 {
	var set uint32
	for i := range len(s) {
		switch b := s[i]; {
		case b >= 'a' && b <= 'z':
			set |= 1 << (b - 'a')
		case b >= '0' && b <= '9':
			set |= 1 << (26 + b%5)
		default:
			set |= 1 << 31
		}
	}
	return set
}

// Has is whether there is a document with this id.
func (x *Index) Has(id string) bool {
	_, there := x.numbers[id]
	return there
}

// Below are the ids of the documents that begin with a prefix.
func (x *Index) Below(prefix string) []string {
	var found []string
	for n := range x.docs {
		if strings.HasPrefix(x.docs[n].id, prefix) {
			found = append(found, x.docs[n].id)
		}
	}
	return found
}
