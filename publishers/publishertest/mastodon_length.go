package publishertest

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const mastodonLink = 23 // what a link counts, whatever its length

var remoteMention = regexp.MustCompile(`(^|[^\w/])@(\w+(?:[\w.-]*\w)?)@[\w.-]+\w`)

// length counts a text as the server's software does.
func (m *Mastodon) length(text string) int {
	if m.options.Kind == GoToSocial {
		return utf8.RuneCountInString(text)
	}
	const placeholder = "xxxxxxxxxxxxxxxxxxxxxxx" // as long as a link counts
	var short strings.Builder
	at := 0
	for _, link := range links(text) {
		if link.scheme {
			short.WriteString(text[at:link.start] + placeholder[:mastodonLink])
			at = link.end
		}
	}
	short.WriteString(text[at:])
	return uniseg.GraphemeClusterCount(remoteMention.ReplaceAllString(short.String(), "$1@$2"))
}
