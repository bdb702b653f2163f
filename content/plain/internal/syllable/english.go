package syllable

import "strings"

// English estimates the syllables of a lower-case English word from its
// spelling. About one common word in eight comes out wrong; the caller keeps a list of
// those. The result is at least 1 for a word with a letter.
func English(word string) int {
	if word == "" {
		return 0
	}
	if base, ok := strings.CutSuffix(word, "'s"); ok && base != "" {
		return English(base)
	}
	var buf [96]byte
	w := fold(&buf, word)
	n := englishRuns(w)
	return max(n+englishEnding(w), 1)
}

func englishRuns(w []byte) int {
	n := 0
	for i := 0; i < len(w); i++ {
		if !vowel(w[i]) || skipGlide(w, i) {
			continue
		}
		n++
		for i+1 < len(w) && vowel(w[i+1]) && !englishApart(w, i) {
			i++
		}
	}
	return n
}

// englishApart says that the vowels at i and i+1 belong to two syllables.
func englishApart(w []byte, i int) bool {
	a, b := w[i], w[i+1]
	soft := i > 0 && (w[i-1] == 't' || w[i-1] == 'c' || w[i-1] == 's' || w[i-1] == 'g' || w[i-1] == 'x')
	switch {
	case a == 'i' && (b == 'a' || b == 'o'):
		return !soft || i+2 == len(w) && b == 'a' && w[i-1] != 's'
	case a == 'i' && b == 'u':
		return true
	case a == 'u' && (b == 'a' || b == 'o'):
		return i == 0 || w[i-1] != 'q' && w[i-1] != 'g'
	case a == 'e' && b == 'o':
		return i+2 < len(w) && w[i+2] != 'u' && w[i+2] != 'p'
	case a == 'y':
		return true
	case a == 'i' && b == 'e':
		return i+3 == len(w)-1 && w[i+2] == 'n' && w[i+3] == 't' || i+2 < len(w) && w[i+2] == 't' && i+3 == len(w)
	case a == 'i' && b == 'i', a == 'e' && b == 'u' && i > 0 && w[i-1] == 's':
		return true
	}
	return false
}

// englishEnding corrects for the endings that spell a vowel nobody says.
func englishEnding(w []byte) int {
	n := len(w)
	if n < 3 {
		return 0
	}
	has := func(s string) bool { return n > len(s) && string(w[n-len(s):]) == s }
	switch {
	case has("le") && n > 2 && !vowel(w[n-3]):
		return 0
	case has("les") && n > 3 && !vowel(w[n-4]):
		return 0
	case w[n-1] == 'e' && !vowel(w[n-2]):
		return -1
	case has("ely") || has("eless") || has("eful") || has("ement") || has("ements"):
		return -1
	case has("ed") && !vowel(w[n-3]) && w[n-3] != 't' && w[n-3] != 'd':
		return -1
	case has("es") && !vowel(w[n-3]) && !sibilant(w, n-3):
		return -1
	case has("ism") || has("isms"):
		return 1
	}
	return 0
}

// sibilant says that a plural -es after this letter is spoken: boxes, changes.
func sibilant(w []byte, i int) bool {
	switch w[i] {
	case 's', 'x', 'z', 'c', 'g':
		return true
	case 'h':
		return i > 0 && (w[i-1] == 's' || w[i-1] == 'c')
	}
	return false
}
