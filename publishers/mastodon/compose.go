package mastodon

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"klartext/content"
	"klartext/publishers/posttext"
)

// Ways of counting.
const (
	// countGraphemes is Mastodon's: visible letters, a link as 23, @user@host as @user.
	countGraphemes = "graphemes"
	// countLonger is for servers that count in ways of their own: the longer of
	// Mastodon's count and all code points, links in full.
	countLonger = "longer"
)

const (
	defaultLimit = 500
	linkLength   = 23
)

// usualPictures is how many pictures a post may have on most servers; it is taken where an account was never checked.
const usualPictures = 4

// Compose makes the text as it will be sent and counts text and content warning together.
func (d *Driver) Compose(account content.Account, post content.Post) content.Composed {
	words, names := posttext.Neutralise(strings.TrimSpace(post.Text))
	c := content.Composed{Text: posttext.Whole(words, post), Permalink: post.Permalink, Limit: account.Limit}
	if c.Limit == 0 {
		c.Limit = defaultLimit
	}
	c.Length = count(account.Counting, c.Text) + count(account.Counting, post.ContentWarning)
	pictures := account.Images
	if account.ID == "" {
		pictures = usualPictures
	}
	c.Warnings = append(warnings(words, names), posttext.Pictures(len(post.Media), pictures)...)
	return c
}

func warnings(words string, names []string) (list []content.Reason) {
	if len(names) > 0 {
		list = append(list, content.Reason{Code: content.CodeWarnMention, Args: content.Args{"Names": strings.Join(names, ", ")}})
	}
	for _, link := range posttext.Links(words) {
		if !link.Scheme {
			list = append(list, content.Reason{Code: content.CodeWarnUnlinked, Args: content.Args{"Domain": words[link.Start:link.End]}})
		}
	}
	if n := posttext.TooManyHashtags(words); n > 0 {
		list = append(list, content.Reason{Code: content.CodeWarnHashtags, Args: content.Args{"Count": n}})
	}
	return list
}

func count(counting, text string) int {
	if counting == countGraphemes {
		return graphemes(text)
	}
	return max(graphemes(text), utf8.RuneCountInString(text))
}

var remote = regexp.MustCompile(`(^|[^/\w])@(\w+(?:[\w.-]*\w)?)@[\w.-]*\w`)

var address = regexp.MustCompile(`(?i)https?://\S+`)

// graphemes counts as Mastodon does. Links with a scheme and a host under a known
// suffix are shortened there; of any other the longer count is taken.
func graphemes(text string) int {
	n, at := 0, 0
	var rest strings.Builder
	for _, l := range posttext.Links(text) {
		if !l.Scheme {
			continue
		}
		rest.WriteString(text[at:l.Start])
		rest.WriteByte(' ') // counts as one below and keeps the letters on both sides apart
		n += linkLength - 1
		at = l.End
	}
	rest.WriteString(text[at:])
	for _, other := range address.FindAllString(rest.String(), -1) {
		n += max(0, linkLength-utf8.RuneCountInString(other))
	}
	return n + uniseg.GraphemeClusterCount(remote.ReplaceAllString(rest.String(), "$1@$2"))
}
