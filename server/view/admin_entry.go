package view

import (
	"time"

	"klartext/content"
	"klartext/content/compare"
)

// EntriesPage lists all entries by topic, with how each stands in every language.
type EntriesPage struct {
	Admin
	Query     string
	Languages []content.Lang
	Groups    []EntryGroup
	Total     int // of all entries
	Shown     int // of those that fit the query
}

// EntryGroup is the entries of one topic.
type EntryGroup struct {
	Title   string // of the topic; "" for what has none
	Entries []EntryRow
}

// EntryRow is one entry in a list.
type EntryRow struct {
	ID     string
	Slug   string
	Title  string
	Kind   content.EntryKind
	States []LangStatus
}

// Status is how an entry stands in one language, in one word.
type Status string

// What can be said about a language of an entry. Each has a message "entry.status_<status>".
const (
	StatusNone      Status = "none"      // nothing written yet
	StatusDraft     Status = "draft"     // written, never published
	StatusLive      Status = "live"      // readers see the newest text
	StatusNewer     Status = "newer"     // readers see an older text than the newest draft
	StatusWithdrawn Status = "withdrawn" // a tombstone stands there
)

// LangStatus is how an entry stands in one language; NoLang stands for its facts.
type LangStatus struct {
	Lang    content.Lang
	Status  Status
	Version int // that readers see or saw last, 0 for none
	Draft   int // number of the newest revision, 0 for none
}

// EntryNewPage asks for what a new entry or policy needs.
type EntryNewPage struct {
	Admin
	Languages []content.Lang
	Kind      content.EntryKind
	Titles    content.Text
	Slug      string
	Topic     string
	NewTopic  content.Text
	Topics    []Option
}

// Option is one line of a select.
type Option struct {
	Value string
	Label string
}

// TopicsPage lists the topics, to name and to order.
type TopicsPage struct {
	Admin
	Languages []content.Lang
	Topics    []TopicRow
	New       content.Text
	NewSlug   string
	Open      string // id of the topic whose form was not accepted
}

// TopicRow is one topic in a form of its own.
type TopicRow struct {
	content.Topic
	Label   string
	Entries int
	First   bool
	Last    bool
}

// EntryHead stands above every page of an entry.
type EntryHead struct {
	ID      string
	Slug    string
	Title   string
	Kind    content.EntryKind
	Topic   string
	Tabs    []Tab
	Changes []ChangeLink // not yet published ones that carry a part of it
}

// Tab leads to one language of an entry, to its facts or its settings.
type Tab struct {
	Href    string
	Label   string
	Current bool
	Status  *LangStatus // nil for the settings
}

// ChangeLink names a change in a sentence.
type ChangeLink struct {
	ID    string
	Title string
	State content.State
}

// TextPage edits the text of an entry or policy in one language.
type TextPage struct {
	Admin
	Entry     EntryHead
	TextLang  content.Lang
	Status    LangStatus
	Form      TextForm
	Preview   Preview
	Revisions []RevisionRow
	Propose   ProposeForm
	TakeDown  *TakeDownForm // nil where readers see nothing
	Public    string        // address of the live text, "" where there is none
	MaxBytes  int           // the largest form that the server takes
	Clarity   ClarityPanel
	Nonce     string // with which the editor may bring a style sheet of its own
}

// TextForm is the text as it stands in the form.
type TextForm struct {
	Base     string // id of the revision it goes on from
	Kind     content.EntryKind
	Text     content.Writing
	Examples []string // with empty rows to fill in
	Views    []ViewField
	Choices  []content.Choice // with empty rows
	Sections []SectionField   // with empty rows
}

// ViewField is one side's perspective in a form.
type ViewField struct {
	Side  content.Side
	Name  string // of the field
	Error string
	Text  string
}

// SectionField is one section of a policy in a form.
type SectionField struct {
	content.Section
	Number int
	New    bool
}

// Preview is a text as readers will see it.
type Preview struct {
	Lang    content.Lang
	Kind    content.EntryKind
	Text    content.Writing
	HTML    content.Rendered
	Draft   int    // number of the revision that is shown, 0 for what stands in the form
	Problem string // why it could not be rendered
}

// Empty is whether there is nothing to show.
func (p Preview) Empty() bool {
	return p.Text.Title == "" && p.Text.ShortAnswer == "" && p.Text.Body == "" && len(p.Text.Sections) == 0
}

// RevisionRow is one revision in a list.
type RevisionRow struct {
	ID      string
	Number  int
	Author  string
	At      time.Time
	Newest  bool
	Live    bool // readers see it now
	Version int  // the last version made of it, 0 for none
}

// ProposeForm puts drafts of an entry into a change.
type ProposeForm struct {
	Entry   string
	Drafts  []DraftOption
	Changes []Option // drafts; a new one is always offered
	Into    string   // the one that is chosen: it carries this entry already; "" for a new one
	Title   string   // proposed for a new change
	Back    string
}

// Ready is whether any draft is newer than what readers see.
func (p ProposeForm) Ready() bool {
	for _, d := range p.Drafts {
		if d.Newer {
			return true
		}
	}
	return false
}

// DraftOption is one draft that could go into a change.
type DraftOption struct {
	Revision string
	Lang     content.Lang
	Number   int
	Newer    bool // than what readers see
	Checked  bool
	In       *ChangeLink // the open change that carries this very revision
}

// TakeDownForm withdraws a live text by a change.
type TakeDownForm struct {
	Entry   string
	Lang    content.Lang
	Changes []Option
	Into    string // as in ProposeForm
	Reason  string
	Open    bool        // the form is shown at once
	In      *ChangeLink // the open change that withdraws it already
}

// TextConflictPage shows what two people wrote at the same time.
type TextConflictPage struct {
	Admin
	Entry    EntryHead
	TextLang content.Lang
	Theirs   RevisionRow
	Parts    []compare.Part // from theirs to mine
	Facts    []compare.Fact
	TheirsIs Preview
	MineIs   Preview
	Action   string // where the form goes
	Fields   []Kept // mine, as it was sent
	Back     string // theirs, in the editor
}

// FactsPage edits the facts of an entry.
type FactsPage struct {
	Admin
	Entry     EntryHead
	Languages []content.Lang
	Base      string
	Facts     content.Facts // with empty rows
	Count     string        // of the retention's units, where it has only one
	Unit      string        // "D", "W", "M", "Y"; "iso" where the duration has several parts
	Units     []string
	Duration  string // as typed, where Unit is "iso"
	Bases     []Option
	Countries []Option
	Shown     []FactsTable
	Against   []compare.Fact // what differs from what readers see
	Status    LangStatus
	Revisions []RevisionRow
	Propose   ProposeForm
}

// FactsTable is the facts as readers of one language see them.
type FactsTable struct {
	Lang content.Lang
	Rows []compare.Row
}

// RevisionPage shows one revision, and how it differs from what readers see.
type RevisionPage struct {
	Admin
	Entry    EntryHead
	Revision RevisionRow
	TextLang content.Lang // NoLang for facts
	Shown    Preview
	Tables   []FactsTable
	Against  int // the live version, 0 for none
	Parts    []compare.Part
	Facts    []compare.Fact
	Restore  bool // whether it can be made the newest
	Base     string
	Back     string
}

// EntrySettingsPage changes the address and the topic of an entry.
type EntrySettingsPage struct {
	Admin
	Entry  EntryHead
	Slug   string
	Topic  string
	Topics []Option
	Place  int
}
