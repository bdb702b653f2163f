package view

import (
	"slices"
	"time"

	"klartext/content"
)

// DeliveriesPage lists deliveries over all changes.
type DeliveriesPage struct {
	Admin
	Filter    string // "" for those that need a person, "queue" for those that wait, else "all"
	List      Deliveries
	Next      string // address of the following page
	Continued bool   // this is not the first page
	Held      bool   // everything unsent waits, because the database was restored
	Decide    bool   // this person may decide about it
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
		return r.State == content.Queued || r.State == content.Sending || r.State == content.Correcting || r.State == content.Withdrawing
	})
}

// DeliveryRow is one delivery and what may be done about it.
type DeliveryRow struct {
	content.Delivery
	ChannelName string
	Network     string
	ChangeTitle string
	Expected    time.Time // when it will go out if all goes well; zero where that is not known
	Retry       bool      // may be sent again
	NotSent     bool      // a person may say that it is not out
	IsSent      bool      // a person may say that it is out
	Drop        bool      // may be dropped
	Look        bool      // may be looked for once more
	Trust       bool      // waits for the page that it links to
	Edit        bool      // may be changed in place
	Answer      bool      // may be corrected by a post that answers it
	Withdraw    bool      // may be taken down
	CallOff     bool      // its correction or withdrawal may be called off
	Again       bool      // may be posted once more
	Dismiss     bool      // something happened to it that somebody may take note of
}

// Number is the number of the part as people count.
func (d DeliveryRow) Number() int { return d.Part + 1 }

// Decidable tells whether there is anything to decide about getting it out.
func (d DeliveryRow) Decidable() bool {
	return d.Retry || d.NotSent || d.IsSent || d.Drop || d.Look || d.Again || d.CallOff || d.Dismiss
}

// Amendable tells whether there is anything to do with a post that is out.
func (d DeliveryRow) Amendable() bool { return d.Edit || d.Answer || d.Withdraw }

// Paged tells whether it waits until the page that it links to is there.
func (d DeliveryRow) Paged() bool {
	return d.Reason.Code == content.CodePostPage || d.Reason.Code == content.CodePostPageAsk
}

// DeliveryPage shows one delivery: what is known about it, what may be done, and every attempt.
type DeliveryPage struct {
	Admin
	Row        DeliveryRow
	Back       string
	RemoteURL  string
	Handle     string // of the account
	AccountURL string
	Evidence   Evidence
	Correction content.Correction // as it was typed
	Doubt      bool               // a correction with the same words was dropped in doubt: to be confirmed
}

// Evidence is what a person needs to decide whether a post is out.
type Evidence struct {
	Sent   []content.Attempt // calls that may have put it out
	Looks  []content.Attempt
	Found  []content.PostSeen
	Hash   string // SHA-256 of what was sent last
	Expect time.Time
}
