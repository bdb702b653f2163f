package content

import (
	"context"
	"encoding/json"
	"time"
)

// Channel is one connected account: a Mastodon account, an X account, a webhook.
type Channel struct {
	ID        string
	Network   string // the name of a Network: "mastodon", "x", "webhook"
	Name      string
	Languages []Lang // announcements are offered in these
	State     ChannelState
	Account   Account // what the network said about the account
	// Reason says why a paused channel is paused and what to do.
	Reason  Reason
	Pace    Pace // zero: what the network's driver says
	Created time.Time
}

// ChannelState is whether a channel sends.
type ChannelState string

// The states of a channel.
const (
	ChannelActive       ChannelState = "active"
	ChannelPaused       ChannelState = "paused" // needs a person; its queue is kept
	ChannelDisconnected ChannelState = "disconnected"
)

// Reason is a message for people: looked up by Code, filled with Args. Detail is what the other side said, cut to a line.
type Reason struct {
	Code   Code   `json:"code,omitempty"`
	Args   Args   `json:"args,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Account is what a network says about a connected account; never a secret.
type Account struct {
	ID       string `json:"id,omitempty"`
	Handle   string `json:"handle,omitempty"` // "@shop@example.social"
	URL      string `json:"url,omitempty"`
	Software string `json:"software,omitempty"` // as the server names itself, "mastodon 4.6.1"
	// Limit is the longest post in the network's own count; 0 for none.
	Limit int `json:"limit,omitempty"`
	// Counting names the rule by which the network counts, for its Composer.
	Counting string `json:"counting,omitempty"`
	// Images is how many pictures a post may have; 0 where it may have none or that is not known.
	Images  int       `json:"images,omitempty"`
	Checked time.Time `json:"checked_at,omitzero"`
}

// Network is what the domain needs to know of a social network or webhook. Each
// lives in a folder of its own under publishers; cmd has the table of them.
type Network interface {
	// Name is the stable name, "mastodon".
	Name() string
	// Fields describes the settings for the form that connects a channel.
	Fields() []SettingField
	// Check decodes the settings, asks the network who the account is and what its limits are, and posts nothing.
	// It answers with an *Error of kind Invalid that names the field where a setting is wrong.
	Check(ctx context.Context, settings json.RawMessage) (Account, error)
	// Compose makes the text exactly as it will be sent and counts it as the network does. It is pure.
	Compose(account Account, post Post) Composed
}

// SettingField is one field of the form that connects a channel.
type SettingField struct {
	Name     string   // key in the settings JSON; its label is message "channel.<network>.<name>"
	Secret   bool     // typed like a password, never shown again
	Optional bool     // may be left empty
	Options  []string // where it is a choice: the values allowed, the first of them the default
	// Granted comes from the owner's consent or from renewal (see Consenter, Renewer) and is never typed: no form shows it.
	Granted bool
}

// Post is an announcement before it is composed.
type Post struct {
	Text           string
	ContentWarning string
	Lang           Lang
	Permalink      string // of the change, in the post's language
	Link           bool   // whether the permalink goes into the post
	Reference      string // short reference of the change, to stand on a line of its own; "" for none
	Media          []string
	Part           int // 0; parts of a thread count on
}

// Composed is a post as it will be sent.
type Composed struct {
	Text string // with the permalink on a line of its own where the post has a link
	// Permalink is the address by which the post is found again, in Text or not.
	Permalink string
	Length    int    // in the network's own count, of all that is sent
	Limit     int    // 0: none
	CostUSD   string // decimal, "0.20"; "" where posting is free
	Warnings  []Reason
}

// Over is by how much the post is too long; 0 where it fits.
func (c Composed) Over() int {
	if c.Limit == 0 {
		return 0
	}
	return max(0, c.Length-c.Limit)
}
