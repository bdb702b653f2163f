package diff

import (
	"strings"
	"unicode/utf8"
)

// hunk is one edit: old[a0:a1] became new[b0:b1]. Between two hunks the texts are
// equal. It holds places and not text, so that growing one costs nothing.
type hunk struct {
	a0, a1, b0, b1 int
	words          int // words of the longer side
}

// comparison is two texts and the edits between them.
type comparison struct {
	old, new string
	hunks    []hunk
}

// tidy makes a comparison readable.
func (c *comparison) tidy() {
	for i := range c.hunks {
		h := &c.hunks[i]
		h.words = max(countWords(c.old[h.a0:h.a1]), countWords(c.new[h.b0:h.b1]))
	}
	c.dropScraps()
	for i := range c.hunks {
		c.trim(&c.hunks[i])
	}
	c.slide()
}

// dropScraps gives to both sides what happens to be equal in the midst of a
// rewritten passage: shown as equal, it would only break the passage up.
func (c *comparison) dropScraps() {
	var kept []hunk
	for _, h := range c.hunks {
		for n := len(kept); n > 0 && c.isScrap(kept[n-1], h); n = len(kept) {
			last := kept[n-1]
			kept = kept[:n-1]
			h = hunk{last.a0, h.a1, last.b0, h.b1, last.words + h.words}
		}
		kept = append(kept, h)
	}
	c.hunks = kept
}

// isScrap says whether what is equal between two edits is not worth showing: nothing
// but space between words that were replaced, or one short word between longer edits.
func (c *comparison) isScrap(last, next hunk) bool {
	equal := c.old[last.a1:next.a0]
	if utf8.RuneCountInString(equal) > 12 || strings.Contains(equal, "\n") {
		return false
	}
	switch countWords(equal) {
	case 0: // two insertions apart by a space are two; replaced neighbours are one
		return last.replaces() || next.replaces()
	case 1:
		return last.words >= 2 && next.words >= 2
	}
	return false
}

func (h hunk) replaces() bool { return h.a0 < h.a1 && h.b0 < h.b1 }

// trim gives back to the equal text what both sides begin or end with.
func (c *comparison) trim(h *hunk) {
	x, y := tokens(c.old[h.a0:h.a1]), tokens(c.new[h.b0:h.b1])
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		h.a0, h.b0 = h.a0+len(x[0]), h.b0+len(x[0])
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		size := len(x[len(x)-1])
		h.a1, h.b1 = h.a1-size, h.b1-size
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
}

// slide moves an insertion or deletion over a space, so that it begins with its
// word: "{+new +}word" and not "{+ new+} word".
func (c *comparison) slide() {
	for i := range c.hunks {
		h := &c.hunks[i]
		end := len(c.old)
		if i+1 < len(c.hunks) {
			end = c.hunks[i+1].a0
		}
		text := c.old[h.a0:h.a1] + c.new[h.b0:h.b1]
		if h.replaces() || text == "" {
			continue
		}
		space := text[:tokenSize(text)]
		behind := c.old[h.a1:end]
		if strings.TrimSpace(space) == "" && len(behind) > len(space) && strings.HasPrefix(behind, space) &&
			tokenSize(behind) == len(space) && len(text) > len(space) {
			n := len(space)
			h.a0, h.a1, h.b0, h.b1 = h.a0+n, h.a1+n, h.b0+n, h.b1+n
		}
	}
}

// segments writes the comparison out.
func (c *comparison) segments() []Segment {
	var list []Segment
	at := 0
	for _, h := range c.hunks {
		if h.a0 == h.a1 && h.b0 == h.b1 { // trim found both sides equal
			continue
		}
		list = join(list, Equal, c.old[at:h.a0])
		list = join(list, Delete, c.old[h.a0:h.a1])
		list = join(list, Insert, c.new[h.b0:h.b1])
		at = h.a1
	}
	return join(list, Equal, c.old[at:])
}
