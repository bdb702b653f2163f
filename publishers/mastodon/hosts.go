package mastodon

import (
	"net/url"
	"strings"

	"klartext/content"
)

// Hosts is the server's, as the account's own page names it: on another server the same post has another id. None where
// the server was not asked yet.
func (d *Driver) Hosts(account content.Account) []string {
	u, err := url.Parse(account.URL)
	if err != nil || u.Host == "" {
		return nil
	}
	return []string{strings.ToLower(u.Host)}
}
