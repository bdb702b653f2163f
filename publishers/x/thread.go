package x

import "klartext/content"

// threadWarnings says that X may refuse a part that answers another: whether it
// takes replies to one's own posts is documented nowhere.
func threadWarnings(post content.Post) []content.Reason {
	if post.Part == 0 {
		return nil
	}
	return []content.Reason{{Code: content.CodeWarnThread}}
}
