package markdown

import (
	"regexp"
	"slices"
	"strings"
)

var (
	fenceOpening = regexp.MustCompile("^(?:[ \t>]|[-*+][ \t]|[0-9]+[.)][ \t])*(```+|~~~+)")
	listMarker   = regexp.MustCompile(`^[ \t>]*(?:[-*+]|[0-9]+[.)])[ \t]+`)
	atxHeading   = regexp.MustCompile(`^(#{1,6}) +(.*?)\s*$`)
)

// splitLines cuts a text into lines that keep their line ends.
func splitLines(source string) []string { return slices.Collect(strings.Lines(source)) }

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }

// indent is the width of the leading white space; a tab counts four.
func indent(line string) int {
	width := 0
	for _, c := range line {
		switch c {
		case ' ':
			width++
		case '\t':
			width += 4
		default:
			return width
		}
	}
	return width
}

// codeLines tells for each line whether it belongs to a code block, by the parser's
// rules: a fence without an end is no fence, four spaces are code outside of lists.
func codeLines(lines []string) []bool {
	code := make([]bool, len(lines))
	closed := fenceEnds(lines)
	inList := false
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case closed[i] > 0:
			for j := i; j <= closed[i]; j++ {
				code[j] = true
			}
			i = closed[i]
		case isBlank(line):
		case !inList && indent(line) >= 4:
			code[i] = true
		case listMarker.MatchString(line):
			inList = true
		case indent(line) < 2 && (i == 0 || isBlank(lines[i-1]) || atxHeading.MatchString(line)):
			inList = false
		}
	}
	return code
}

// fenceEnds maps the line that opens a fence to the line that closes it. It walks
// from the end, so that thousands of fences that never close cost one pass.
func fenceEnds(lines []string) map[int]int {
	ends := map[int]int{}
	next := map[string]int{} // the nearest bare fence line below, by its marker
	for i := len(lines) - 1; i >= 0; i-- {
		m := fenceOpening.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		if end, ok := next[m[1]]; ok {
			ends[i] = end
		}
		if strings.Trim(lines[i], " \t>\r\n") == m[1] {
			next[m[1]] = i
		}
	}
	return ends
}
