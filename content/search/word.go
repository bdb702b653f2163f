package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// span is one word of a text, by its bytes.
type span struct{ start, end int }

// maxWord is how many bytes of a word are looked at; longer ones are keys and addresses.
const maxWord = 64

// eachWord calls f for every word of a text. A word with hyphens is told in its
// parts and then as one, "E-Mail" also as what others write as "Email".
func eachWord(text string, f func(word string, at span)) {
	start, first, parts := -1, -1, 0
	end := func(at int, joins bool) {
		if start >= 0 {
			f(text[start:at], span{start, at})
			if parts++; first < 0 {
				first = start
			}
			start = -1
		}
		if joins {
			return
		}
		if parts > 1 {
			f(strings.ReplaceAll(text[first:at], "-", ""), span{first, at})
		}
		first, parts = -1, 0
	}
	for at, r := range text {
		if ofWord(r) {
			if start < 0 {
				start = at
			}
			continue
		}
		end(at, r == '-' && start >= 0 && letterAfter(text, at+1))
	}
	end(len(text), false)
}

func ofWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func letterAfter(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return ofWord(r)
}

// fold appends a word in lower case without accents. With digraphs, "ae" is the
// same as "ä" and both are "a", because people type all three.
func fold(to []byte, word string, digraphs bool) []byte {
	if len(word) > maxWord {
		word = word[:maxWord]
	}
	for _, r := range word {
		switch {
		case r >= 'A' && r <= 'Z':
			to = append(to, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			to = append(to, byte(r))
		default:
			to = foldRune(to, r)
		}
	}
	if digraphs {
		to = foldDigraphs(to)
	}
	return to[:min(len(to), maxWord)] // one sign can become many
}

func foldRune(to []byte, r rune) []byte {
	switch r = unicode.ToLower(r); r {
	case 'ä', 'à', 'á', 'â', 'å', 'æ':
		return append(to, 'a')
	case 'ö', 'ò', 'ó', 'ô', 'ø', 'œ':
		return append(to, 'o')
	case 'ü', 'ù', 'ú', 'û':
		return append(to, 'u')
	case 'ß':
		return append(to, "ss"...)
	case 'ı':
		return append(to, 'i')
	case utf8.RuneError:
		return to
	}
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			to = utf8.AppendRune(to, part)
		}
	}
	return to
}

// foldDigraphs takes the e out of ae, oe and ue, but leaves the ue of "neue",
// "Dauer" and "Quelle", where it is no umlaut.
func foldDigraphs(word []byte) []byte {
	out := word[:0]
	for i, b := range word {
		if b == 'e' && i > 0 {
			switch before := word[i-1]; before {
			case 'a', 'o':
				continue
			case 'u':
				if i < 2 || !strings.ContainsRune("aeq", rune(word[i-2])) {
					continue
				}
			}
		}
		out = append(out, b)
	}
	return out
}
