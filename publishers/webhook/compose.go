package webhook

import (
	"unicode/utf8"

	"klartext/content"
	"klartext/publishers/posttext"
)

// Compose makes the text; there is no limit, and an @ calls nobody.
func (d *Driver) Compose(_ content.Account, post content.Post) content.Composed {
	text := posttext.Whole(post.Text, post)
	c := content.Composed{Text: text, Permalink: post.Permalink, Length: utf8.RuneCountInString(text)}
	c.Warnings = posttext.Pictures(len(post.Media), 0)
	return c
}
