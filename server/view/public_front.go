package view

import (
	"time"

	"klartext/server/restraint"
)

// FrontPage is the way in: topics, policies, what changed and what will.
type FrontPage struct {
	Public
	Answers  int
	Versions int
	Changed  time.Time // the newest publication; zero where there is none
	Headline Phrase
	Lead     Phrase
	Featured []Question // chosen by the editors
	Upcoming Upcoming
	Topics   []TopicPart
	Policies []Link
	Latest   []ChangeRow
}

// TopicPart is a topic with its first questions.
type TopicPart struct {
	Topic     Link
	Questions []Link
	Total     int
}

// TopicPage lists all questions of a topic with their short answers.
type TopicPage struct {
	Public
	Name      Phrase
	Questions []Question
	Others    []Link // the other topics
}

// Question is an entry in a list.
type Question struct {
	Link        Link
	ShortAnswer string
	Pending     *Edition
}

// MissingPage tells that there is nothing at an address, and where to go on.
type MissingPage struct {
	Public
	Why    string // "" where nothing was ever there
	Topics []Link
}

// StaticSearchPage searches by a script, where there is no server to do it.
type StaticSearchPage struct {
	Public
	Topics []Link
}

// AboutPage says what the site found when it looked at itself.
type AboutPage struct {
	Public
	Checked bool
	Report  restraint.Report
	// AskURL is where to ask a question; "" where readers cannot say anything, and nothing of it is kept.
	AskURL string
	// Questions and Votes are how much from one place is taken in an hour.
	Questions, Votes int
}

// From is the address that the check comes from.
func (AboutPage) From() string { return restraint.From }
