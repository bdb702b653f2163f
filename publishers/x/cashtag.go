package x

import (
	"regexp"
	"unicode/utf8"
)

// cashtagExp is a cashtag at the beginning of what is left of a text, by the rules of twitter-text.
var cashtagExp = regexp.MustCompile(`^\$([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?:$|[` + blanks + punctuation + `])`)

const (
	blanks      = `\x09-\x0D \x{85}\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}`
	punctuation = `!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$`
)

var blankExp = regexp.MustCompile(`^[` + blanks + `]$`)

// cashtags finds the names behind a dollar sign that X makes links of.
func cashtags(text string) (tags []string) {
	before := ""
	for at := 0; at < len(text); {
		_, size := utf8.DecodeRuneInString(text[at:])
		if text[at] == '$' && (before == "" || blankExp.MatchString(before)) {
			if m := cashtagExp.FindStringSubmatch(text[at:]); m != nil {
				tags = append(tags, m[1])
			}
		}
		before = text[at : at+size]
		at += size
	}
	return tags
}
