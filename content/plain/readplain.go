package plain

import "strings"

// markup marks the bytes that may mean something to the Markdown parser. A
// chunk without them reads as it stands.
var markup = [256]bool{'*': true, '_': true, '~': true, '`': true, '[': true, '<': true, '\\': true, '&': true, '|': true, '^': true}

// readPlain reads a chunk that needs no parser: a heading, or a paragraph or
// list item without any mark-up. It reports false where the parser must look.
func readPlain(r *reading, src string) bool {
	kind, body := unitParagraph, 0
	indent, tab := indentOf(src)
	if indent > 3 || tab {
		return false
	}
	first := src[indent:lineEnd(src, indent)]
	switch {
	case headingMark(first) > 0 && indent == 0:
		kind, body = unitHeading, headingMark(first)
		if strings.ContainsAny(first[body:], "#") {
			return false
		}
	case itemMark(first) > 0:
		kind, body = unitItem, indent+itemMark(first)
	}
	if !plainInline(src[body:]) || !plainLines(src, body) {
		return false
	}
	at := r.open()
	r.add(src, body, len(src))
	r.close(kind, at)
	return true
}

// plainInline says that nothing in the text triggers an inline parser.
func plainInline(s string) bool {
	for i := range len(s) {
		c := s[i]
		if markup[c] {
			return false
		}
		if c == ':' && (strings.HasPrefix(s[i:], "://") || i >= 6 && strings.EqualFold(s[i-6:i], "mailto")) {
			return false
		}
	}
	return true
}

// plainLines says that no line from body on begins a block of another kind.
func plainLines(src string, body int) bool {
	pos := body
	for line := 0; pos < len(src); line++ {
		end := lineEnd(src, pos)
		text := src[pos:end]
		indent, tab := indentOf(text)
		if indent > 3 && line > 0 || tab || startsBlock(text[min(indent, len(text)):]) {
			return false
		}
		pos = end
	}
	return true
}

// startsBlock says that a line, its indentation taken off, may begin a block.
func startsBlock(line string) bool {
	if line == "" {
		return false
	}
	switch line[0] {
	case '#', '>', '=', '-', '+', '.', '\r', '\n':
		return true
	}
	return itemMark(line) > 0
}
