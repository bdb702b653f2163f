package public

import (
	"slices"

	"klartext/server/view"
)

// accounts are the site's own on networks, those that write in the page's language first.
func (d *desk) accounts() []view.Account {
	var own, other []view.Account
	for _, a := range d.site.Accounts() {
		shown := view.Account{Network: d.network(a.Network), Handle: a.Handle, URL: a.URL}
		if slices.Contains(a.Languages, d.lang) || len(a.Languages) == 0 {
			own = append(own, shown)
			continue
		}
		shown.Lang = a.Languages[0]
		other = append(other, shown)
	}
	return append(own, other...)
}
