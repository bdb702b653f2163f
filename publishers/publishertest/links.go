package publishertest

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// link is an address inside a text, in bytes.
type link struct {
	start, end int
	scheme     bool
}

// What an address is made of, written from the networks' documentation.
const (
	schemePart = `(?:https?://)?`
	labelPart  = `[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?`
	hostPart   = labelPart + `(?:\.` + labelPart + `)+`
	pathSign   = `[\p{Latin}\p{Cyrillic}0-9!*';:=+,.$/%#\[\]\x{2013}_~@|&-]`
	pathStop   = `[\p{Latin}\p{Cyrillic}0-9+=_#/-]`
	inBrackets = `\((?:` + pathSign + `|\(` + pathSign + `*\))+\)`
	pathPart   = `(?:/(?:(?:` + pathSign + `|` + inBrackets + `)*(?:` + pathStop + `|` + inBrackets + `))?)?`
	queryPart  = `(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-])?`
)

var (
	schemeExp = regexp.MustCompile(`(?i)^https?://`)
	hostExp   = regexp.MustCompile(`(?i)^` + hostPart)
	bareExp   = regexp.MustCompile(`(?i)^[\p{Latin}0-9](?:[\p{Latin}0-9-]*[\p{Latin}0-9])?(?:\.[\p{Latin}0-9](?:[\p{Latin}0-9-]*[\p{Latin}0-9])?)+`)
	tailExp   = regexp.MustCompile(`(?i)^(?::[0-9]+)?(` + pathPart + `)` + queryPart)
)

// links finds the addresses in a text: those with a scheme, and host names
// without one whose top-level domain exists.
func links(text string) (found []link) {
	for at := 0; at < len(text); {
		if l, ok := linkAt(text, at); ok {
			found = append(found, l)
			at = l.end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return found
}

func linkAt(text string, at int) (link, bool) {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	if at > 0 && (isWord(before) || strings.ContainsRune("@＠$#＃", before)) {
		return link{}, false
	}
	host, exp := at, bareExp
	scheme := schemeExp.FindStringIndex(text[at:])
	withScheme := scheme != nil
	if withScheme {
		host, exp = at+scheme[1], hostExp
	} else if at > 0 && strings.ContainsRune("-_./", before) {
		return link{}, false
	}
	end := host + hostLength(exp.FindString(text[host:]), text[host:])
	if end == host {
		return link{}, false
	}
	tail := tailExp.FindStringSubmatch(text[end:])
	if withScheme || tail[1] != "" { // without a path, port and query are text
		end += len(tail[0])
	}
	return link{at, end, withScheme}, true
}

// isWord: only Latin letters and figures keep an address from beginning after them.
func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// hostLength is the length of the longest host name at the beginning of a run
// of labels that ends in a top-level domain; 0 where there is none.
func hostLength(run, text string) int {
	for labels := strings.Split(run, "."); len(labels) >= 2; labels = labels[:len(labels)-1] {
		host := strings.Join(labels, ".")
		if strings.Contains(labels[len(labels)-2], "_") || follows(text[len(host):]) {
			continue
		}
		if knownTop(labels[len(labels)-1]) && labelsFit(labels) {
			return len(host)
		}
	}
	return 0
}

// follows: with these signs behind it a name is an e-mail address or goes on.
func follows(rest string) bool {
	return rest != "" && strings.ContainsRune("@+-_", rune(rest[0]))
}

func knownTop(label string) bool {
	name, err := idna.ToASCII(strings.ToLower(label))
	if err != nil {
		return false
	}
	suffix, icann := publicsuffix.PublicSuffix("a.b.c." + name)
	return icann && (suffix == name || strings.HasSuffix(suffix, "."+name))
}

const longestLabel = 63

func labelsFit(labels []string) bool {
	for _, label := range labels {
		name, err := idna.Punycode.ToASCII(label)
		if err != nil || len(name) > longestLabel {
			return false
		}
	}
	return true
}
