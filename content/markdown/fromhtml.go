package markdown

import (
	"regexp"
	"strings"
)

// FromHTML makes pure Markdown of a text that may hold raw HTML, which Render would
// leave out: front matter goes, comments go, elements become the Markdown that says
// the same, and words in angle brackets that are no HTML are kept as words. A text
// without any of these comes back byte for byte; in others, too, only the places
// with HTML change. No word that a reader would see is lost.
//
// The source may be up to 1 MiB, longer than Render takes. Errors: *GuardError.
func FromHTML(source string) (converted string, report Conversion, err error) {
	if err := checkBytes(source, maxImport); err != nil {
		return "", report, err
	}
	front, body := cutFrontMatter(source)
	report.FrontMatter = front
	if !strings.Contains(body, "<") {
		return body, report, nil
	}
	c := newImporter(strings.ReplaceAll(body, "\r\n", "\n"), &report)
	converted = c.convert()
	if len(report.Elements) == 0 && report.Comments == 0 && report.Placeholders == 0 {
		return body, report, nil
	}
	return converted, report, nil
}

// importer walks a text block by block.
type importer struct {
	body        string
	starts      []int // where in body each line begins
	lines       []string
	code        []bool
	lastComment int            // where in body the last comment ends
	ends        map[string]int // where in body the last end tag of each name is
	out         strings.Builder
	report      *Conversion
	library     *library
	br          string // stands for a line break until the lines are put together
	mark        string // stands around the number of an emphasis that is held back
	held        []emphasis
	budget      int // bytes that may still be searched for end tags that are not there
}

var endTag = regexp.MustCompile(`</([A-Za-z][A-Za-z0-9-]*)`)

func newImporter(body string, report *Conversion) *importer {
	c := &importer{
		body: body, lines: splitLines(body), budget: 8 * maxImport, ends: map[string]int{}, report: report,
		br: unusedSign(body, 0), mark: unusedSign(body, 1), library: newLibrary(unusedSign(body, 2)),
	}
	c.code = codeLines(c.lines)
	c.lastComment = strings.LastIndex(body, "-->")
	at := 0
	for _, line := range c.lines {
		c.starts = append(c.starts, at)
		at += len(line)
	}
	for _, m := range endTag.FindAllStringSubmatchIndex(body, -1) {
		c.ends[strings.ToLower(body[m[2]:m[3]])] = m[0]
	}
	return c
}

// unusedSign returns a private-use sign that the text does not contain.
func unusedSign(text string, nth int) string {
	for r := rune(0xe000 + nth); ; r += 16 {
		if s := string(r); !strings.Contains(text, s) {
			return s
		}
	}
}

func (c *importer) convert() string {
	for i := 0; i < len(c.lines); {
		switch {
		case c.code[i] || isBlank(c.lines[i]):
			c.out.WriteString(c.lines[i])
			i++
		case c.startsComment(i):
			i = c.dropComment(i)
		case c.startsBlock(i):
			i = c.convertBlock(i)
		default:
			end := c.paragraphEnd(i)
			c.convertLines(i, end)
			i = end
		}
	}
	return c.out.String()
}

// startsBlock says whether a line opens an HTML block: a block element, or one that
// shows nothing, as the first thing on the line.
func (c *importer) startsBlock(i int) bool {
	rest := c.rest(i)
	if !strings.HasPrefix(rest, "<") {
		return false
	}
	t, ok := readTag(rest)
	if !ok || t.end || t.name == "br" {
		return false
	}
	switch kindOf(t.name) {
	case breaking, structural, hidden:
		return !isEverydayWord(t.name) || t.attrs != "" || c.ends[t.name] > c.starts[i]
	default:
		return false
	}
}

// rest is the text from the first sign of a line on.
func (c *importer) rest(i int) string {
	line := c.lines[i]
	return c.body[c.starts[i]+len(line)-len(strings.TrimLeft(line, " \t")):]
}

// consume takes size bytes from rest(i) and returns the line to go on with; what is
// left of a line is looked at again.
func (c *importer) consume(i, size int) int {
	at := len(c.body) - len(c.rest(i)) + size
	for i < len(c.lines) && c.starts[i]+len(c.lines[i]) <= at {
		i++
	}
	if i == len(c.lines) {
		return i
	}
	c.lines[i] = c.lines[i][max(0, at-c.starts[i]):]
	c.starts[i] = max(c.starts[i], at)
	if isBlank(c.lines[i]) {
		return i + 1
	}
	return i
}

func (c *importer) startsComment(i int) bool {
	line := strings.TrimLeft(c.lines[i], " \t")
	return strings.HasPrefix(line, "<!--") && c.lastComment >= c.starts[i] && commentSize(c.rest(i)) > 0
}

// dropComment leaves out a comment that begins a line.
func (c *importer) dropComment(i int) int {
	c.report.Comments++
	return c.consume(i, commentSize(c.rest(i)))
}

// paragraphEnd finds the lines that belong together as running text: an element may
// reach over them, but not over the next item, heading or blank line.
func (c *importer) paragraphEnd(i int) int {
	first := i
	for i++; i < len(c.lines); i++ {
		line := c.lines[i]
		if isBlank(line) || c.code[i] || listMarker.MatchString(line) || atxHeading.MatchString(line) ||
			atxHeading.MatchString(c.lines[first]) || c.startsBlock(i) || c.startsComment(i) {
			return i
		}
	}
	return i
}

func (c *importer) convertLines(from, to int) {
	text := strings.Join(c.lines[from:to], "")
	if !strings.Contains(text, "<") {
		c.out.WriteString(text)
		return
	}
	if isTable(c.lines[from:to]) {
		for _, row := range c.lines[from:to] {
			c.out.WriteString(c.inOneLine(row))
		}
		return
	}
	if atxHeading.MatchString(c.lines[from]) {
		c.out.WriteString(c.inOneLine(text))
		return
	}
	c.out.WriteString(c.layBreaks(c.inline(text)))
}

// inOneLine converts a heading or a table row, where a line break is a space.
func (c *importer) inOneLine(text string) string {
	converted := c.inline(text)
	if !strings.Contains(converted, c.br) {
		return converted
	}
	parts := strings.Split(strings.TrimSuffix(converted, "\n"), c.br)
	for i := range parts {
		if i > 0 {
			parts[i] = strings.TrimLeft(parts[i], " ")
		}
		if i < len(parts)-1 {
			parts[i] = strings.TrimRight(parts[i], " ")
		}
	}
	return strings.Join(parts, " ") + "\n"
}

func isTable(lines []string) bool {
	for _, line := range lines {
		if strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, " \t\r\n|:->") == "" {
			return true
		}
	}
	return false
}
