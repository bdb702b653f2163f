package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"klartext/content/plain"
)

// lines finds the line and column of a byte offset.
type lines struct {
	source string
	starts []int
}

func newLines(source string) lines {
	l := lines{source: source, starts: []int{0}}
	if strings.HasPrefix(source, "\ufeff") {
		l.starts[0] = len("\ufeff") // editors do not count it
	}
	for i := range len(source) {
		if source[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// at is the line and the column, both from 1; a column is a character (code point).
func (l lines) at(offset int) (line, column int) {
	line = max(1, sort.SearchInts(l.starts, offset+1))
	start := min(l.starts[line-1], offset)
	return line, utf8.RuneCountInString(l.source[start:offset]) + 1
}

// text is the file's report as compilers write it.
func (f *checkedFile) text(checker *plain.Checker, least int) string {
	var b strings.Builder
	for _, finding := range f.Findings {
		line, column := f.lines.at(finding.Start)
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s (%s)\n", printable(f.Path), line, column, finding.Severity, printable(finding.Message), finding.Rule)
		if finding.Suggestion != "" {
			fmt.Fprintf(&b, "    %s\n", printable(finding.Suggestion))
		}
	}
	if f.More > 0 {
		fmt.Fprintf(&b, "%s: and %d more\n", printable(f.Path), f.More)
	}
	fmt.Fprintf(&b, "%s: %s\n", printable(f.Path), f.summary(checker, least))
	return b.String()
}

// summary is one line: the score, what that means, and what was found.
func (f *checkedFile) summary(checker *plain.Checker, least int) string {
	var score string
	label := checker.BandLabel(f.Band, "en")
	switch {
	case f.Score == nil:
		score = label
	case under(f.Result, least):
		score = fmt.Sprintf("score %d, %s: under %d", *f.Score, label, least)
	default:
		score = fmt.Sprintf("score %d, %s", *f.Score, label)
	}
	var found []string
	for severity := plain.Error; severity >= plain.Hint; severity-- {
		if n := f.count(severity); n > 0 {
			found = append(found, numbered(n, severity.String()))
		}
	}
	if len(found) == 0 {
		found = []string{"no findings"}
	}
	language := ""
	if f.Lang != "" {
		language = ", " + f.Lang
	}
	return fmt.Sprintf("%s; %s (%s%s)", score, strings.Join(found, ", "), numbered(f.Words, "word"), language)
}

func (f *checkedFile) count(severity plain.Severity) int {
	n := 0
	for i := range f.Findings {
		if f.Findings[i].Severity == severity {
			n++
		}
	}
	return n
}

func numbered(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// sayJSON writes for programs, and for people who look at what programs get.
func (p *program) sayJSON(v any) error {
	encoder := json.NewEncoder(p.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}
