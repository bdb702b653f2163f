package view

import (
	"time"

	"klartext/content"
	"klartext/content/compare"
)

// TextDiff is the difference of two versions: part by part, then the facts.
type TextDiff struct {
	Lang    content.Lang // of the texts, "" where it is the page's
	Policy  bool
	Added   int // words
	Removed int
	Parts   []compare.Part
	Facts   []compare.Fact
}

// ChangeRow is a change in a list.
type ChangeRow struct {
	Title     Phrase
	URL       string
	Summary   Phrase
	Published time.Time
	Effective content.Date // "" where it is the day of publication
	Pending   bool
	Days      int // until Effective, counted from the day of the page; 0 where it holds
	Material  bool
	Imported  bool
}

// Upcoming are the changes that take effect after today. The days until then
// are right on that day, which the page names: a page that is kept must stay true.
type Upcoming struct {
	Today content.Date
	Rows  []ChangeRow
}

// ChangesPage is the changelog.
type ChangesPage struct {
	Public
	Upcoming Upcoming
	Years    []ChangeYear
	Total    int
}

// ChangeYear groups the changes of one year, newest first.
type ChangeYear struct {
	Year int
	Rows []ChangeRow
}

// ChangePage is one change with all that it did.
type ChangePage struct {
	Public
	Change       ChangeRow
	Why          Phrase
	Approvals    int
	Reference    string // short name of exactly what was published; posts may carry it
	Perspectives []Opinion
	OpinionsLang content.Lang     // of the perspectives, "" where it is the page's
	Today        content.Date     // the day on which the days to come are counted
	Choices      []content.Choice // what readers of the changed texts can do
	Facts        []FactsOf        // that changed, text by text
	Pieces       []ChangePiece    // in the page's language
	More         []ChangePiece    // in the page's language too, without their differences: they would be too many
	Others       []ChangePiece    // in other languages, without their differences
	Posts        []PostRow
}

// ChangePiece is what the change did to one text.
type ChangePiece struct {
	Title      Phrase
	URL        string // the new version, or the entry's tombstone
	Policy     bool
	Act        string // "new", "changed", "facts", "withdrawn", "restored"
	From, To   int
	CompareURL string
	Reason     string // of a withdrawal
	Opening    string // of a new text: its short answer
	Diff       *TextDiff
}

// FactsOf are the facts that changed for one text.
type FactsOf struct {
	Title Link
	Facts []compare.Fact
}

// PostRow is a post on a network.
type PostRow struct {
	Network    string // its name for readers
	Channel    string
	Lang       content.Lang
	URL        string
	At         time.Time
	Part       int       // of a thread, from 0
	Correction bool      // it corrects an earlier post
	Corrected  time.Time // when its words were last corrected in place; zero for never
	Shown      bool      // the address leads to a post, as far as is known
	Withdrawn  bool      // it was taken down here
	Gone       bool      // the network no longer shows it
}

// Number is the number of the part as people count.
func (p PostRow) Number() int { return p.Part + 1 }
