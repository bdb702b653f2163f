// Package syllable counts the syllables of German and English words by rule.
// It does not know sentences, word lists of exceptions longer than a page, or
// any other language.
package syllable

// vowel says whether a folded letter (see fold) sounds as a vowel.
func vowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'A', 'O', 'U':
		return true
	}
	return false
}

// fold rewrites a lower-case word into one byte per letter: ä, ö, ü become
// A, O, U, ß becomes s, accented vowels lose their accent, everything else
// that is not a Latin letter becomes a consonant. Words longer than the buffer
// are cut: nobody counts the syllables of a thousand letters by hand either.
func fold(buf *[96]byte, word string) []byte {
	n := 0
	for _, r := range word {
		if n == len(buf) {
			break
		}
		switch {
		case r >= 'a' && r <= 'z':
			buf[n] = byte(r)
		case r == 'ä':
			buf[n] = 'A'
		case r == 'ö':
			buf[n] = 'O'
		case r == 'ü':
			buf[n] = 'U'
		case r == 'ß':
			buf[n] = 's'
		default:
			buf[n] = foldAccent(r)
		}
		n++
	}
	return buf[:n]
}

func foldAccent(r rune) byte {
	switch r {
	case 'á', 'à', 'â', 'ã', 'å':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'ó', 'ò', 'ô', 'õ':
		return 'o'
	case 'ú', 'ù', 'û':
		return 'u'
	case '\'', '’':
		return '\''
	}
	return 'x'
}
