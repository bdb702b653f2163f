package publishertest

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// content is a text as the server's HTML.
func (m *Mastodon) content(text string) string {
	if text == "" {
		return ""
	}
	var out strings.Builder
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n"), "\n\n") {
		out.WriteString("<p>" + strings.ReplaceAll(m.linked(paragraph), "\n", "<br />") + "</p>")
	}
	return out.String()
}

func (m *Mastodon) linked(text string) string {
	var out strings.Builder
	at := 0
	for _, link := range links(text) {
		if !link.scheme {
			continue
		}
		out.WriteString(m.tagged(text[at:link.start]))
		if m.options.Kind == GoToSocial {
			out.WriteString(fullAnchor(text[link.start:link.end]))
		} else {
			out.WriteString(shortAnchor(text[link.start:link.end]))
		}
		at = link.end
	}
	out.WriteString(m.tagged(text[at:]))
	return out.String()
}

const shownLink = 30 // letters of a link that Mastodon shows

var linkPrefix = regexp.MustCompile(`(?i)^(?:https?://)?(?:www\.)?`)

// shortAnchor hides the beginning and the end of a link, as Mastodon does; both stay in the text for those who copy it.
func shortAnchor(link string) string {
	prefix := linkPrefix.FindString(link)
	rest := []rune(link[len(prefix):])
	class, tail := "", ""
	if len(rest) > shownLink {
		class, tail = "ellipsis", string(rest[shownLink:])
		rest = rest[:shownLink]
	}
	return fmt.Sprintf(`<a href="%s" target="_blank" rel="nofollow noopener noreferrer" translate="no">`+
		`<span class="invisible">%s</span><span class="%s">%s</span><span class="invisible">%s</span></a>`,
		html.EscapeString(link), html.EscapeString(prefix), class, html.EscapeString(string(rest)), html.EscapeString(tail))
}

func fullAnchor(link string) string {
	shown := html.EscapeString(link)
	return `<a href="` + shown + `" rel="nofollow noreferrer noopener" target="_blank">` + shown + `</a>`
}

var hashtag = regexp.MustCompile(`(^|[^\w/&#])#([\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)`)

// tagged escapes a text without links and links its hashtags.
func (m *Mastodon) tagged(text string) string {
	var out strings.Builder
	at := 0
	for _, found := range hashtag.FindAllStringSubmatchIndex(text, -1) {
		sign, name := found[3], text[found[4]:found[5]]
		out.WriteString(html.EscapeString(text[at:sign]))
		fmt.Fprintf(&out, `<a href="%s/tags/%s" class="mention hashtag" rel="tag">#<span>%s</span></a>`, m.URL, strings.ToLower(name), name)
		at = found[1]
	}
	out.WriteString(html.EscapeString(text[at:]))
	return out.String()
}
