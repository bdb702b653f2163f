package plain

import "strings"

// fenceEnd returns the end of the fenced code block whose first line's content
// is open and whose second line begins at next, or 0 when no line closes it:
// then the fence is ordinary text, for the parser as for us.
func (s *splitter) fenceEnd(open string, next int) int {
	n := 0
	for n < len(open) && open[n] == open[0] {
		n++
	}
	if n < 3 {
		return 0
	}
	marker := open[:n]
	if c, seen := s.closed[marker]; seen && c.at < 0 {
		return 0
	}
	for pos := next; pos < len(s.src); {
		end := lineEnd(s.src, pos)
		line := strings.TrimRight(s.src[pos:end], " \r\n")
		if indent, _ := indentOf(line); indent <= 3 && line[indent:] == marker {
			return end
		}
		pos = end
	}
	s.remember(marker, closing{at: -1})
	return 0
}

// blockTags are the elements that open a block of raw HTML.
var blockTags = map[string]bool{
	"blockquote": true, "del": true, "dd": true, "div": true, "dl": true, "dt": true, "fieldset": true, "form": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "iframe": true, "ins": true, "li": true,
	"math": true, "noscript": true, "ol": true, "pre": true, "p": true, "script": true, "style": true, "table": true,
	"ul": true, "address": true, "article": true, "aside": true, "canvas": true, "details": true, "dialog": true,
	"figcaption": true, "figure": true, "footer": true, "header": true, "hgroup": true, "main": true, "nav": true,
	"output": true, "progress": true, "section": true, "video": true,
}

// htmlEnd returns the end of the raw HTML block at pos, or 0 when there is none.
func (s *splitter) htmlEnd(pos int) int {
	rest := s.src[pos+1:]
	if strings.HasPrefix(rest, "!--") {
		return s.closedBy("-->", pos)
	}
	n := 0
	for n < len(rest) && isAlnum(rest[n]) {
		n++
	}
	tag := rest[:n]
	if !blockTags[tag] || tag == "ins" || tag == "del" {
		return 0
	}
	return s.closedBy("</"+tag+">", pos)
}

// closing is where a marker is next closed: at is the marker's place (-1: never
// again), end the end of the block (0: the marker closes nothing).
type closing struct{ at, end int }

// closedBy finds the mark that ends an HTML block: alone at the end of its line
// and followed by a blank line or the end of the text. What was found is kept,
// so that a thousand open tags do not search the text a thousand times.
func (s *splitter) closedBy(mark string, pos int) int {
	if c, seen := s.closed[mark]; seen && (c.at < 0 || c.at > pos) {
		return c.end
	}
	c := s.findClosing(mark, pos)
	s.remember(mark, c)
	return c.end
}

func (s *splitter) findClosing(mark string, from int) closing {
	for {
		i := strings.Index(s.src[from:], mark)
		if i < 0 {
			return closing{at: -1}
		}
		at := from + i
		from = at + len(mark)
		end := lineEnd(s.src, from)
		alone := isBlank(s.src[from:end])
		if mark == "-->" {
			if !alone {
				end = 0
			}
			return closing{at, end}
		}
		if alone && (end == len(s.src) || isBlank(s.src[end:lineEnd(s.src, end)])) {
			return closing{at, end}
		}
	}
}

func (s *splitter) remember(mark string, c closing) {
	if s.closed == nil {
		s.closed = map[string]closing{}
	}
	s.closed[mark] = c
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
