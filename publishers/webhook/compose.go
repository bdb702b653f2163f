package webhook

import (
	"strings"
	"unicode/utf8"

	"klartext/content"
	"klartext/publishers/posttext"
)

// Compose makes the text; there is no limit, and an @ calls nobody.
func (d *Driver) Compose(_ content.Account, post content.Post) content.Composed {
	text := strings.TrimSpace(post.Text)
	if post.Link {
		text = posttext.WithPermalink(text, post.Permalink)
	}
	c := content.Composed{Text: text, Permalink: post.Permalink, Length: utf8.RuneCountInString(text)}
	if len(post.Media) > 0 {
		c.Warnings = append(c.Warnings, content.Reason{Code: content.CodeWarnMedia})
	}
	return c
}
