package x

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"klartext/publishers/posttext"
)

// Weights of twitter-text configuration 3, in units of one letter.
const (
	Limit       = 280
	linkWeight  = 23
	emojiWeight = 2
)

// emojiPattern is the expression of twemoji-parser 11 (MIT, Copyright (c) 2018
// Twitter, Inc.), which twitter-text weighs by. Emoji sequences that are newer
// than it weigh the sum of their parts: perhaps too much, never too little. A
// sign with U+FE0E asks to be shown as a letter; Go's expressions cannot look
// ahead, so such signs match with it and are weighed as letters below.
//
//go:embed emoji.txt
var emojiPattern string

var emoji = regexp.MustCompile(strings.ReplaceAll(emojiPattern, "\n", ""))

// Length is the weighted length of a text as X counts it, and whether it has a
// letter that X refuses.
func Length(text string) (weight int, invalid bool) {
	text = norm.NFC.String(text)
	at := 0
	for _, link := range posttext.Links(text) {
		weight += plain(text[at:link.Start]) + linkWeight
		at = link.End - back(text[:link.End], link.Beside)
	}
	return weight + plain(text[at:]), strings.ContainsAny(text, "\uFFFE\uFEFF\uFFFF")
}

// back is how many bytes before the end of a link X goes on counting: as many letters as stand beside its host, which
// twitter-text leaves out of the link's length.
func back(text, beside string) (bytes int) {
	for n := len(utf16.Encode([]rune(beside))); n > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:len(text)-bytes])
		bytes += size
		n -= max(1, utf16.RuneLen(r))
	}
	return bytes
}

// plain weighs a text without links: every emoji sequence 2, whatever its length.
func plain(text string) (weight int) {
	at := 0
	for _, m := range emoji.FindAllStringIndex(text, -1) {
		if strings.HasSuffix(text[m[0]:m[1]], "\uFE0E") {
			continue
		}
		weight += letters(text[at:m[0]]) + emojiWeight
		at = m[1]
	}
	return weight + letters(text[at:])
}

func letters(text string) (weight int) {
	for _, r := range text {
		switch {
		case r <= 4351, r >= 8192 && r <= 8205, r >= 8208 && r <= 8223, r >= 8242 && r <= 8247:
			weight++
		default:
			weight += 2
		}
	}
	return weight
}
