package view

import "klartext/content"

// AskPage is the form for a reader's question.
type AskPage struct {
	Public
	Text   string
	About  Link   // the entry it is about, or ""
	Slug   string // of that entry
	Token  string
	Action string
	Wrong  string // the sentence for what was not accepted
	Least  int    // how many signs a question has
	Most   int
}

// ReceiptPage tells a reader what became of a question.
type ReceiptPage struct {
	Public
	Question Phrase
	About    Link
	Asked    content.Date
	State    string
	Answer   Link // to the version that answers it
	Version  int
	Word     Phrase
	Decided  content.Date
	URL      string // of this page, to keep
}

// VotePage is the form for a vote on a version, or the thanks for one.
type VotePage struct {
	Public
	EntryURL string
	AskURL   string
	Heading  string
	Number   int
	Action   string
	Sentence string
	Wrong    string
	Done     bool
}
