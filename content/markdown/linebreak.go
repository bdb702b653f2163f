package markdown

import (
	"regexp"
	"strings"
)

var blockStart = regexp.MustCompile(`^(?:[-+*>#|=]|~~~|` + "```" + `|[0-9]+[.)][ \t])`)

// layBreaks turns the signs for <br> into Markdown's own: a backslash at the end of
// a line. A line that holds nothing else is left out, and so is a break with
// nothing behind it.
func (c *importer) layBreaks(text string) string {
	if !strings.Contains(text, c.br) {
		return dropEmptied(text)
	}
	var laid []string // lines without their ends
	broken := false   // a break waits for the next words
	for line := range strings.Lines(text) {
		for i, part := range strings.Split(strings.TrimRight(line, "\n"), c.br) {
			if i > 0 {
				broken = true
				part = strings.TrimLeft(part, " \t")
			}
			if isBlank(part) {
				continue
			}
			if broken && len(laid) > 0 {
				laid[len(laid)-1] = strings.TrimRight(laid[len(laid)-1], " \t\\") + `\`
			}
			if i > 0 {
				part = escapeStart(part)
			}
			broken = false
			laid = append(laid, part)
		}
	}
	if len(laid) == 0 {
		return ""
	}
	return strings.Join(laid, "\n") + "\n"
}

// dropEmptied leaves out lines that held nothing but tags: a blank line would end
// the paragraph.
func dropEmptied(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !isBlank(line) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// escapeStart keeps words that came to the start of a line from becoming a list,
// heading or quote.
func escapeStart(line string) string {
	if !blockStart.MatchString(line) || strings.HasPrefix(line, "**") || strings.HasPrefix(line, "*") && !strings.HasPrefix(line, "* ") {
		return line
	}
	if at := strings.IndexAny(line, ".)"); line[0] >= '0' && line[0] <= '9' {
		return line[:at] + `\` + line[at:]
	}
	return `\` + line
}
