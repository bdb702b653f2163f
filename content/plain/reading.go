package plain

import "sort"

// unitKind says what a piece of prose is on the page.
type unitKind uint8

const (
	unitParagraph unitKind = iota
	unitHeading
	unitItem
	unitQuote
	unitCell
)

// unit is one piece of prose: its end ends a sentence.
type unit struct {
	kind       unitKind
	start, end int32 // in reading.text
}

// piece maps a run of visible text to the source: byte for byte when both
// lengths agree, else (an entity, say) as a whole.
type piece struct {
	text, textLen int32
	src, srcLen   int32
}

// reading is what a reader sees of one chunk, aligned with its source. All
// offsets into the source count from the start of the chunk.
type reading struct {
	text   []byte
	pieces []piece
	units  []unit
	links  []span // visible text that is a link
}

type span struct{ start, end int32 }

// toSource turns a span of visible text into the span of source that marks it.
func (r *reading) toSource(start, end int32) (int32, int32) {
	if len(r.pieces) == 1 && r.pieces[0].textLen == r.pieces[0].srcLen {
		shift := r.pieces[0].src - r.pieces[0].text
		return start + shift, end + shift
	}
	return r.sourceAt(start, false), r.sourceAt(end-1, true)
}

// sourceAt maps one visible byte; after asks for the place behind it.
func (r *reading) sourceAt(at int32, after bool) int32 {
	i := sort.Search(len(r.pieces), func(i int) bool {
		return r.pieces[i].text+r.pieces[i].textLen > at
	})
	if i == len(r.pieces) {
		return r.lastSource()
	}
	p := r.pieces[i]
	if p.textLen != p.srcLen {
		if after {
			return p.src + p.srcLen
		}
		return p.src
	}
	pos := p.src + max(at-p.text, 0)
	if after {
		pos++
	}
	return pos
}

func (r *reading) lastSource() int32 {
	if len(r.pieces) == 0 {
		return 0
	}
	p := r.pieces[len(r.pieces)-1]
	return p.src + p.srcLen
}

// inLink says that the visible span lies in a link's text.
func (r *reading) inLink(start, end int32) bool {
	for _, l := range r.links {
		if l.start <= start && end <= l.end {
			return true
		}
	}
	return false
}

// add appends source text that is seen as it stands, dropping what has no width
// and making line breaks blanks.
func (r *reading) add(src string, from, to int) {
	run := from
	for i := from; i < to; {
		n, keep := visible(src, i)
		if keep {
			i += n
			continue
		}
		r.copy(src, run, i)
		i += n
		run = i
	}
	r.copy(src, run, to)
}

func (r *reading) copy(src string, from, to int) {
	if from >= to {
		return
	}
	at := int32(len(r.text))
	r.text = append(r.text, src[from:to]...)
	for i := at; i < int32(len(r.text)); i++ {
		if c := r.text[i]; c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f' {
			r.text[i] = ' '
		}
	}
	if n := len(r.pieces); n > 0 {
		last := &r.pieces[n-1]
		if last.textLen == last.srcLen && last.text+last.textLen == at && last.src+last.srcLen == int32(from) {
			last.textLen += int32(to - from)
			last.srcLen += int32(to - from)
			return
		}
	}
	r.pieces = append(r.pieces, piece{at, int32(to - from), int32(from), int32(to - from)})
}

// replace appends visible text that stands for a whole run of source.
func (r *reading) replace(text string, from, to int) {
	at := int32(len(r.text))
	r.text = append(r.text, text...)
	r.pieces = append(r.pieces, piece{at, int32(len(text)), int32(from), int32(to - from)})
}

// visible reports the length of the rune at i and whether it has a width. Soft
// hyphens, joiners, marks of direction and byte order marks are in no word.
func visible(src string, i int) (n int, keep bool) {
	c := src[i]
	if c < 0xC2 || c > 0xEF || c > 0xC2 && c < 0xE2 {
		return 1, true
	}
	if c == 0xC2 {
		return 2, src[i+1] != 0xAD
	}
	if c == 0xE2 && len(src) > i+2 {
		b, d := src[i+1], src[i+2]
		switch {
		case b == 0x80 && d >= 0x8B && d <= 0x8F, b == 0x80 && d >= 0xAA && d <= 0xAE, b == 0x81 && d >= 0xA0 && d <= 0xAF:
			return 3, false
		}
	}
	if c == 0xEF && len(src) > i+2 && src[i+1] == 0xBB && src[i+2] == 0xBF {
		return 3, false
	}
	return 1, true
}

// seen says that what an entity stands for has a width.
func seen(sign string) bool {
	if sign == "" {
		return false
	}
	_, keep := visible(sign, 0)
	return keep
}

// open begins a unit and returns its start; a line break keeps units apart.
func (r *reading) open() int32 {
	if len(r.text) > 0 {
		r.text = append(r.text, '\n')
	}
	return int32(len(r.text))
}

// close ends the unit that began at start; an empty one is dropped.
func (r *reading) close(kind unitKind, start int32) {
	end := int32(len(r.text))
	for end > start && r.text[end-1] == ' ' {
		end--
	}
	for start < end && r.text[start] == ' ' {
		start++
	}
	if start < end {
		r.units = append(r.units, unit{kind, start, end})
	}
}
