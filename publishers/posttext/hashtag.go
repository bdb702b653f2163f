package posttext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHashtags is how many hashtags a post may have before readers, and those who have it read aloud, find it a nuisance.
const maxHashtags = 3

// TooManyHashtags answers how many hashtags a text has where those are more than readers bear, else 0.
func TooManyHashtags(text string) int {
	if n := len(Hashtags(text)); n > maxHashtags {
		return n
	}
	return 0
}

// Hashtags finds the hashtags of a text, without their sign, by the rules of twitter-text: a name has a letter in it, and
// one that begins inside a link is none.
func Hashtags(text string) (tags []string) {
	if !strings.ContainsAny(text, "#＃") {
		return nil
	}
	links, taken, before := Links(text), 0, start
	for at := 0; at < len(text); {
		for len(links) > 0 && links[0].Start <= at {
			if links[0].Start >= taken { // a link that begins inside a tag is none in turn
				taken = links[0].End
			}
			links = links[1:]
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		end := at + size
		if isHash(r) && mayPrecedeTag(before) {
			if name := tagName(text[end:]); name != "" {
				end += len(name)
				r, _ = utf8.DecodeLastRuneInString(name)
				if at >= taken {
					tags, taken = append(tags, name), end
				}
			}
		}
		before, at = r, end
	}
	return tags
}

func isHash(r rune) bool { return r == '#' || r == '＃' }

// mayPrecedeTag: the selectors of emoji are marks, and yet a tag may follow them.
func mayPrecedeTag(r rune) bool {
	return r == start || r == 0xFE0E || r == 0xFE0F || r != '&' && !tagLetter(r)
}

// tagName is the name behind the sign, "" where it makes no tag.
func tagName(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); first == 0xFE0F || first == 0x20E3 {
		return "" // a keycap, no tag
	}
	end, letter := len(text), false
	for i, r := range text {
		if !tagLetter(r) {
			end = i
			break
		}
		letter = letter || unicode.In(r, unicode.L, unicode.M)
	}
	rest, _ := utf8.DecodeRuneInString(text[end:])
	if !letter || isHash(rest) || strings.HasPrefix(text[end:], "://") {
		return ""
	}
	return text[:end]
}

// tagLetter: letters, marks, figures, and the signs that some scripts write within words.
func tagLetter(r rune) bool {
	const special = "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd) || strings.ContainsRune(special, r)
}
