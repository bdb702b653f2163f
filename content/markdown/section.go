package markdown

import (
	"fmt"
	"regexp"
	"strings"
)

// sectionSize is where a section is cut again: below the guard's 64 KiB, so that a
// few sentences can still be added to each.
const sectionSize = 60_000

var setextUnderline = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*\r?\n?$`)

// Section is a piece of a long text under one heading.
type Section struct {
	ID      string // a slug of the heading, unique in the text
	Heading string // without markup; empty for what stands before the first heading
	Body    string // Markdown without its heading
}

// Sections cuts a text at its headings, so that each piece can be kept, rendered
// and explained by itself: at the top-most level that occurs twice (a title that
// stands above them gets a section too), and again one level deeper where a
// section is over 60 kB or would be refused by Check. What is still too long then
// is cut between paragraphs, without a heading. Link definitions follow the links
// that need them. No word is lost.
func Sections(source string) []Section {
	lines := splitLines(source)
	outline := findHeadings(lines)
	cutter := sectionCutter{lines: lines, outline: outline, code: codeLines(lines)}
	cutter.cut(0, len(lines), cutter.mainLevel())
	sections := cutter.sections
	shareDefinitions(sections, definitions(lines, cutter.code))
	nameSections(sections)
	return sections
}

// heading is one heading of a text: lines[line:next] are its own.
type heading struct {
	level      int
	line, next int
	text       string
}

func findHeadings(lines []string) []heading {
	code := codeLines(lines)
	var found []heading
	for i, line := range lines {
		if code[i] {
			continue
		}
		if m := atxHeading.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil && strings.Trim(m[2], "# ") != "" {
			found = append(found, heading{len(m[1]), i, i + 1, headingText(line)})
			continue
		}
		if level := setextLevel(lines, code, i); level > 0 {
			found = append(found, heading{level, i - 1, i + 1, headingText(lines[i-1])})
		}
	}
	return found
}

func setextLevel(lines []string, code []bool, i int) int {
	m := setextUnderline.FindStringSubmatch(lines[i])
	if m == nil || i == 0 || code[i-1] || isBlank(lines[i-1]) || !isProse(lines[i-1]) {
		return 0
	}
	if m[1][0] == '=' {
		return 1
	}
	return 2
}

// isProse tells a paragraph's line from one that opens another kind of block.
func isProse(line string) bool {
	return indent(line) < 4 && !listMarker.MatchString(line) && !atxHeading.MatchString(line) &&
		!setextUnderline.MatchString(line) && !strings.ContainsAny(strings.TrimSpace(line)[:1], ">|")
}

func headingText(line string) string {
	bare := strings.Trim(line, "# \r\n")
	if !strings.ContainsAny(bare, "*_`~[]<>&\\!|") { // no markup: most headings, and spares a parse
		return bare
	}
	text, err := Plain(line)
	if err != nil || text == "" {
		return bare
	}
	return strings.ReplaceAll(text, "\n", " ")
}

type sectionCutter struct {
	lines    []string
	outline  []heading
	code     []bool
	sections []Section
}

// mainLevel is the top-most level with two headings; a text with fewer is cut at
// the heading that it has.
func (c *sectionCutter) mainLevel() int {
	var used [7]int
	for _, h := range c.outline {
		used[h.level]++
	}
	for _, least := range []int{2, 1} {
		for level := 1; level <= 6; level++ {
			if used[level] >= least {
				return level
			}
		}
	}
	return 2
}

// cut adds the sections of lines[from:to], cut at headings of the level or above.
func (c *sectionCutter) cut(from, to, level int) {
	start, title := from, ""
	for _, h := range c.outline {
		if h.line < from || h.line >= to || h.level > level {
			continue
		}
		c.piece(title, start, h.line, level)
		start, title = h.next, h.text
	}
	c.piece(title, start, to, level)
}

// piece adds one section, or several where it is too long for one.
func (c *sectionCutter) piece(title string, from, to, level int) {
	body := strings.Join(c.lines[from:to], "")
	switch {
	case title == "" && isBlank(body):
		return
	case len(body) <= sectionSize && Check(body) == nil:
		c.add(title, body)
		return
	}
	deeper := c.nextLevel(from, to, level)
	if deeper == 0 {
		c.cutParagraphs(title, from, to)
		return
	}
	first := len(c.sections)
	c.cut(from, to, deeper)
	// What stands above the first deeper heading keeps the title of the whole.
	if len(c.sections) > first && c.sections[first].Heading == "" {
		c.sections[first].Heading = title
	} else if title != "" {
		c.sections = append(c.sections[:first], append([]Section{{Heading: title}}, c.sections[first:]...)...)
	}
}

func (c *sectionCutter) nextLevel(from, to, level int) int {
	next := 0
	for _, h := range c.outline {
		if h.line >= from && h.line < to && h.level > level && (next == 0 || h.level < next) {
			next = h.level
		}
	}
	return next
}

// cutParagraphs cuts at the last blank line before a piece would grow too long.
func (c *sectionCutter) cutParagraphs(title string, from, to int) {
	start, gap := from, from
	var piece, sinceGap tally
	for i := from; i < to; i++ {
		piece.add(c.lines[i])
		sinceGap.add(c.lines[i])
		if piece.over() && gap > start {
			c.add(title, strings.Join(c.lines[start:gap], ""))
			start, title, piece = gap, "", sinceGap
		}
		if isBlank(c.lines[i]) && !c.code[i] {
			gap, sinceGap = i+1, tally{}
		}
	}
	c.add(title, strings.Join(c.lines[start:to], ""))
}

func (c *sectionCutter) add(title, body string) {
	c.sections = append(c.sections, Section{Heading: title, Body: strings.Trim(body, "\r\n")})
}

func nameSections(sections []Section) {
	taken := map[string]bool{}
	tried := map[string]int{} // so that a thousand equal headings cost one pass
	for i := range sections {
		base := Slug(sections[i].Heading)
		if base == "" {
			base = "text"
		}
		id := base
		for taken[id] {
			tried[base]++
			id = fmt.Sprintf("%s-%d", base, tried[base]+1)
		}
		taken[id] = true
		sections[i].ID = id
	}
}
