package view

import (
	"klartext/content"
)

// SettingsPage is for the site's settings.
type SettingsPage struct {
	Admin
	SiteNames  []NameIn
	Languages  string
	TimeZone   string
	Zones      []string // offered
	Approvals  string
	TrustPages bool // posts do not wait for the page that they link to
	ShowLag    bool // readers are told which language is behind
}

// NameIn is a text in one language.
type NameIn struct {
	Lang content.Lang
	Text string
}

// ChannelsPage lists the connected accounts.
type ChannelsPage struct {
	Admin
	Channels []content.Channel
	Gone     []content.Channel // disconnected
	Networks []string          // that can be connected
	Waiting  int               // deliveries that need a person
}

// Choice is one option of several.
type Choice struct {
	Value   string
	Label   string
	Checked bool
}
