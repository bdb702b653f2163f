package syllable

import "strings"

// German counts the syllables of a lower-case German word. The result is at
// least 1 for a word with a letter and 0 for an empty one.
//
// German spelling shows its syllables well: each run of vowels is one, unless
// it holds two sounds ("Na-ti-on", "be-en-den"). Loan words that end in a
// silent e are listed by their ending.
func German(word string) int {
	if word == "" {
		return 0
	}
	if rest := word[min(2, len(word)):]; (strings.HasPrefix(word, "be") || strings.HasPrefix(word, "ge")) && apartAfterPrefix(rest) {
		return 1 + German(rest)
	}
	var buf [96]byte
	return max(germanRuns(fold(&buf, word))+germanHiatus(word), 1)
}

// germanRuns counts vowels, taking the usual pairs as one sound.
func germanRuns(w []byte) int {
	n := 0
	for i := 0; i < len(w); i++ {
		if !vowel(w[i]) || skipGlide(w, i) {
			continue
		}
		n++
		if i+1 < len(w) && germanPair(w[i], w[i+1]) {
			i++
		}
	}
	return n
}

// skipGlide says that the letter looks like a vowel but is none: the u of
// "qu" and a y before a vowel at the start ("Yoga").
func skipGlide(w []byte, i int) bool {
	if w[i] == 'u' && i > 0 && w[i-1] == 'q' {
		return true
	}
	return w[i] == 'y' && i == 0 && len(w) > 1 && vowel(w[1])
}

func germanPair(a, b byte) bool {
	switch a {
	case 'a':
		return b == 'i' || b == 'u' || b == 'a' || b == 'y'
	case 'e':
		return b == 'i' || b == 'u' || b == 'e' || b == 'y'
	case 'i':
		return b == 'e'
	case 'o':
		return b == 'o' || b == 'u' || b == 'y' || b == 'i'
	case 'A':
		return b == 'u'
	}
	return false
}

// germanSilent are loan words, or last parts of compounds, whose final e (or
// es) is not spoken, and English words whose vowels German rules miscount.
var germanSilent = []string{
	"ware", "wares", "service", "services", "online", "offline", "home", "homepage", "page", "pages", "code", "codes", "update", "updates",
	"file", "files", "office", "interface", "interfaces", "live", "game", "games", "site", "sites", "website", "websites", "phone", "phones", "smartphone",
	"smartphones", "baseline", "hotline", "deadline", "image", "images", "space", "store", "stores", "mobile", "native", "nice", "base", "face", "share",
	"lounge", "garage", "homeoffice", "timeline", "college", "bridge", "state",
}

// germanApart are stems in which "ie", "ei", "eu", "ee" or "ui" are two
// syllables although the pair is usually one, each with one to add.
var germanApart = []string{
	"familie", "linie", "serie", "aktie", "studie", "materie", "historie", "folie", "arterie", "hygien", "ferien", "medien", "italien", "spanien", "prämie",
	"kriterien", "ministerien", "prinzipien", "richtlinie", "leitlinie", "kategorien", "beinhalt", "beurteil", "beunruhig", "beurlaub", "beurkund", "museum",
	"variier", "initiier", "mobilie", "kanarien", "asien", "bakterie", "textilien", "utensilien", "materialien", "patient", "client", "klient", "orient", "hygiene", "gradient", "spezien",
	"belgien", "brasilien", "indien", "stralien", "rumänien", "bulgarien", "kroatien", "slowenien", "albanien", "serbien", "syrien", "großbritannien",
}

func germanHiatus(word string) int {
	n := 0
	if mayBeApart(word) {
		for _, stem := range germanApart {
			if strings.Contains(word, stem) {
				n++
				break
			}
		}
	}
	if last := word[len(word)-1]; last != 'e' && last != 's' {
		return n
	}
	for _, end := range germanSilent {
		if strings.HasSuffix(word, end) {
			return n - 1
		}
	}
	return n
}

// apartAfterPrefix recognises be-enden, ge-ehrt, ge-eignet, be-einflussen.
func apartAfterPrefix(rest string) bool {
	for _, p := range []string{"end", "ehr", "eig", "ein", "erb", "eil", "ebn", "erd"} {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}

// mayBeApart says that a word holds a pair that the stems of germanApart are
// about; asking for each stem costs more than all the rest.
func mayBeApart(word string) bool {
	for i := 1; i < len(word); i++ {
		switch word[i-1 : i+1] {
		case "ie", "ei", "eu", "ee", "ui", "in":
			return true
		}
	}
	return false
}
