package markdown

import (
	"strings"
)

// node is a piece of running text: Markdown as it stands, or an element.
type node struct {
	tag      tag
	text     string
	source   string // the start tag as written
	children []*node
	closed   bool
}

// inline converts the HTML in running Markdown; what is not HTML stays as it is.
// Line breaks come out as c.br.
func (c *importer) inline(text string) string {
	var b strings.Builder
	c.render(&b, c.tree(text))
	return c.release(b.String())
}

// maxOpen bounds how deep elements nest; deeper ones are taken as never closed.
const maxOpen = 128

// tree matches start and end tags. An element without its end marks nothing; what
// it holds shows as it stands.
func (c *importer) tree(text string) []*node {
	root := &node{}
	open := []*node{root}
	count := map[string]int{}
	for _, n := range c.tokens(text) {
		top := open[len(open)-1]
		switch {
		case n.tag.end && count[n.tag.name] == 0:
			c.report.count(n.tag.name)
		case n.tag.end:
			open = closeTo(open, n.tag.name, count)
		default:
			top.children = append(top.children, n)
			if n.tag.name != "" && !isVoid(n.tag.name) && len(open) < maxOpen {
				open = append(open, n)
				count[n.tag.name]++
			}
		}
	}
	return root.children
}

// closeTo closes the innermost element of the name and forgets those within it.
func closeTo(open []*node, name string, count map[string]int) []*node {
	for {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		count[last.tag.name]--
		if last.tag.name == name {
			last.closed = true
			return open
		}
	}
}

// tokens cuts running Markdown into text and tags. Code spans, addresses in angle
// brackets and escaped signs are text.
func (c *importer) tokens(text string) []*node {
	var list []*node
	start := 0 // of the text that is not yet in the list
	add := func(from, to int, n *node) {
		if from > start {
			list = append(list, &node{text: text[start:from]})
		}
		if n != nil {
			list = append(list, n)
		}
		start = to
	}
	// Known ends spare a search to the end of the text for each "<" of an attack.
	lastEnd, lastComment := strings.LastIndexByte(text, '>'), strings.LastIndex(text, "-->")
	for i := 0; i < len(text); {
		if size := plainSize(text, i); size > 0 {
			i += size
			continue
		}
		if i > lastEnd {
			break
		}
		n, size := c.angle(text[i:], i <= lastComment)
		if size > 0 {
			add(i, i+size, n)
		}
		i += max(size, 1)
	}
	add(len(text), len(text), nil)
	return list
}

// angle reads what a "<" begins: a comment, which leaves nothing, a tag, or a word
// that the parser would take for a tag. The size is 0 where it is just a "<".
func (c *importer) angle(s string, comments bool) (n *node, size int) {
	if comments {
		if size := commentSize(s); size > 0 {
			c.report.Comments++
			return nil, size
		}
	}
	if t, ok := readTag(s); ok {
		t.end = t.end && t.name != "br" // browsers read </br> as <br>
		return &node{tag: t, source: s[:t.size]}, t.size
	}
	if opensTag(s) {
		c.report.Placeholders++
		return &node{text: `\<`}, 1
	}
	return nil, 0
}

// plainSize is the length of what stands at i and surely is no tag, 0 at a "<" that
// may be one.
func plainSize(text string, i int) int {
	switch text[i] {
	case '\\':
		return min(2, len(text)-i)
	case '`':
		run := len(text[i:]) - len(strings.TrimLeft(text[i:], "`"))
		if end := strings.Index(text[i+run:], text[i:i+run]); end >= 0 {
			return 2*run + end
		}
		return run
	case '<':
		if size := bracketedAddress(text, i); size > 0 {
			return size
		}
		return autolinkSize(text[i:])
	}
	if next := strings.IndexAny(text[i:], "\\`<"); next >= 0 {
		return next
	}
	return len(text) - i
}

// bracketedAddress is the length of the "<...>" in "[text](<...>)" or "[label]: <...>".
func bracketedAddress(text string, i int) int {
	before := strings.TrimRight(text[:i], " \t")
	if !strings.HasSuffix(before, "](") && !strings.HasSuffix(before, "]:") {
		return 0
	}
	end := strings.IndexAny(text[i:min(len(text), i+maxTag)], ">\n")
	if end < 0 || text[i+end] != '>' {
		return 0
	}
	return end + 1
}

func commentSize(s string) int {
	switch {
	case !strings.HasPrefix(s, "<!--"):
		return 0
	case strings.HasPrefix(s, "<!-->"), strings.HasPrefix(s, "<!--->"): // to browsers, whole comments
		return strings.IndexByte(s, '>') + 1
	}
	if end := strings.Index(s[4:], "-->"); end >= 0 {
		return 4 + end + 3
	}
	return 0
}

// autolinkSize is the length of "<https://...>" or "<name@host>" as the parser reads it.
func autolinkSize(s string) int {
	end := strings.IndexAny(s[1:], "> \t\r\n\"'<")
	if end <= 0 || s[1+end] != '>' {
		return 0
	}
	inside := s[1 : 1+end]
	scheme := strings.IndexFunc(inside, func(r rune) bool {
		return r >= 0x80 || !isAlnum(byte(r)) && r != '.' && r != '+' && r != '-'
	})
	if scheme <= 0 || !isAlnum(inside[0]) {
		return 0
	}
	switch inside[scheme] {
	case ':':
		if scheme+1 == len(inside) {
			return 0
		}
	case '@':
		address := func(r rune) bool {
			return r < 0x80 && (isAlnum(byte(r)) || r == '-' || r == '.' || r == '_')
		}
		if strings.IndexFunc(inside[scheme+1:], func(r rune) bool { return !address(r) }) >= 0 {
			return 0
		}
	default:
		return 0
	}
	return end + 2
}

// opensTag says whether the parser would take the "<" for the start of a tag and
// leave out all up to the next ">": it does so before any letter or digit.
func opensTag(s string) bool {
	rest := strings.TrimPrefix(s[1:], "/")
	return rest != "" && isAlnum(rest[0])
}
