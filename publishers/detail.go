package publishers

import (
	"strings"
	"unicode"
)

// maxDetail is the longest foreign sentence shown, in letters.
const maxDetail = 300

// cut makes foreign words fit for a page and a log: one line, no control
// characters, not too long.
func cut(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if runes := []rune(s); len(runes) > maxDetail {
		return string(runes[:maxDetail-1]) + "…"
	}
	return s
}
