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
	Position   int // in its channel's queue
	Kind       DeliveryKind
	// Follows is the delivery whose post this one answers: the part before it in a thread, or the post that it corrects.
	// It is not sent before that one is out. "" for none.
	Follows string
	State   DeliveryState
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
	Sent           time.Time // when it was known to be out
	Wanted         *Wording  // while Correcting in place: what it shall say
	Corrected      *Wording  // what it says since its last correction in place
	Health         Health
	Attempts       []Attempt // in full only where a delivery is read for people
	// PostedAgain and MaybeOut tell, where a delivery is read for people that may be posted once more, whether a younger
	// announcement takes its place, and whether one like it was dropped in doubt, so that followers may see two.
	PostedAgain bool
	MaybeOut    bool
	// Confirmed belongs to an order: a person knows that one like it was dropped in doubt and may be out.
	Confirmed bool
	Progress
}

// DeliveryKind is what a delivery is for.
type DeliveryKind string

// The kinds of deliveries.
const (
	KindAnnouncement DeliveryKind = "announcement"
	KindCorrection   DeliveryKind = "correction" // a post of its own that corrects another
)

// Wording is the text of a post that a person ordered instead of the first one.
type Wording struct {
	Text           string    `json:"text"`
	ContentWarning string    `json:"content_warning,omitempty"`
	At             time.Time `json:"at,omitzero"` // when it went out
}

// Health is what reading a post back found.
type Health struct {
	Reason  Reason    // what is wrong, empty where all is well
	Checked time.Time // last time; zero for never
	Next    time.Time // next time; zero for never again
	Noted   Noted     // by a person
}

// Gone tells whether the network no longer shows the post.
func (h Health) Gone() bool { return h.Reason.Code == CodePostGone }

// Out tells whether the network shows the post, as far as is known.
func (d *Delivery) Out() bool {
	switch d.State {
	case Sent, Correcting, Corrected, Withdrawing:
		return !d.Health.Gone()
	case Queued, Sending, Waiting, UnknownFate, NeedsDecision, Failed, Paused, CancelledPost, Withdrawn:
	}
	return false
}

// CorrectedAt is when its words were last corrected in place; zero for never.
func (d *Delivery) CorrectedAt() time.Time {
	if d.Corrected == nil {
		return time.Time{}
	}
	return d.Corrected.At
}

// Running is the attempt that runs now.
func (d *Delivery) Running() Attempt {
	return Attempt{Number: d.Attempt, Kind: AttemptFor(d.State), At: d.Claimed, Outcome: OutcomeStarted, Hash: d.Hash()}
}

// AddRunning lists the attempt that runs now behind those that have ended.
func (d *Delivery) AddRunning() {
	if !d.Claimed.IsZero() {
		d.Attempts = append(d.Attempts, d.Running())
	}
}

// Words are what the post says now, or what it shall say once it is out.
func (d *Delivery) Words() Wording {
	if d.Corrected != nil {
		return *d.Corrected
	}
	return Wording{Text: d.Text, ContentWarning: d.ContentWarning}
}

// Progress is what the worker must remember between two attempts.
type Progress struct {
	Attempt   int       // number of the last attempt of any kind, ever
	Tries     int       // failures in a row that a repeat may cure
	Looks     int       // looks at the network since the fate became unknown
	First     time.Time // the first attempt to send
	Claimed   time.Time // when the attempt now running began; zero where none runs
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

	Correcting  DeliveryState = "correcting"  // out; a person ordered other words
	Corrected   DeliveryState = "corrected"   // out, with other words or with a post that corrects it
	Withdrawing DeliveryState = "withdrawing" // out; a person ordered it to be taken down
	Withdrawn   DeliveryState = "withdrawn"   // taken down by us
)

// Attempt is one call to a network. It is written down before the call and settled after it.
type Attempt struct {
	Number  int
	Kind    AttemptKind
	At      time.Time
	Ended   time.Time // zero while it runs
	Outcome Outcome
	Detail  Reason
	Hash    string     // SHA-256 of what was sent, in hex; "" where nothing was
	Answer  Answer     // what the network's last answer said besides its words
	Found   []PostSeen // what a look found
}

// PostSeen is a post that a look found on the network.
type PostSeen struct {
	ID  string `json:"id"`
	URL string `json:"url,omitempty"`
}

// AttemptKind is what a call was for.
type AttemptKind string

// The kinds of attempts.
const (
	AttemptSend     AttemptKind = "send"
	AttemptLook     AttemptKind = "look"
	AttemptPage     AttemptKind = "page" // whether the page that the post links to is there
	AttemptEdit     AttemptKind = "edit"
	AttemptWithdraw AttemptKind = "withdraw"
	AttemptRead     AttemptKind = "read" // reading back; only what is remarkable is kept
)

// AttemptFor is what the next call for a delivery in this state is for.
func AttemptFor(state DeliveryState) AttemptKind {
	switch state {
	case UnknownFate:
		return AttemptLook
	case Correcting:
		return AttemptEdit
	case Withdrawing:
		return AttemptWithdraw
	case Sent, Corrected:
		return AttemptRead
	case Queued, Sending, Waiting, NeedsDecision, Failed, Paused, CancelledPost, Withdrawn:
	}
	return AttemptSend
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
	OutcomeHeld     Outcome = "held"      // not to be sent without asking
	OutcomeDone     Outcome = "done"      // edited or taken down
	OutcomeSeen     Outcome = "seen"      // read back
)

func newDelivery(channel Channel, change *Change, a Announcement, part int, composed Composed, now time.Time) Delivery {
	d := Delivery{
		ID: NewID(now), Change: change.ID, Channel: channel.ID, Lang: a.Lang, Part: part, Generation: 1, Kind: KindAnnouncement, State: Queued,
		Permalink: composed.Permalink, Text: composed.Text, ContentWarning: a.ContentWarning, Media: a.Media,
		Created: now, Ordered: now, NextAttempt: now,
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

// Hash is the SHA-256, in hex, of what the next attempt sends, "" where it sends
// nothing: it stands beside each attempt as proof.
func (d *Delivery) Hash() string {
	words := Wording{Text: d.Text, ContentWarning: d.ContentWarning}
	switch AttemptFor(d.State) {
	case AttemptSend:
	case AttemptEdit:
		if d.Wanted != nil {
			words = *d.Wanted
		}
	case AttemptLook, AttemptPage, AttemptWithdraw, AttemptRead:
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%q", d.Lang, words.ContentWarning, words.Text, d.Media))
	return hex.EncodeToString(sum[:])
}
