package posttext

import (
	"strings"

	"klartext/content"
)

// Whole is the text of a post with all that stands below its words: the permalink where the post has a link, and the
// change's short reference, each on a line of its own. Nothing is ever cut to make room.
func Whole(words string, post content.Post) string {
	text := strings.TrimSpace(words)
	if post.Link {
		text = WithPermalink(text, post.Permalink)
	}
	reference := strings.TrimSpace(post.Reference)
	switch {
	case reference == "":
		return text
	case text == "":
		return mark + reference
	case post.Link && post.Permalink != "":
		return text + "\n" + mark + reference
	}
	return text + "\n\n" + mark + reference
}

// mark stands before the reference, so that readers see what the letters are.
const mark = "ref "

// Pictures warns where a post has more pictures than its network takes.
func Pictures(n, limit int) []content.Reason {
	switch {
	case n <= limit:
		return nil
	case limit == 0:
		return []content.Reason{{Code: content.CodeWarnMedia}}
	}
	return []content.Reason{{Code: content.CodeWarnPictures, Args: content.Args{"Limit": limit}}}
}
