package posttext

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// domain is where the longest host name that begins at a place ends: labels and
// a top-level domain that exists. The signs of inside may stand within a label.
// barren is up to where no host name can begin, because no dot has a top-level domain after it.
func (f *finder) domain(at, limit int, letter func(rune) bool, inside string) (longest, barren int) {
	longest = at
	label, stop, hopeless := at, at, true
	for i, r := range f.text[at:min(limit, at+maxLink)] {
		i += at
		if r == '.' {
			if !validLabel(f.text[label:i], letter) {
				hopeless = false // a host name may begin within this label
				break
			}
			if end := f.top(i + 1); end > i+1 && end <= limit {
				hopeless = false
				if nameLabel(f.text[label:i]) {
					longest = end
				}
			}
			label = i + 1
		} else if !letter(r) && !strings.ContainsRune(inside, r) {
			break
		}
		stop = i
	}
	if hopeless {
		barren = stop
	}
	return longest, barren
}

// top is where the top-level domain after a dot ends.
func (f *finder) top(at int) int {
	end, known := f.tops[at]
	if !known {
		end = at + topLevel(f.text[at:])
		f.tops[at] = end
	}
	return end
}

func validLabel(label string, letter func(rune) bool) bool {
	first, _ := utf8.DecodeRuneInString(label)
	last, _ := utf8.DecodeLastRuneInString(label)
	return label != "" && letter(first) && letter(last)
}

// nameLabel: the label before the top-level domain has no underscore.
func nameLabel(label string) bool { return !strings.Contains(label, "_") }

// domainLetter: everything but punctuation, blanks, signs of direction and three letters that are none.
func domainLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && !strings.ContainsRune(punctuation, r) || r < '\t' || r > '\r' && r < ' '
	}
	return !directional(r) && !space(r) && r != 0xFFFE && r != 0xFEFF && r != 0xFFFF
}

func space(r rune) bool {
	switch r {
	case 0x85, 0xA0, 0x1680, 0x180E, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

var latinLetter = regexp.MustCompile(`(?i)^[\-a-z0-9` + latin + `]$`)

func bareLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '-' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return latinLetter.MatchString(string(r))
}

// topLevel is the length of the top-level domain at the beginning of s. One of
// ASCII letters must end there; one of others may be followed by anything.
func topLevel(s string) int {
	n := 0
	for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n > 0 {
		if strings.EqualFold(s[:n], "xn") && strings.HasPrefix(s[n:], "--") {
			return punycode(s)
		}
		if n < len(s) && strings.IndexByte("@+-", s[n]) >= 0 {
			return 0
		}
		return exists(s[:n], n)
	}
	return foreignTopLevel(s)
}

func punycode(s string) int {
	n := 4
	for n < len(s) && (s[n] == '-' || s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n == 4 {
		return 0
	}
	return n
}

// maxForeign is the longest top-level domain in another script, in letters.
const maxForeign = 12

func foreignTopLevel(s string) int {
	var ends []int
	for at := 0; at < len(s) && len(ends) < maxForeign; {
		r, size := utf8.DecodeRuneInString(s[at:])
		if r < utf8.RuneSelf || !domainLetter(r) {
			break
		}
		at += size
		ends = append(ends, at)
	}
	for _, end := range slices.Backward(ends) {
		if end < len(s) && boundaryNeeded(s[end]) {
			continue
		}
		if name, err := idna.ToASCII(s[:end]); err == nil && exists(name, end) > 0 {
			return end
		}
	}
	return 0
}

func boundaryNeeded(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("@+-", b) >= 0
}

// exists answers n where the public suffix list knows the top-level domain.
func exists(name string, n int) int {
	name = strings.ToLower(name)
	suffix, icann := publicsuffix.PublicSuffix("a.b.c." + name)
	if icann && (suffix == name || strings.HasSuffix(suffix, "."+name)) {
		return n
	}
	return 0
}

// validHost: no label is longer than DNS allows, no address longer than networks take.
func validHost(host string, letters int) bool {
	encoded := 0
	for label := range strings.SplitSeq(host, ".") {
		name, err := idna.Punycode.ToASCII(label)
		if err != nil || name == "" || len(name) > maxLabel {
			return false
		}
		encoded += len(name) - utf8.RuneCountInString(label)
	}
	return letters+encoded <= maxLink
}
