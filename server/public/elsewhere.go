package public

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// elsewhere makes our own HTML fit to stand on another site or in a feed: its
// addresses are whole, and it has no id that could be taken there already. page is
// where it stands with us, for links within it.
func elsewhere(source, base, page string) (string, error) {
	tokens := html.NewTokenizer(strings.NewReader(source))
	var out strings.Builder
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			if err := tokens.Err(); !errors.Is(err, io.EOF) {
				return "", fmt.Errorf("read HTML: %w", err)
			}
			return out.String(), nil
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			out.Write(tokens.Raw())
			continue
		}
		token := tokens.Token()
		attrs := token.Attr[:0]
		for _, attr := range token.Attr {
			if attr.Key == "id" {
				continue
			}
			if attr.Key == "href" || attr.Key == "src" || attr.Key == "action" {
				attr.Val = whole(attr.Val, base, page)
			}
			attrs = append(attrs, attr)
		}
		token.Attr = attrs
		out.WriteString(token.String())
	}
}

func whole(address, base, page string) string {
	switch {
	case strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//"):
		return base + address
	case strings.HasPrefix(address, "#"):
		return base + page + address
	}
	return address
}
