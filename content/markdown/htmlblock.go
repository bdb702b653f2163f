package markdown

import (
	"html"
	"strings"
)

// convertBlock converts the HTML block that begins at a line and returns the line
// to go on with.
func (c *importer) convertBlock(i int) int {
	rest := c.rest(i)
	size := c.blockSize(rest)
	margin := strings.Repeat(" ", indent(c.lines[i]))
	converted := c.library.block(c.prepare(rest[:size]))
	next := c.consume(i, size)
	if converted == "" {
		return next
	}
	c.endParagraph()
	for line := range strings.Lines(converted) {
		c.out.WriteString(margin + line)
	}
	c.out.WriteString("\n")
	if next < len(c.lines) && !isBlank(c.lines[next]) {
		c.out.WriteString("\n")
	}
	return next
}

// endParagraph sees to a blank line before what comes next.
func (c *importer) endParagraph() {
	text := c.out.String()
	switch {
	case text == "" || strings.HasSuffix(text, "\n\n"):
	case strings.HasSuffix(text, "\n"):
		c.out.WriteString("\n")
	default:
		c.out.WriteString("\n\n")
	}
}

// blockSize is the length of the element at the start of s: to its end tag, which a
// table or a list may have behind blank lines. An element that does not end in its
// paragraph holds Markdown; of it only the first paragraph is taken.
func (c *importer) blockSize(s string) int {
	first, _ := readTag(s)
	if isVoid(first.name) {
		return first.size
	}
	limit := len(s)
	if at := strings.Index(s, "\n\n"); at >= 0 {
		limit = at
	}
	paragraph := max(limit, first.size)
	kind := kindOf(first.name)
	if (kind == structural || kind == hidden) && c.budget > 0 {
		limit = len(s)
	}
	if size := elementSize(s[:limit], first); size > 0 {
		return size
	}
	c.budget -= limit
	return paragraph
}

// elementSize is the length of the element with its end tag, 0 without one.
func elementSize(s string, first tag) int {
	depth := 1
	lastComment := strings.LastIndex(s, "-->")
	for i := first.size; i < len(s); {
		at := strings.IndexByte(s[i:], '<')
		if at < 0 {
			return 0
		}
		i += at
		t, ok := readTag(s[i:])
		switch {
		case i < lastComment && commentSize(s[i:]) > 0:
			i += commentSize(s[i:])
			continue
		case !ok || kindOf(first.name) == hidden && !(t.end && t.name == first.name):
			i++
			continue
		case t.name == first.name && t.end:
			depth--
		case t.name == first.name:
			depth++
		}
		i += t.size
		if depth == 0 {
			return i
		}
	}
	return 0
}

// prepare counts what is in a piece of HTML and writes the words in angle brackets
// that are no HTML so that the parser keeps them.
func (c *importer) prepare(piece string) string {
	var b strings.Builder
	lastComment := strings.LastIndex(piece, "-->")
	for i := 0; i < len(piece); {
		rest := piece[i:]
		t, ok := readTag(rest)
		switch {
		case rest[0] != '<':
			end := strings.IndexByte(rest, '<')
			if end < 0 {
				end = len(rest)
			}
			b.WriteString(rest[:end])
			i += end
		case i < lastComment && commentSize(rest) > 0:
			c.report.Comments++
			i += commentSize(rest)
		case ok:
			if !t.end {
				c.report.count(t.name)
			}
			b.WriteString(rest[:t.size])
			i += t.size
		case autolinkSize(rest) > 0:
			size := autolinkSize(rest)
			b.WriteString(html.EscapeString(rest[1 : size-1]))
			i += size
		default:
			if opensTag(rest) {
				c.report.Placeholders++
			}
			b.WriteString("&lt;")
			i++
		}
	}
	return b.String()
}
