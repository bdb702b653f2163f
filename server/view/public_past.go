package view

import (
	"time"

	"klartext/content"
)

// Citation is what somebody writes who quotes a page of the past.
type Citation struct {
	Site, Title string
	Number      int // of the version, 0 for a page of many texts
	Day         content.Date
	URL         string
	Hash        string // the first signs of the version's SHA-256
}

// AsOfPage is the way in as it stood at the end of a day.
type AsOfPage struct {
	Public
	Day     content.Date // "" where none was asked for
	Problem string       // why the day that was asked for cannot be shown
	First   content.Date // of the first publication
	Today   content.Date
	Cite    Citation
	Answers int
	Topics  []TopicPart
	Rules   []Link // the policies that there were
	Latest  []ChangeRow
}

// AddTopic shows a topic with its first questions.
func (p *AsOfPage) AddTopic(topic Link, questions []Link, first int) {
	if len(questions) > 0 {
		p.Topics = append(p.Topics, TopicPart{Topic: topic, Questions: questions[:min(len(questions), first)], Total: len(questions)})
		p.Answers += len(questions)
	}
}

// AsOfTopicPage lists the questions of a topic as they stood at the end of a day.
type AsOfTopicPage struct {
	Public
	Day       content.Date
	Name      Phrase
	Cite      Citation
	Questions []Link
}

// SincePage tells what changed since a day or a change.
type SincePage struct {
	Public
	Day      content.Date // "" where none was asked for
	After    Phrase       // the change that was asked for, instead of a day
	Problem  string
	First    content.Date
	Today    content.Date
	Changes  []ChangeRow
	Material int // how many of them
	More     int // how many are not listed
	Steps    []StepRow
	MoreText int
}

// StepRow is what happened to one text since then.
type StepRow struct {
	Title    Link
	Act      string // "new", "changed", "restored", "withdrawn"
	From, To int
	URL      string // the comparison
}

// CoveragePage tells what was announced where.
type CoveragePage struct {
	Public
	Material  []CoverageRow
	Announced int
	All       int // material changes
	Editorial []ChangeRow
	Whys      []Phrase // of Editorial, row by row
	Imported  int
	From, To  time.Time // of the imported ones
	More      int       // how many rows were left out in all
	ShowLags  bool
	Lags      []LagRow
	MoreLags  int
}

// CoverageRow is a material change with its posts.
type CoverageRow struct {
	Change ChangeRow
	Posts  []PostRow
}

// LagRow is a text that is behind another language.
type LagRow struct {
	Title   Link
	Ahead   content.Lang
	Since   time.Time
	Missing bool
}
