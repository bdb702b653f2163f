package posttext

import (
	"html"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// WithPermalink puts the permalink on a line of its own after the text, with an
// empty line before it. The permalink is never shortened, so the text must be.
func WithPermalink(text, permalink string) string {
	text = strings.TrimSpace(text)
	if text == "" || permalink == "" {
		return text + permalink
	}
	return text + "\n\n" + permalink
}

// Normal is a text as two copies of it are compared after a network has passed
// it through: composed letters, no markup entities, no invisible signs, single blanks.
func Normal(text string) string {
	text = norm.NFC.String(html.UnescapeString(text))
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\uFE0F':
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
