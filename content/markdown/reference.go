package markdown

import (
	"regexp"
	"strings"
)

// "[label]: target", the one construct of Markdown that shows a reader nothing.
var (
	definition = regexp.MustCompile(`^ {0,3}\[([^\]\n]+)\]:[ \t]*(\S+)`)
	bracketed  = regexp.MustCompile(`\[([^\[\]\n]+)\]`)
	address    = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:|/|#|\.\.?/|<)|/|^[\w-]+(?:\.[\w-]+)+$`)
)

// keepFalseReferences escapes lines that have the shape of a link definition but
// are prose, such as "[iOS]: [Support](https://example.org).": the parser would
// swallow them whole. Real histories have them.
func keepFalseReferences(source string) string {
	if !strings.Contains(source, "]:") {
		return source
	}
	lines := splitLines(source)
	code := codeLines(lines)
	uses := labelUses(source)
	for i, line := range lines {
		if !code[i] && isFalseReference(line, uses) {
			at := strings.IndexByte(line, '[')
			lines[i] = line[:at] + `\` + line[at:]
		}
	}
	return strings.Join(lines, "")
}

// labelUses counts the bracketed words of a text.
func labelUses(source string) map[string]int {
	uses := map[string]int{}
	for _, m := range bracketed.FindAllStringSubmatch(source, -1) {
		uses[strings.ToLower(m[1])]++
	}
	return uses
}

func isFalseReference(line string, uses map[string]int) bool {
	m := definition.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	label, target := m[1], m[2]
	if strings.HasPrefix(target, "[") || strings.Contains(target, "](") {
		return true
	}
	return !address.MatchString(target) && uses[strings.ToLower(label)] < 2
}

// definitions maps the labels of link definitions, in small letters, to their lines.
func definitions(lines []string, code []bool) map[string]string {
	found := map[string]string{}
	uses := labelUses(strings.Join(lines, ""))
	for i, line := range lines {
		if m := definition.FindStringSubmatch(line); m != nil && !code[i] && !isFalseReference(line, uses) {
			found[strings.ToLower(m[1])] = strings.TrimRight(line, "\r\n")
		}
	}
	return found
}

// shareDefinitions gives each section the definitions that it uses but lost in the cut.
func shareDefinitions(sections []Section, known map[string]string) {
	if len(known) == 0 {
		return
	}
	for i := range sections {
		s := &sections[i]
		lines := splitLines(s.Body)
		done := definitions(lines, codeLines(lines))
		var missing []string
		for _, m := range bracketed.FindAllStringSubmatch(s.Body, -1) {
			label := strings.ToLower(m[1])
			if line, ok := known[label]; ok && done[label] == "" {
				done[label] = line
				missing = append(missing, line)
			}
		}
		if len(missing) > 0 {
			s.Body += "\n\n" + strings.Join(missing, "\n")
		}
	}
}
