package content

import (
	"crypto/rand"
	"net/url"
	"strings"
	"time"
)

// NewIdentity makes the name under which the items of a site's feeds are known to those who follow them, a tag URI
// (RFC 4151): the host and the day of the first start, and letters that tell two sites apart that began on one machine.
// It is made once and kept, so that a new address of the site gives nobody everything twice.
func NewIdentity(baseURL string, now time.Time) string {
	host := "localhost"
	if u, err := url.Parse(baseURL); err == nil && u.Hostname() != "" && !strings.Contains(u.Hostname(), ":") {
		host = strings.ToLower(u.Hostname())
	}
	return "tag:" + host + "," + now.UTC().Format(time.DateOnly) + ":" + strings.ToLower(rand.Text()[:8])
}
