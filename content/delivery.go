package content

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Delivery is the fate of one announcement on one channel.
type Delivery struct {
	ID         string
	Change     string
	Channel    string
	Lang       Lang
	Part       int // 0; parts of a thread count on
	Generation int // 1; a person's order to post again counts on
	State      DeliveryState
	// What is sent, frozen at publication.
	Text           string
	ContentWarning string
	Permalink      string // the mark by which a post is found again
	Media          []string
	Key            string // idempotency key, the same for every attempt
	RemoteID       string
	RemoteURL      string
	Reason         Reason // of the last outcome; of a sent one: what is unusual about it
	Created        time.Time
	Ordered        time.Time // when it was published, or when a person last ordered it to be sent
	NextAttempt    time.Time
	Attempts       []Attempt // in full only where a delivery is read for people
	Progress
}

// Progress is what the worker must remember between two attempts.
type Progress struct {
	Attempt   int       // number of the last attempt of any kind, ever
	Tries     int       // failures in a row that a repeat may cure
	Looks     int       // looks at the network since the fate became unknown
	First     time.Time // the first attempt to send
	Doubt     time.Time // when the fate became unknown
	Duplicate bool      // the doubt is a refusal as a duplicate, with no lost answer before it
}

// DeliveryState is where a delivery stands.
type DeliveryState string

// The states of a delivery.
const (
	Queued        DeliveryState = "queued"
	Sending       DeliveryState = "sending"
	Sent          DeliveryState = "sent"
	Waiting       DeliveryState = "waiting"        // surely not out; tried again at NextAttempt
	UnknownFate   DeliveryState = "unknown"        // perhaps out; looked for at NextAttempt
	NeedsDecision DeliveryState = "needs_decision" // a person must say whether it is out
	Failed        DeliveryState = "failed"         // refused for good
	Paused        DeliveryState = "paused"         // the channel needs a person
	CancelledPost DeliveryState = "cancelled"
)

// Attempt is one try to send or to look, written before the call and settled after it.
type Attempt struct {
	Number  int
	At      time.Time
	Outcome Outcome
	Detail  Reason
	Hash    string // SHA-256 of what was sent, in hex; "" for a look
}

// Outcome is how an attempt ended.
type Outcome string

// The outcomes of an attempt.
const (
	OutcomeStarted  Outcome = "started" // not ended, or the process died
	OutcomeSent     Outcome = "sent"
	OutcomeLater    Outcome = "later"     // surely not out, to be tried again
	OutcomeNever    Outcome = "never"     // refused for good
	OutcomePaused   Outcome = "paused"    // the channel needs a person
	OutcomeUnsure   Outcome = "unsure"    // perhaps out
	OutcomeFound    Outcome = "found"     // a look found it
	OutcomeNotFound Outcome = "not_found" // a look did not find it
	OutcomeHeld     Outcome = "held"      // too old to be sent without asking
)

func newDelivery(channel Channel, change *Change, a Announcement, part int, composed Composed, now time.Time) Delivery {
	d := Delivery{
		ID: NewID(now), Change: change.ID, Channel: channel.ID, Lang: a.Lang, Part: part, Generation: 1, State: Queued, Permalink: composed.Permalink,
		Text: composed.Text, ContentWarning: a.ContentWarning, Media: a.Media, Created: now, Ordered: now, NextAttempt: now,
	}
	if channel.State == ChannelPaused {
		d.State = Paused
		d.Reason = channel.Reason
	}
	d.Key = DeliveryKey(d)
	return d
}

// DeliveryKey is the idempotency key of a delivery: the same for the same
// channel, change, language, part and generation, whoever computes it and when.
func DeliveryKey(d Delivery) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "klartext\x00%s\x00%s\x00%s\x00%d\x00%d", d.Channel, d.Change, d.Lang, d.Part, d.Generation))
	return hex.EncodeToString(sum[:])
}

// Hash is the SHA-256, in hex, of what is sent: it stands beside each attempt as proof.
func (d *Delivery) Hash() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%q", d.Lang, d.ContentWarning, d.Text, d.Media))
	return hex.EncodeToString(sum[:])
}
