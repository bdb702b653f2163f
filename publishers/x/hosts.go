package x

import (
	"net/url"
	"strings"

	"klartext/content"
)

// Hosts are X's own, by its new and its old name; and that of an API which the operator set in place of X's, such as a
// fake to try out with.
func (d *Driver) Hosts(content.Account) []string {
	hosts := []string{"x.com", "twitter.com", "www.x.com", "www.twitter.com", "mobile.x.com", "mobile.twitter.com"}
	if u, err := url.Parse(d.base); err == nil && d.base != DefaultURL {
		hosts = append(hosts, strings.ToLower(u.Host))
	}
	return hosts
}
