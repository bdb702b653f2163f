package content

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Materiality says how much a change matters to readers.
type Materiality string

// Material changes alter what happens with data; editorial ones only how it is told.
const (
	Material  Materiality = "material"
	Editorial Materiality = "editorial"
)

// Change collects what is published together and says what changes and why.
type Change struct {
	ID            string
	Slug          string
	Title         Text
	Summary       Text
	Why           Text
	Materiality   Materiality
	EffectiveDate Date // the day from which it holds; "" means the day of publication
	Perspectives  map[Lang][]Perspective
	Revisions     []RevisionRef
	Withdraw      []Withdrawal
	Announcements []Announcement
	State         State
	Author        string
	Contributors  []string // user ids of everybody who wrote any part of it
	Approvals     []Approval
	Note          string   // what a reviewer asked to be edited, for the authors
	Failure       *Failure // why its scheduled publication failed, or nil
	Created       time.Time
	Updated       time.Time
	PublishAt     time.Time // zero unless scheduled
	PublishedAt   time.Time // zero until published
	Imported      bool
	// ApprovalsRequired is what the site asked for when the change was published.
	ApprovalsRequired int
	Edition           int // counts writes; a write that names an old edition fails
}

// Failure is why a scheduled change could not be published when its time came; nil once it is submitted again.
type Failure struct {
	At     time.Time    `json:"at"`
	Kind   Kind         `json:"kind"`
	Code   Code         `json:"code"`
	Args   Args         `json:"args,omitempty"`
	Fields []FieldError `json:"fields,omitempty"`
}

// Err is the failure as the error that it was.
func (f *Failure) Err() *Error {
	return &Error{Kind: f.Kind, Code: f.Code, Args: f.Args, Fields: f.Fields}
}

// Late is by how much a scheduled change was published after its time; 0 for all others.
func (c *Change) Late() time.Duration {
	if c.PublishAt.IsZero() || c.PublishedAt.IsZero() {
		return 0
	}
	return max(0, c.PublishedAt.Sub(c.PublishAt))
}

// Withdrawal takes an entry down in one language and says why, in that language.
type Withdrawal struct {
	Entry  string `json:"entry"`
	Lang   Lang   `json:"lang"`
	Reason string `json:"reason"`
}

// Approval is one person's yes to exactly one hash.
type Approval struct {
	ID     string
	User   string
	Name   string
	Hash   string
	At     time.Time
	Voided time.Time // zero while it counts
}

// Valid tells whether the approval still stands for a change with this hash.
func (a Approval) Valid(hash string) bool { return a.Voided.IsZero() && a.Hash == hash }

// Date is a day, "2006-01-02", in the site's time zone; "" is no date.
type Date string

// ParseDate checks the form and that the day exists.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return "", Fail(Invalid, CodeDateForm, Args{"Value": s})
	}
	return Date(s), nil
}

// DateOf is the day of t in zone.
func DateOf(t time.Time, zone *time.Location) Date { return Date(t.In(zone).Format(time.DateOnly)) }

// Time is the beginning of the day in zone; the zero time for no date.
func (d Date) Time(zone *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Limits of a change.
const (
	maxChangeTitle   = 200
	maxChangeText    = 5000
	maxReason        = 1000
	maxRevisions     = 1000
	maxWithdrawals   = 1000
	maxAnnouncement  = 10000 // a network's own limit is checked by its Composer
	maxPerspective   = 10000
	maxAnnouncements = 200
)

// Hash is the SHA-256, in hex, of all that the change would publish: its
// texts, the hash of every revision, what it withdraws and every
// announcement. An approval is given to this hash.
func (c *Change) Hash() string {
	type piece struct {
		Entry string `json:"entry"`
		Lang  Lang   `json:"lang"`
		Hash  string `json:"hash"`
	}
	pieces := make([]piece, 0, len(c.Revisions))
	for _, r := range c.Revisions {
		pieces = append(pieces, piece{r.Entry, r.Lang, r.Hash})
	}
	slices.SortFunc(pieces, func(a, b piece) int { return strings.Compare(a.Entry+string(a.Lang), b.Entry+string(b.Lang)) })
	withdraw := slices.SortedFunc(slices.Values(c.Withdraw), func(a, b Withdrawal) int {
		return strings.Compare(a.Entry+string(a.Lang), b.Entry+string(b.Lang))
	})
	announcements := slices.SortedFunc(slices.Values(c.Announcements), func(a, b Announcement) int {
		return strings.Compare(a.Channel+string(a.Lang), b.Channel+string(b.Lang))
	})
	perspectives := map[Lang][]Perspective{}
	for lang, views := range c.Perspectives {
		if len(views) > 0 {
			perspectives[lang] = views
		}
	}
	// Nothing here tells "empty" from "never there": both read the same, and a store keeps no difference.
	body, err := json.Marshal(map[string]any{
		"slug": c.Slug, "title": c.Title.trimmed(), "summary": c.Summary.trimmed(), "why": c.Why.trimmed(),
		"materiality": c.Materiality, "effective_date": c.EffectiveDate, "perspectives": perspectives,
		"revisions": pieces, "withdraw": withdraw, "announcements": announcements,
	})
	if err != nil {
		panic(fmt.Sprintf("content: strings and lists always encode: %v", err))
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Revision finds the piece for an entry and language.
func (c *Change) Revision(entry string, lang Lang) (RevisionRef, bool) {
	for _, r := range c.Revisions {
		if r.Entry == entry && r.Lang == lang {
			return r, true
		}
	}
	return RevisionRef{}, false
}

// Effective is the day from which the change holds: the one that was chosen, or else the day of publication.
func (c *Change) Effective(zone *time.Location) Date {
	if c.EffectiveDate != "" || c.PublishedAt.IsZero() {
		return c.EffectiveDate
	}
	return DateOf(c.PublishedAt, zone)
}

// Langs lists the languages in which the change publishes, withdraws or announces something, sorted.
func (c *Change) Langs() []Lang {
	var langs []Lang
	for _, r := range c.Revisions {
		langs = append(langs, r.Lang)
	}
	for _, w := range c.Withdraw {
		langs = append(langs, w.Lang)
	}
	for _, a := range c.Announcements {
		langs = append(langs, a.Lang)
	}
	slices.Sort(langs)
	return slices.DeleteFunc(slices.Compact(langs), func(l Lang) bool { return l == NoLang })
}

// ValidApprovals lists the approvals that fit what the change says now, one per person.
func (c *Change) ValidApprovals() []Approval {
	hash := c.Hash()
	var valid []Approval
	for _, a := range c.Approvals {
		if a.Valid(hash) && !slices.ContainsFunc(valid, func(b Approval) bool { return b.User == a.User }) {
			valid = append(valid, a)
		}
	}
	return valid
}

// contributes notes that a person wrote a part, so that the same person cannot approve it.
func (c *Change) contributes(user string) {
	if user != "" && !slices.Contains(c.Contributors, user) {
		c.Contributors = append(c.Contributors, user)
	}
}

// voidApprovals takes every approval back, because what was approved is not what stands here now.
func (c *Change) voidApprovals(now time.Time) {
	for i := range c.Approvals {
		if c.Approvals[i].Voided.IsZero() {
			c.Approvals[i].Voided = now
		}
	}
}

// Clone is a copy that shares no list or map with c.
func (c Change) Clone() Change {
	c.Title, c.Summary, c.Why = maps.Clone(c.Title), maps.Clone(c.Summary), maps.Clone(c.Why)
	c.Perspectives = maps.Clone(c.Perspectives)
	c.Revisions, c.Withdraw = slices.Clone(c.Revisions), slices.Clone(c.Withdraw)
	c.Announcements, c.Contributors = slices.Clone(c.Announcements), slices.Clone(c.Contributors)
	c.Approvals = slices.Clone(c.Approvals)
	return c
}
