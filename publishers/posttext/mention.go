package posttext

import (
	"regexp"
	"strings"
)

// joiner is the zero-width joiner: between Latin letters it is neither seen nor
// read aloud, allows no line break, and yet ends what networks take for a name.
const joiner = "\u200D"

var mention = regexp.MustCompile(`(^|[^A-Za-z0-9_\x{C0}-\x{24F}/.+\-])([@＠])([A-Za-z0-9_]+)`)

// Neutralise keeps an @name from calling a stranger into an announcement: a
// joiner goes behind the @. E-mail addresses and links stay as they are. It
// answers the names, for a warning.
func Neutralise(text string) (safe string, names []string) {
	var b strings.Builder
	at := 0
	links := Links(text)
	for _, m := range mention.FindAllStringSubmatchIndex(text, -1) {
		sign, name := m[4], m[6]
		if within(links, sign) {
			continue
		}
		b.WriteString(text[at:name])
		b.WriteString(joiner)
		names = append(names, text[sign:m[7]])
		at = name
	}
	b.WriteString(text[at:])
	return b.String(), names
}

func within(links []Link, at int) bool {
	for _, l := range links {
		if at >= l.Start && at < l.End && l.Scheme {
			return true
		}
	}
	return false
}
