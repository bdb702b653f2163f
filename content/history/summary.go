package history

import (
	"time"

	"klartext/content"
)

// Summary says what an import did, in numbers.
type Summary struct {
	Lines      int // states in the file
	Taken      int // that were new
	Known      int // that an earlier import took in
	Topics     int // made
	Entries    int // made
	Policies   int // made
	Versions   int
	Tombstones int
	Changes    int
	Editorial  int // changes of at most five words
	Repeated   int // states in changes that changed no word
	// What was converted: texts, and in them HTML elements by name, comments, front matter
	// and words in angle brackets that were kept as words.
	Converted    int
	Elements     map[string]int
	Comments     int
	FrontMatter  int
	Placeholders int
	Links        int // links between answers that lead to their pages now
	Skipped      []Skipped
}

// Skipped is a withdrawal of something that readers did not see at that time.
type Skipped struct {
	Line int
	Key  string
	Lang content.Lang
	At   time.Time
}

// count says how many states are new and how many were known.
func (s *Summary) count(all, fresh []*Prepared) {
	s.Lines, s.Taken = len(all), len(fresh)
	s.Known = len(all) - len(fresh) - len(s.Skipped)
}

func (s *Summary) take(p *Plan) {
	s.Topics, s.Changes = len(p.Topics), len(p.Publications)
	for _, e := range p.Entries {
		if e.Kind == content.Policy {
			s.Policies++
		} else {
			s.Entries++
		}
	}
	for i := range p.Publications {
		s.Versions += len(p.Publications[i].Versions)
		s.Tombstones += len(p.Publications[i].Tombstones)
		if p.Publications[i].Change.Materiality == content.Editorial {
			s.Editorial++
		}
	}
}

func (s *Summary) convert(p *Prepared) {
	s.Links += p.Links
	if !p.Conversion.Changed() {
		return
	}
	s.Converted++
	s.Comments += p.Conversion.Comments
	s.Placeholders += p.Conversion.Placeholders
	if p.Conversion.FrontMatter != "" {
		s.FrontMatter++
	}
	if s.Elements == nil {
		s.Elements = map[string]int{}
	}
	for name, n := range p.Conversion.Elements {
		s.Elements[name] += n
	}
}
