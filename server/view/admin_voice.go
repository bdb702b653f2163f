package view

import "klartext/content"

// QuestionsPage lists what readers asked.
type QuestionsPage struct {
	Admin
	State string // that is shown, "" for all
	Tabs  []QuestionTab
	Rows  []QuestionRow
}

// QuestionTab leads to the questions in one state.
type QuestionTab struct {
	State string
	Count int
}

// QuestionRow is one question with the titles that its ids stand for.
type QuestionRow struct {
	content.Question
	About      string // title of the entry on whose page it was asked
	AboutURL   string
	AnswerText string // title of the entry that answers it
	AnswerURL  string
}

// QuestionPage is one question, to be answered or closed.
type QuestionPage struct {
	Admin
	Row       QuestionRow
	Entries   []Choice // to choose from: slug and title
	Languages []content.Lang
	Slug      string
	Lang      content.Lang
	Version   string
	Word      string
}

// VotesPage lists how well versions are understood.
type VotesPage struct {
	Admin
	Rows      []VotesRow
	Sentences []SentenceRow
}

// VotesRow is one version with its votes.
type VotesRow struct {
	content.VoteCount
	Title string
	URL   string
}

// SentenceRow is a vote that says more than yes or no.
type SentenceRow struct {
	content.Vote
	Title string
	URL   string
}
