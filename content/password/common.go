package password

import (
	_ "embed"
	"strings"
	"unicode"
)

// words are what people make passwords of, in small letters, one a line: well-known
// passwords, keyboard runs, names, seasons, clubs. Written for this program.
//
//go:embed words.txt
var words string

// common finds passwords that guessing programs reach in the first seconds.
// A password is twelve letters at least, so the usual short ones come here
// only repeated, decorated with digits and signs, or put together.
func common(password string) bool {
	plain := strings.ToLower(password)
	bare := strings.TrimFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) })
	return repeats(plain) || runs(plain) || made(squeeze(plain)) || made(squeeze(unleet(bare)))
}

// repeats finds "abcabcabcabc" and "aaaaaaaaaaaa": one short piece over and over.
func repeats(s string) bool {
	r := []rune(s)
	for size := 1; size <= 12 && size*2 <= len(r); size++ {
		same := true
		for i := size; i < len(r) && same; i++ {
			same = r[i] == r[i-size]
		}
		if same {
			return true
		}
	}
	return false
}

// runs finds "123456789012" and "abcdefghijkl", up or down: four in five steps lead to the neighbour.
func runs(s string) bool {
	r := []rune(s)
	up, down := 0, 0
	for i := 1; i < len(r); i++ {
		switch step := r[i] - r[i-1]; {
		case step == 1 || r[i-1] == '9' && r[i] == '0':
			up++
		case step == -1 || r[i-1] == '0' && r[i] == '9':
			down++
		}
	}
	return len(r) > 1 && max(up, down)*5 >= (len(r)-1)*4
}

// squeeze keeps letters only: what digits and signs are put around a word does not make it rare.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// unleet undoes the usual disguises: p@ssw0rd.
func unleet(s string) string {
	return strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t").Replace(s)
}

// made tells whether the letters are one or two of the well-known words and
// nothing else. Three words chosen by chance are already a decent password.
func made(letters string) bool {
	if letters == "" {
		return true // digits and signs only: a date, a telephone number
	}
	known := map[string]bool{}
	for word := range strings.Lines(words) {
		known[strings.TrimSpace(word)] = true
	}
	if known[letters] || repeats(letters) {
		return true
	}
	for i := range letters {
		if known[letters[:i]] && known[letters[i:]] {
			return true
		}
	}
	return false
}
