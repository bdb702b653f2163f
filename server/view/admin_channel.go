package view

import "klartext/content"

// ChannelPage connects an account, or changes one.
type ChannelPage struct {
	Admin
	Channel   content.Channel // ID "" while it is not connected
	Network   string
	Name      string
	Languages []Choice
	Fields    []SettingInput // of the settings that are typed
	// Consents is whether the account can be connected at the network, too; Consent are the fields for that.
	Consents  bool
	Consent   []SettingInput
	Redirect  string // the address to register there
	Pace      PaceForm
	Unchecked bool
	Open      bool // show the settings of a connected channel, because something in them is wrong
	Retryable bool // offer to connect without asking the network
	// Cure is what helps a paused channel: "consent", "settings", "test" or "resume".
	Cure      string
	Queue     []DeliveryRow // what waits, in its order
	QueueMore int           // and how many more
}

// OpenConsent is whether to show the fields of a new sign-in at once.
func (p ChannelPage) OpenConsent() bool {
	for _, field := range p.Consent {
		if p.Errors[field.Form+"."+field.Name] != "" {
			return true
		}
	}
	return p.Cure == "consent"
}

// OpenSettings is whether to show the fields of typed settings at once.
func (p ChannelPage) OpenSettings() bool {
	for _, field := range p.Fields {
		if p.Errors[field.Form+"."+field.Name] != "" {
			return true
		}
	}
	return p.Open || p.Unchecked || p.Retryable || p.Cure == "settings"
}

// Waiting is how many posts wait.
func (p ChannelPage) Waiting() int { return len(p.Queue) + p.QueueMore }

// PaceForm is how fast a channel sends; empty as the network wants.
type PaceForm struct {
	Burst   string
	Every   string
	Minutes bool // Every counts minutes, not seconds
	Default content.Pace
}

// DefaultSeconds is the network's wait between two posts.
func (p PaceForm) DefaultSeconds() int { return int(p.Default.Every.Seconds()) }

// SettingInput is a setting of a network, as the form shows it.
type SettingInput struct {
	content.SettingField
	Form   string // the part of the page that it belongs to: "settings" or "consent"
	Value  string // never of a secret
	Stored bool   // a value is there already; empty keeps it
	Loose  bool   // the browser must not insist on it
}

// ConsentPage leads to the network, where the owner of the account is asked.
type ConsentPage struct {
	Admin
	Host    string
	URL     string
	Again   bool
	Back    string
	Minutes int
}

// ConsentEndPage says why an account was not connected.
type ConsentEndPage struct {
	Admin
	Problems []string
}
