package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// tokenKind tells words, numbers, addresses and signs apart.
type tokenKind uint8

const (
	tokenWord tokenKind = iota
	tokenNumber
	tokenAddress // of the web or of mail: seen, but not read
	tokenSign
)

// token is one word, number or sign of the visible text.
type token struct {
	start, end int32 // in reading.text
	base       int32 // end of the part that is counted: "Bürger" in "Bürger*innen"
	entry      int32 // number of the lower-case word in the lexicon, -1 for none
	kind       tokenKind
	sign       rune  // of a sign
	syllables  uint8 // of a word
	letters    uint8 // of a word, at most 255
	common     bool  // of a word: among the commonest of the language
	upper      bool  // begins with a capital
	small      bool  // begins with a small letter
	capitals   bool  // a word of capitals and digits alone, two or more
	hyphen     bool  // joined by hyphens
	generic    bool  // names all genders: "Nutzer:innen"
	glued      bool  // no blank before it
}

func (t *token) isWord() bool { return t.kind == tokenWord }

// tokenize appends the tokens of one unit of the text.
func tokenize(dst []token, text []byte, u unit) []token {
	s := text[u.start:u.end]
	first := len(dst)
	at := u.start
	skipTo := u.start
	glued := false
	it := words.FromBytes(s)
	for it.Next() {
		v := it.Value()
		start := at
		at += int32(len(v))
		if start < skipTo {
			continue
		}
		if end := inBracketsEnd(text[at:u.end], v); end > 0 && glued && dst[len(dst)-1].isWord() {
			word := &dst[len(dst)-1]
			word.end, word.generic = at+int32(end), true
			skipTo = word.end
			continue
		}
		n := addressLen(text[start:u.end], v)
		if n == 0 && !glued {
			n = tagLen(text[start:u.end])
		}
		if n > 0 {
			skipTo = start + int32(n)
			dst = append(dst, token{start: start, end: skipTo, base: skipTo, entry: -1, kind: tokenAddress, glued: glued})
			glued = true
			continue
		}
		t, ok := classify(v, start, at)
		if !ok {
			glued = false
			continue
		}
		t.glued = glued
		glued = true
		dst = joinToken(dst, first, t, text)
	}
	return dst
}

// classify tells what a segment is; blanks are nothing.
func classify(v []byte, start, end int32) (token, bool) {
	t := token{start: start, end: end, base: end, entry: -1}
	c := v[0]
	switch {
	case c == ' ':
		return t, false
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return t, true
	case c >= '0' && c <= '9':
		t.kind = tokenNumber
		return t, true
	case c < utf8.RuneSelf:
		t.kind, t.sign = tokenSign, rune(c)
		return t, c > ' ' && c != 0x7F
	}
	r, _ := utf8.DecodeRune(v)
	switch {
	case unicode.IsSpace(r):
		return t, false
	case unicode.IsLetter(r):
	case unicode.IsNumber(r):
		t.kind = tokenNumber
	default:
		t.kind, t.sign = tokenSign, r
	}
	return t, true
}

// joinToken appends a token or lets it grow onto the last ones: "E-Mail-Adresse",
// "Bürger*innen" and "Nutzer/-innen" are one word each.
func joinToken(dst []token, first int, t token, text []byte) []token {
	n := len(dst)
	if !t.glued || n-first < 2 || t.kind == tokenSign || dst[n-1].kind != tokenSign || !dst[n-1].glued {
		return append(dst, t)
	}
	sign, prev := &dst[n-1], &dst[n-2]
	switch sign.sign {
	case '-', '\u2010', '\u2011':
		if prev.kind == tokenSign && prev.sign == '/' && n-first >= 3 && prev.glued {
			return joinGeneric(dst, 3, t, text)
		}
		if prev.kind == tokenSign || prev.kind == tokenAddress {
			return append(dst, t)
		}
		prev.end, prev.hyphen = t.end, true
		if !prev.generic {
			prev.base = t.end
		}
		if t.kind == tokenWord {
			prev.kind = tokenWord
		}
		return dst[:n-1]
	case '*', ':', '_', '/', '\u00B7':
		return joinGeneric(dst, 2, t, text)
	}
	return append(dst, t)
}

// joinGeneric makes one word of a name, a sign and an ending for all genders.
func joinGeneric(dst []token, back int, t token, text []byte) []token {
	n := len(dst)
	name := &dst[n-back]
	sign := dst[n-back+1].sign
	if !name.isWord() || !genericEnding(text[t.start:t.end], sign) {
		return append(dst, t)
	}
	name.end, name.generic = t.end, true
	return dst[:n-back+1]
}

// genericEnding knows "innen", "in", and the endings of articles and adjectives
// ("ein:e", "jede*r"). A slash joins the first two only: "und/oder" stays three words.
func genericEnding(v []byte, sign rune) bool {
	switch string(v) {
	case "innen", "in", "Innen":
		return true
	case "r", "n", "e", "s", "m", "er", "en", "em", "es", "ern":
		return sign != '/'
	}
	return false
}

// inBracketsEnd returns the length of an ending that stands in brackets behind its
// word, "Bürger(innen)", "file(s)", or 0; v is the opening bracket.
func inBracketsEnd(rest, v []byte) int {
	if v[0] != '(' {
		return 0
	}
	for _, end := range bracketEndings {
		if len(rest) >= len(end) && string(rest[:len(end)]) == end {
			return len(end)
		}
	}
	return 0
}

var bracketEndings = []string{"innen)", "in)", "e)", "en)", "er)", "n)", "r)", "s)", "es)"}

var addressHeads = []string{"http://", "https://", "www.", "mailto:", "ftp://"}

// addressLen returns the length of a web or mail address that starts a text
// whose first segment is v, or 0.
func addressLen(rest, v []byte) int {
	if len(rest) > len(v) && rest[len(v)] == '@' && v[0] > ' ' {
		return runLen(rest)
	}
	switch v[0] | 0x20 {
	case 'h', 'w', 'm', 'f':
	default:
		return 0
	}
	for _, head := range addressHeads {
		if len(rest) > len(head) && equalFoldASCII(rest[:len(head)], head) {
			return runLen(rest)
		}
	}
	return 0
}

// tagLen returns the length of a hashtag or of an account's name in a network,
// which begins with a sign that stands free, or 0.
func tagLen(rest []byte) int {
	if len(rest) < 2 || rest[0] != '#' && rest[0] != '@' {
		return 0
	}
	if r, _ := utf8.DecodeRune(rest[1:]); !unicode.IsLetter(r) {
		return 0
	}
	return runLen(rest)
}

func equalFoldASCII(b []byte, lower string) bool {
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// runLen is the length of the run without blanks, closing signs taken off.
func runLen(s []byte) int {
	n := 0
	for n < len(s) && s[n] > ' ' {
		n++
	}
	for n > 1 && strings.IndexByte(".,;:!?)]\"'", s[n-1]) >= 0 {
		n--
	}
	return n
}
