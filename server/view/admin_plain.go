package view

import (
	"time"

	"klartext/content"
)

// ClarityPanel is what the checker says about the text in the editor.
type ClarityPanel struct {
	Admin
	Base    string // address of the text in the editor; the panel's forms go below it
	Lang    content.Lang
	Off     bool   // the checker does not know the language, or there is none
	Problem string // why the text cannot be read
	Policy  bool   // only the summaries are looked at
	Min     int    // score that the site asks for
	Score   *int
	Label   string // of the band
	Live    *int   // score of what readers see now
	Version int    // the number of that version
	// SentenceLoss and WordLoss are the points that are missing from 100.
	SentenceLoss, WordLoss int
	Words                  int
	Reasons                []string      // why the gate is closed; none where it is open
	Open                   []FindingCard // at most a handful, the heaviest first
	More                   []FindingCard
	Hints                  []FindingCard
	Left                   int // findings that are not shown at all
	Ignored                []IgnoredRow
}

// Change is how many points the text gained since the live version.
func (p ClarityPanel) Change() int {
	if p.Score == nil || p.Live == nil {
		return 0
	}
	return *p.Score - *p.Live
}

// Clear is whether nothing is found and nothing stands in the way.
func (p ClarityPanel) Clear() bool {
	return len(p.Open)+len(p.More)+len(p.Hints)+len(p.Reasons) == 0 && p.Words > 0
}

// FindingCard is one finding: what, why, how.
type FindingCard struct {
	Field       string // the name in the form
	Label       string // of the field
	Rule        string
	Severity    content.Severity
	Quote       string
	From, To    int // in the field, in UTF-16 units, as scripts count
	Message     string
	Why         string
	Suggestion  string
	Replacement string
	MayIgnore   bool // for good
}

// IgnoredRow is a finding that was put aside for good.
type IgnoredRow struct {
	ID     string // "" where it cannot be taken up again here
	Quote  string
	Rule   string
	Reason string
	By     string
	At     time.Time
}

// TextCheckPage is the panel alone, for the editor's script.
type TextCheckPage struct {
	Admin
	Panel ClarityPanel
}

// GatesPage is for what a text must keep to before it may be published.
type GatesPage struct {
	Admin
	MinScore      string
	ErrorsAllowed bool
	OverrideRole  string // "nobody" for none
	Roles         []content.Role
	KnownWords    string // one a line
	Replacements  []ReplacementField
	Rules         []RuleRow
	ClarityLine   bool
}

// ReplacementField holds the site's own replacements in one language, one a line.
type ReplacementField struct {
	Lang content.Lang
	Text string
}

// RuleRow is one rule that can be switched off.
type RuleRow struct {
	content.RuleInfo
	On bool
}

// TermsPage is the glossary in one language.
type TermsPage struct {
	Admin
	Tabs     []Filter
	TermLang content.Lang
	Terms    []TermForm
	New      TermForm
	Starters []content.Term
	MayEdit  bool
	Public   string // address of the public page
	Open     string // id of the term whose form was not accepted, "new" for the new one
}

// TermForm is one term in a form.
type TermForm struct {
	ID          string
	Edition     int
	Term        string
	Forms       string // separated by commas
	Explanation string
	Example     string
	Anchor      string
}

// ClarityPage ranks all published texts.
type ClarityPage struct {
	Admin
	Filters []Filter
	Min     int
	Rows    []ClarityRow
}

// ClarityRow is one published text.
type ClarityRow struct {
	Href     string
	Title    string
	Lang     content.Lang
	Kind     content.EntryKind
	Legal    bool
	Version  int
	Score    *int
	Label    string
	Errors   int
	Warnings int
	Words    int
	Below    bool // the site's mark
	Trend    Trend
}

// Trend is a line over the versions of a text, drawn in a box of 120 by 32.
type Trend struct {
	Points string      // of the line
	Dots   []TrendDot  // where there is a score
	Mark   int         // height of the site's mark
	Steps  []TrendStep // in words
}

// TrendDot is one version in the drawing.
type TrendDot struct{ X, Y int }

// TrendStep is one version in the table.
type TrendStep struct {
	Version int
	At      time.Time
	Score   *int
	Errors  int
}

// OverridePiece is a text that the gate holds back, or would.
type OverridePiece struct {
	Revision string
	Title    string
	Lang     content.Lang
	Score    *int
	Label    string
	Live     *int
	Errors   int
	Warnings int
	Passed   bool
	Reason   string // why it goes out all the same
	By       string
	Ignored  []IgnoredRow
	Href     string
}

// ChangeClarity is what the checker says about a change.
type ChangeClarity struct {
	Pieces  []OverridePiece
	Said    []FindingCard // in the change's own words and in its posts
	Closed  bool          // for one of them at least
	MayOpen bool          // this person may say why it goes out all the same
	Who     string        // from which role on that is allowed, "" where nobody may
}
