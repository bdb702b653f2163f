package diff

import (
	"unicode"
	"unicode/utf8"
)

// tokens cuts a text into words, runs of white space, and single other signs; put
// together they are the text again, whatever its bytes.
func tokens(text string) []string {
	var list []string
	for len(text) > 0 {
		size := tokenSize(text)
		list = append(list, text[:size])
		text = text[size:]
	}
	return list
}

func tokenSize(text string) int {
	first, size := utf8.DecodeRuneInString(text)
	kind := kindOf(first)
	if kind == signs {
		return size
	}
	for size < len(text) {
		r, n := utf8.DecodeRuneInString(text[size:])
		if kindOf(r) != kind && !(kind == letters && joins(text[size:], r)) {
			break
		}
		size += n
	}
	return size
}

type tokenKind int8

const (
	letters tokenKind = iota
	spaces
	signs
)

func kindOf(r rune) tokenKind {
	switch {
	case r == utf8.RuneError:
		return signs
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '_':
		return letters
	case unicode.IsSpace(r):
		return spaces
	}
	return signs
}

// joins says whether a sign holds two parts of one word together: "don't", "1,5".
func joins(text string, r rune) bool {
	if r != '\'' && r != '’' && r != '.' && r != ',' && r != '\u00ad' {
		return false
	}
	n := utf8.RuneLen(r)
	next, _ := utf8.DecodeRuneInString(text[n:])
	if r == '.' || r == ',' {
		return unicode.IsDigit(next)
	}
	return len(text) > n && unicode.IsLetter(next)
}

func isWord(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return token != "" && kindOf(r) == letters
}
