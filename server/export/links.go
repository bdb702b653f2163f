package export

import (
	"bytes"
	"html"
	"net/url"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// links lists the paths on this site to which a page leads or from which it loads something. Where a form is sent by
// POST there is nothing to copy.
func links(body []byte, page, base string) []string {
	var found []string
	from, err := url.Parse(page)
	if err != nil {
		return nil
	}
	tokens := nethtml.NewTokenizer(bytes.NewReader(body))
	for {
		switch tokens.Next() {
		case nethtml.ErrorToken:
			return found
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			token := tokens.Token()
			for _, name := range addressing(token) {
				i := slices.IndexFunc(token.Attr, func(a nethtml.Attribute) bool { return a.Key == name })
				if i < 0 {
					continue
				}
				if to := inside(from, token.Attr[i].Val, base); to != "" {
					found = append(found, to)
				}
			}
		default:
		}
	}
}

// addressing are the attributes of an element that hold an address.
func addressing(token nethtml.Token) []string {
	if token.Data == "form" {
		if slices.ContainsFunc(token.Attr, func(a nethtml.Attribute) bool { return a.Key == "method" && strings.EqualFold(a.Val, "post") }) {
			return nil
		}
		return []string{"action"}
	}
	// Networks load the picture of a page from the address that the page names to them.
	if token.Data == "meta" && slices.ContainsFunc(token.Attr, func(a nethtml.Attribute) bool { return a.Key == "property" && a.Val == "og:image" }) {
		return []string{"content"}
	}
	return []string{"href", "src"}
}

// inside is the path of an address on this site, "" where it leads elsewhere.
func inside(from *url.URL, address, base string) string {
	if rest, ours := strings.CutPrefix(address, base); ours {
		address = rest
	}
	to, err := url.Parse(address)
	if err != nil || to.Scheme != "" || to.Host != "" || to.Path == "" {
		return ""
	}
	return from.ResolveReference(to).EscapedPath()
}

// leadOn is a page that leads to another at once.
func leadOn(base, to string) []byte {
	to = html.EscapeString(to)
	return []byte(`<!doctype html><html><head><meta charset="utf-8"><title>→ ` + to + `</title><link rel="canonical" href="` + base + to +
		`"><meta http-equiv="refresh" content="0; url=` + to + `"></head><body><p><a href="` + to + `">` + to + "</a></p></body></html>\n")
}
