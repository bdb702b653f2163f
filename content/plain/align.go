package plain

import (
	"html"
	"strings"
)

// literal finds a leaf's text in the source from the cursor on, tells it if it is prose,
// and moves behind it. Text that cannot be found (the parser made it up from something else) is told
// as standing for nothing: it is counted, but nothing in it can be marked wrongly.
func (w *walker) literal(lit []byte, prose bool) {
	if len(lit) == 0 {
		return
	}
	if w.atCursor(lit, prose) {
		return
	}
	for from := w.cur; from < min(len(w.src), w.cur+searchWindow); from++ {
		if end := w.match(from, lit); end > 0 {
			if prose {
				w.tell(from, end)
			}
			w.cur = end
			return
		}
	}
	if prose {
		w.replace(string(lit), w.cur, w.cur)
	}
}

// searchWindow bounds how far ahead a leaf is looked for. Between two leaves
// there is only mark-up; the longest is an address.
const searchWindow = 8192

// atCursor handles the leaves that differ from what is written: an escaped
// sign and an entity, which may have been decoded.
func (w *walker) atCursor(lit []byte, prose bool) bool {
	if w.cur+1 >= len(w.src) {
		return false
	}
	var end int
	switch rest := w.src[w.cur:]; rest[0] {
	case '\\':
		if len(lit) != 1 || rest[1] != lit[0] {
			return false
		}
		w.cur++
		end = w.cur + 1
	case '&':
		i := strings.IndexByte(rest[:min(len(rest), 40)], ';')
		if i < 0 || rest[:i+1] != string(lit) && html.UnescapeString(rest[:i+1]) != string(lit) {
			return false
		}
		end = w.cur + i + 1
	default:
		return false
	}
	if prose {
		w.tell(w.cur, end)
	}
	w.cur = end
	return true
}

// match compares a leaf with the source at from and returns its end there, or
// 0. At a line break the source may have a carriage return before it, and
// indentation and quote marks after it, that the parser has taken off.
func (w *walker) match(from int, lit []byte) int {
	i := from
	for j := range lit {
		if i >= len(w.src) {
			if lit[j] == '\n' && j == len(lit)-1 {
				return i
			}
			return 0
		}
		if lit[j] == '\n' {
			next, ok := lineBreakAt(w.src, i)
			if !ok {
				return 0
			}
			i = next
			if j+1 < len(lit) {
				i = skipPrefix(w.src, i, lit[j+1])
			}
			continue
		}
		if w.src[i] != lit[j] {
			return 0
		}
		i++
	}
	return i
}

func lineBreakAt(src string, i int) (next int, ok bool) {
	switch {
	case src[i] == '\n':
		return i + 1, true
	case src[i] == '\r' && i+1 < len(src) && src[i+1] == '\n':
		return i + 2, true
	case src[i] == '\r':
		return i + 1, true
	}
	return 0, false
}

func skipPrefix(src string, i int, want byte) int {
	for i < len(src) && src[i] != want && (src[i] == ' ' || src[i] == '\t' || src[i] == '>') {
		i++
	}
	return i
}

// tell adds source text to the reading, without the marks of quotes and
// indentation at the start of its lines.
func (w *walker) tell(from, end int) {
	if w.src[from] == '&' && w.src[end-1] == ';' {
		if sign := html.UnescapeString(w.src[from:end]); seen(sign) {
			w.replace(sign, from, end)
		}
		return
	}
	for pos := from; pos < end; {
		next := min(lineEnd(w.src, pos), end)
		w.add(w.src, pos, next)
		pos = next
		for pos < end && (w.src[pos] == '>' || w.src[pos] == ' ' || w.src[pos] == '\t') {
			pos++
		}
	}
}
