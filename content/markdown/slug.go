package markdown

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

const maxSlug = 80

// Slug makes the last part of an address of a title: German letters are written
// out (ä ae, ö oe, ü ue, ß ss), accents dropped, letters made small, every run of
// other signs becomes one "-"; at most 80 bytes. It may be empty.
func Slug(title string) string {
	title = strings.ToLower(norm.NFC.String(title))
	title = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(title)
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(title) {
		switch {
		case r < 0x80 && isAlnum(byte(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r >= 0x300 && r <= 0x36f: // an accent, split from its letter
		default:
			gap = true
		}
	}
	s := b.String()
	return strings.Trim(s[:min(len(s), maxSlug)], "-")
}
