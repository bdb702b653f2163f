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

// ChannelPage connects an account, or changes one.
type ChannelPage struct {
	Admin
	Channel   content.Channel // ID "" while it is not connected
	Network   string
	Name      string
	Languages []Choice
	Fields    []SettingInput
	Unchecked bool
	Open      bool // show the settings of a connected channel, because something in them is wrong
	Retryable bool // offer to connect without asking the network
}

// Choice is one option of several.
type Choice struct {
	Value   string
	Label   string
	Checked bool
}

// SettingInput is a setting of a network, as the form shows it.
type SettingInput struct {
	content.SettingField
	Value  string // never of a secret
	Stored bool   // a value is there already; empty keeps it
}
