package publishertest

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// X's third configuration, in units of one letter.
const (
	heaviest   = 280
	linkWeight = 23
)

// weight is the length of a text as X counts it, and whether X takes all its letters.
func weight(text string) (n int, valid bool) {
	text = norm.NFC.String(text)
	at := 0
	for _, l := range links(text) {
		n += plainWeight(text[at:l.start]) + linkWeight
		at = l.end
	}
	return n + plainWeight(text[at:]), !strings.ContainsAny(text, "\uFFFE\uFEFF\uFFFF")
}

func plainWeight(text string) (n int) {
	for clusters := uniseg.NewGraphemes(text); clusters.Next(); {
		letters := clusters.Runes()
		if isEmoji(letters) {
			n += 2
			continue
		}
		for _, r := range letters {
			n += letterWeight(r)
		}
	}
	return n
}

func letterWeight(r rune) int {
	for _, light := range [][2]rune{{0, 4351}, {8192, 8205}, {8208, 8223}, {8242, 8247}} {
		if r >= light[0] && r <= light[1] {
			return 1
		}
	}
	return 2
}

// isEmoji recognises the sequences that make one sign of several letters.
// Single emoji weigh 2 by themselves, so that no list of them is needed.
func isEmoji(letters []rune) bool {
	const (
		keycap, showAsSign, joiner = 0x20E3, 0xFE0F, 0x200D
	)
	first := letters[0]
	if first < 0x2000 && first != 0xA9 && first != 0xAE {
		return slices.Contains(letters, keycap) && strings.ContainsRune("0123456789#*", first)
	}
	return slices.ContainsFunc(letters[1:], func(r rune) bool {
		return r == showAsSign || r == joiner || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0x1F1E6 && r <= 0x1F1FF || r >= 0xE0020 && r <= 0xE007F
	})
}
