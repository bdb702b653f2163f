package content

import (
	"context"
	"fmt"
	"strings"
)

// Checker reads a text as its readers will and says how hard that is and where. It answers with an *Error of kind
// Invalid where it cannot read the text at all. It is safe for concurrent use.
type Checker interface {
	Check(ctx context.Context, in CheckInput) (Clarity, error)
	// Speaks tells whether texts in this language can be checked.
	Speaks(lang Lang) bool
	// Rules lists all rules, described in a language.
	Rules(lang Lang) []RuleInfo
	// Starters are terms of data protection with their explanations, for a site to take over into its glossary.
	Starters(lang Lang) []Term
	// RuleSet names the rules, lists and weights; it changes with each change that can change a verdict.
	RuleSet() string
}

// CheckKind is what sort of text is checked.
type CheckKind string

// The kinds of text. A short text has no score; only the rules look at it.
const (
	CheckText  CheckKind = "text"
	CheckFAQ   CheckKind = "faq"
	CheckShort CheckKind = "short"
)

// CheckInput is one text with what the site knows about its readers.
type CheckInput struct {
	Text        string // Markdown
	Lang        Lang
	Kind        CheckKind
	MessageLang Lang // in which the findings speak
	Words       SiteWords
}

// SiteWords are what a site says about words in one language.
type SiteWords struct {
	Known        []string
	Glossary     []Term
	RulesOff     []string
	Replacements map[string]string
	Print        string // names all of this: the same print, the same words
}

// RuleInfo describes one rule.
type RuleInfo struct {
	ID         string
	Langs      []Lang
	Severities []Severity // that its findings may have, in any language
	Name       string
	Why        string
}

// Severity is how much a finding weighs.
type Severity string

// Severities: an error closes the gate where the site says so.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityHint    Severity = "hint"
)

// Severities lists them, the heaviest first.
func Severities() []Severity { return []Severity{SeverityError, SeverityWarning, SeverityHint} }

// Finding is a place in a text that readers may stumble over.
type Finding struct {
	Field       string // of the text, as in the API: "body", "examples.0"; "" where there is only one
	Rule        string
	Severity    Severity
	Start, End  int    // bytes in the field
	Quote       string // what is marked
	Message     string
	Why         string
	Suggestion  string
	Replacement string // may stand in place of the quote as it is; "" where a person must decide
	Ignored     string // why somebody put it aside for good, "" where nobody did
}

// Clarity is what the checker has to say about a text.
type Clarity struct {
	Score      *int     // 0 to 100, nil where the text is too short
	Difficulty *float64 // the formula's own figure, nil without a word
	Band       string
	Sentences  int
	Words      int
	// LostToSentences and LostToWords are the points that are missing from 100.
	LostToSentences, LostToWords float64
	Findings                     []Finding
	RuleSet                      string
}

// Count counts the findings of a severity that nobody put aside.
func (c *Clarity) Count(s Severity) int {
	n := 0
	for _, f := range c.Findings {
		if f.Severity == s && f.Ignored == "" {
			n++
		}
	}
	return n
}

// TextPart is one field of a text.
type TextPart struct {
	Field string
	Text  string
}

// titleMark makes the question a heading, which counts for the rules on words and not for the score.
const titleMark = "# "

// PlainParts are the fields of a text that should be plain, in reading order. Of a policy they are its summaries: the
// legal text beside them is for lawyers, too.
func (w *Writing) PlainParts(kind EntryKind) []TextPart {
	parts := []TextPart{{"title", w.Title}, {"short_answer", w.ShortAnswer}}
	if kind == Policy {
		for i, s := range w.Sections {
			parts = append(parts, TextPart{fmt.Sprintf("sections.%d.summary", i), s.Summary})
		}
		return filledParts(parts)
	}
	parts = append(parts, TextPart{"body", w.Body})
	for i, example := range w.Examples {
		parts = append(parts, TextPart{fmt.Sprintf("examples.%d", i), example})
	}
	for i, view := range w.Perspectives {
		parts = append(parts, TextPart{fmt.Sprintf("perspectives.%d.text", i), view.Text})
	}
	return filledParts(parts)
}

// LegalParts are what readers of a policy without any summary have to read.
func (w *Writing) LegalParts() []TextPart {
	parts := []TextPart{{"title", w.Title}, {"short_answer", w.ShortAnswer}, {"body", w.Body}}
	for i, s := range w.Sections {
		parts = append(parts, TextPart{fmt.Sprintf("sections.%d.body", i), s.Body})
	}
	return filledParts(parts)
}

func filledParts(parts []TextPart) []TextPart {
	return kept(parts, func(p *TextPart) bool { return strings.TrimSpace(p.Text) != "" })
}

// joined is a text in parts as one, so that it gets one score, with the place of each part in it.
type joined struct {
	text   string
	parts  []TextPart
	starts []int
}

func join(parts []TextPart) joined {
	var b strings.Builder
	j := joined{parts: parts}
	for _, part := range parts {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		text := part.Text
		if part.Field == "title" && len(parts) > 1 {
			b.WriteString(titleMark)
			text = strings.Map(func(r rune) rune {
				if r == '\n' || r == '\r' {
					return ' '
				}
				return r
			}, text)
		}
		j.starts = append(j.starts, b.Len())
		b.WriteString(text)
	}
	j.text = b.String()
	return j
}

// place puts findings in the whole to the parts that they are in.
func (j *joined) place(findings []Finding) []Finding {
	out := make([]Finding, 0, len(findings))
	for _, f := range findings {
		at := len(j.starts) - 1
		for at > 0 && j.starts[at] > f.Start {
			at--
		}
		if at < 0 {
			continue
		}
		part := j.parts[at]
		f.Field, f.Start, f.End = part.Field, max(0, f.Start-j.starts[at]), f.End-j.starts[at]
		f.End = min(f.End, len(part.Text))
		f.Start = min(f.Start, f.End)
		f.Quote = part.Text[f.Start:f.End]
		out = append(out, f)
	}
	return out
}
