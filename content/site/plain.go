package site

import (
	"html"
	"strings"
)

// Plain takes the tags out of stored HTML. The renderer made it, so that every
// "<" begins a tag; a block's end becomes a blank, so that words stay apart.
func Plain(stored string) string {
	var out strings.Builder
	out.Grow(len(stored))
	blank := true // at the beginning none is written
	for i := 0; i < len(stored); i++ {
		switch c := stored[i]; c {
		case '<':
			end := strings.IndexByte(stored[i:], '>')
			if end < 0 {
				return html.UnescapeString(out.String())
			}
			if !blank && !inline(stored[i+1:i+end]) {
				out.WriteByte(' ')
				blank = true
			}
			i += end
		case ' ', '\n', '\t':
			if !blank {
				out.WriteByte(' ')
				blank = true
			}
		default:
			out.WriteByte(c)
			blank = false
		}
	}
	return html.UnescapeString(strings.TrimSuffix(out.String(), " "))
}

// inline is whether a tag stands inside of a line of words.
func inline(tag string) bool {
	name := strings.TrimPrefix(tag, "/")
	if i := strings.IndexAny(name, " /"); i >= 0 {
		name = name[:i]
	}
	switch name {
	case "a", "em", "strong", "code", "b", "i", "del", "ins", "sub", "sup", "span":
		return true
	}
	return false
}
