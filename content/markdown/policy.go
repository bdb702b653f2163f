package markdown

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

var (
	languageClass = regexp.MustCompile(`^language-[A-Za-z0-9_+-]{1,40}$`)
	smallNumber   = regexp.MustCompile(`^[1-9][0-9]{0,8}$`)
	ownMedia      = regexp.MustCompile(`^` + MediaPath + `(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*$`)
)

// newPolicy lists what may come out. No id, no name, no style: with them a text
// could take the place of parts of the page around it.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
		"blockquote", "pre", "code", "em", "strong", "del",
		"table", "thead", "tbody", "tfoot", "tr", "th", "td")
	p.AllowAttrs("class").Matching(languageClass).OnElements("code")
	p.AllowAttrs("start").Matching(smallNumber).OnElements("ol")
	p.AllowAttrs("colspan").Matching(smallNumber).OnElements("th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").Matching(ownMedia).OnElements("img")
	p.AllowAttrs("alt", "title").OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	return p
}
