package plain

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"klartext/content/plain/internal/syllable"
)

// describe fills in what the lists and the spelling say about the words among
// the tokens. The scratch buffer is grown as needed and returned.
func (l *language) describe(tokens []token, text, scratch []byte) []byte {
	for i := range tokens {
		t := &tokens[i]
		if !t.isWord() {
			continue
		}
		t.base = genericBase(t, text)
		scratch = lower(scratch[:0], text[t.start:t.base])
		l.describeWord(t, text[t.start:t.base], scratch)
	}
	return scratch
}

func (l *language) describeWord(t *token, written, word []byte) {
	first, _ := utf8.DecodeRune(written)
	t.upper, t.small = unicode.IsUpper(first), unicode.IsLower(first)
	t.capitals = t.upper && allCapitals(written)
	t.letters = uint8(min(utf8.RuneCount(word), 255))
	t.common = l.commonParts(word, t.hyphen)
	if n, ok := l.words[string(word)]; ok {
		t.entry = n
		t.syllables = l.entries[n].syllables
	}
	if t.syllables == 0 {
		t.syllables = uint8(min(l.countParts(word), 255))
	}
}

// commonParts asks for each part of a hyphenated word.
func (l *language) commonParts(word []byte, hyphen bool) bool {
	if l.common(word) {
		return true
	}
	if !hyphen {
		return false
	}
	for part := range bytes.SplitSeq(word, []byte("-")) {
		if len(part) > 0 && !l.common(part) && (part[0] < '0' || part[0] > '9') {
			return false
		}
	}
	return true
}

func (l *language) countParts(word []byte) int {
	n := 0
	for len(word) > 0 {
		part, rest, _ := bytes.Cut(word, []byte("-"))
		n += l.countPart(part)
		word = rest
	}
	return n
}

func (l *language) countPart(part []byte) int {
	if id, ok := l.words[string(part)]; ok && l.entries[id].syllables > 0 {
		return int(l.entries[id].syllables)
	}
	if l.code == "de" {
		return syllable.German(string(part))
	}
	return syllable.English(string(part))
}

// genericBase cuts the ending off that names all genders, where a sign or a
// capital inside the word marks it.
func genericBase(t *token, text []byte) int32 {
	if t.generic {
		return t.base
	}
	w := text[t.start:t.end]
	if i, size := lastSign(w); i > 0 && genericEnding(w[i+size:], rune(w[i])) {
		t.generic = true
		return t.start + int32(i)
	}
	for _, end := range []string{"Innen", "In"} {
		if i := len(w) - len(end); i > 2 && string(w[i:]) == end && w[i-1] >= 'a' && w[i-1] <= 'z' && w[0] < 'a' {
			t.generic = true
			return t.start + int32(i)
		}
	}
	return t.base
}

// lastSign finds the last sign inside a word that may set off an ending for all
// genders, and its length: a colon, a line, a star or a middle dot.
func lastSign(w []byte) (at, size int) {
	for i := len(w) - 1; i > 0; i-- {
		switch w[i] {
		case ':', '_', '*':
			return i, 1
		case 0xB7:
			if w[i-1] == 0xC2 {
				return i - 1, 2
			}
		}
	}
	return 0, 0
}

// lower appends the lower-case form of a word, typographic apostrophes made
// straight, hyphens all alike.
func lower(dst, word []byte) []byte {
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(word[i:])
		i += n
		switch r {
		case '’', 'ʼ':
			dst = append(dst, '\'')
		case '‐', '‑':
			dst = append(dst, '-')
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

// allCapitals says that a word is two or more capitals and digits.
func allCapitals(word []byte) bool {
	n := 0
	for _, r := range string(word) {
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
			return false
		}
		n++
	}
	return n > 1
}
