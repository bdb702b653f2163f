package content

import (
	"net/url"
	"strings"
)

// safeLink allows what a reader's browser may safely be sent to: http, https,
// mailto and paths of this site. A protocol-relative address is none of these.
func safeLink(s string) bool {
	if len(s) > maxURL || strings.ContainsAny(s, "\x00\r\n\t \\") {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	case "":
		return u.Host == "" && (strings.HasPrefix(s, "/") || strings.HasPrefix(s, "#")) && !strings.HasPrefix(s, "//")
	}
	return false
}
