package view

import (
	"slices"

	"klartext/content"
)

// SettingsPage is for the site's settings.
type SettingsPage struct {
	Admin
	SiteNames []NameIn
	Languages string
	TimeZone  string
	Zones     []string // offered
	Approvals string
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

// DeliveriesPage lists deliveries over all changes.
type DeliveriesPage struct {
	Admin
	Filter string // "" for those that need a person, else "all"
	List   Deliveries
}

// Deliveries is for the template "deliveries": on a page of its own, or below a published change.
type Deliveries struct {
	Admin
	Rows []DeliveryRow
	Back string // where to go on after a decision
}

// Moving is whether something is on its way, so that looking again soon shows more.
func (d Deliveries) Moving() bool {
	return slices.ContainsFunc(d.Rows, func(r DeliveryRow) bool {
		return r.State == content.Queued || r.State == content.Sending
	})
}

// DeliveryRow is one delivery and what may be done about it.
type DeliveryRow struct {
	content.Delivery
	ChannelName string
	Network     string
	ChangeTitle string
	Retry       bool // may be sent again
	NotSent     bool // a person may say that it is not out
	IsSent      bool // a person may say that it is out
	Drop        bool // may be dropped
}

// Decidable tells whether there is anything to decide.
func (d DeliveryRow) Decidable() bool { return d.Retry || d.NotSent || d.IsSent || d.Drop }

// DeliveryPage shows one delivery with all attempts.
type DeliveryPage struct {
	Admin
	Row       DeliveryRow
	Back      string
	RemoteURL string
}
