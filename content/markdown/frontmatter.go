package markdown

import (
	"regexp"
	"strings"
)

var frontMatterLine = regexp.MustCompile(`^(?:[A-Za-z_][\w .-]*:(?:\s|$)|[ \t]+\S|- |#|\s*$)`)

// cutFrontMatter splits off the YAML block at the head of a text. A rule of three
// dashes alone is no front matter: there must be keys up to a closing mark.
func cutFrontMatter(source string) (front, body string) {
	text := strings.TrimPrefix(source, "\ufeff")
	lines := splitLines(text)
	if len(lines) == 0 || strings.TrimRight(lines[0], " \t\r\n") != "---" {
		return "", source
	}
	size, keys := len(lines[0]), 0
	for _, line := range lines[1:] {
		size += len(line)
		bare := strings.TrimRight(line, " \t\r\n")
		if bare == "---" || bare == "..." {
			if keys == 0 {
				return "", source
			}
			return text[:size], strings.TrimLeft(text[size:], "\r\n")
		}
		if !frontMatterLine.MatchString(bare) {
			return "", source
		}
		if strings.Contains(bare, ":") {
			keys++
		}
	}
	return "", source
}
