package view

import (
	"slices"
	"time"

	"klartext/content"
	"klartext/content/compare"
)

// ChangesDesk lists changes.
type ChangesDesk struct {
	Admin
	State   content.State // "" for all
	Filters []Filter
	Changes []ChangesDeskRow
	More    int // published ones that are not shown
}

// Filter is a link that narrows a list.
type Filter struct {
	Href    string
	Label   string
	Count   int
	Current bool
}

// ChangesDeskRow is one change in a list.
type ChangesDeskRow struct {
	ID          string
	Title       string
	State       content.State
	Materiality content.Materiality
	Author      string
	Pieces      int
	Updated     time.Time
	PublishAt   time.Time
	PublishedAt time.Time
	Approvals   int
	Required    int
	Note        bool
	Failed      bool // its scheduled publication failed
}

// ChangeNewPage opens a change.
type ChangeNewPage struct {
	Admin
	Languages []content.Lang
	Titles    content.Text
}

// ChangeDesk is one change: what it says, what it publishes, who agreed, what is missing.
type ChangeDesk struct {
	Admin
	ID            string
	Slug          string
	State         content.State
	Edition       int
	Hash          string
	Languages     []content.Lang
	Stages        []Stage
	Editing       bool // the forms are open
	MayEdit       bool
	Form          ChangeForm
	Pieces        []Piece
	Withdrawals   []WithdrawalRow
	Announcements []AnnouncementRow
	Picture       PictureForm
	Unsaved       bool   // the announcements stand here as they were typed
	Told          string // what became of an upload, or of the wish for proposals
	Channels      int    // connected ones
	Unready       bool   // the problem is what Gate lists
	Gate          []GateProblem
	Review        Review
	Schedule      ScheduleForm
	Author        string
	Contributors  []string
	ReviewNote    string // what a reviewer asked for
	Failure       *Failure
	Late          bool // it was published after the time that it was scheduled for
	PublishAt     time.Time
	PublishedAt   time.Time
	Links         []PublicLink
	Deliveries    *Deliveries // nil where nothing was announced
	Imported      bool
}

// Failure says why a scheduled change could not be published when its time came.
type Failure struct {
	At        time.Time
	Sentences []string
}

// ShortHash is enough of the hash to compare by eye.
func (p ChangeDesk) ShortHash() string { return p.Hash[:min(12, len(p.Hash))] }

// Stage is one step on the way to publication.
type Stage struct {
	State content.State
	Done  bool
	Now   bool
}

// ChangeForm is what a change says.
type ChangeForm struct {
	Slug          string
	Title         content.Text
	Summary       content.Text
	Why           content.Text
	Materiality   content.Materiality
	EffectiveDate content.Date
	Views         []ChangeViews
}

// Said is whether any side says something in any language.
func (f ChangeForm) Said() bool {
	return slices.ContainsFunc(f.Views, ChangeViews.Said)
}

// ChangeViews are the perspectives on a change in one language.
type ChangeViews struct {
	Lang  content.Lang
	Views []ViewField
}

// Said is whether any side says something.
func (v ChangeViews) Said() bool {
	for _, f := range v.Views {
		if f.Text != "" {
			return true
		}
	}
	return false
}

// Piece is one revision in a change, beside what readers see now.
type Piece struct {
	Revision string
	Entry    string
	Title    string
	Kind     content.EntryKind
	Lang     content.Lang // NoLang for facts
	Number   int
	Before   int    // the live version, 0 for none
	After    int    // the version it becomes, or became
	Newest   string // id of a newer revision, "" where it is the newest
	Parts    []compare.Part
	Facts    []compare.Fact
	Same     bool // nothing differs
	Href     string
}

// WithdrawalRow is one text that a change takes down.
type WithdrawalRow struct {
	Index  int
	Entry  string
	Title  string
	Lang   content.Lang
	Reason string
	Live   bool
	Href   string
}

// GateProblem is what keeps a change from being submitted, with where to mend it.
type GateProblem struct {
	Text string
	Href string
}

// Review is who agreed, what is missing, and what this person may do about it.
type Review struct {
	Required       int
	Given          []ApprovalRow
	Voided         []ApprovalRow
	Missing        int
	MaySubmit      bool
	MayApprove     bool
	WhyNotApprove  string
	MayRequestEdit bool
	MayPublish     bool
	WhyNotPublish  string
	MayCancel      bool
	RequestNote    string
}

// ApprovalRow is one person's yes.
type ApprovalRow struct {
	Name   string
	At     time.Time
	Voided time.Time
}

// ScheduleForm sets the time of publication in the site's zone.
type ScheduleForm struct {
	Value   string
	Zone    string // IANA name
	Offset  string // of that zone now, "UTC+01:00"
	Choices []Option
	Error   string
	Open    bool
}

// PublicLink leads to a page that readers see.
type PublicLink struct {
	Href  string
	Label string
	Lang  content.Lang
}

// ChangeConflictPage shows what two people wrote into a change at the same time.
type ChangeConflictPage struct {
	Admin
	ID      string
	Heading string
	Fields  []ConflictField
	Hidden  []Kept // mine, as it was sent, with the newest edition
	Action  string
}

// ConflictField is one field in which the two differ.
type ConflictField struct {
	Label string
	Lang  content.Lang
	Parts []compare.Part // from theirs to mine
}
