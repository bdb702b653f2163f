package plain

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed lists
var lists embed.FS

// load builds the lists of one language.
func load(code string) (*language, error) {
	l := &language{code: code, words: make(map[string]int32, 16384), entries: make([]entry, 0, 16384)}
	switch code {
	case "de":
		l.referenceLevel = Warning
		l.inflections = []string{"e", "en", "er", "es", "em", "n", "s", "ern", "in", "innen"}
		l.endings = []string{"e", "en", "er", "es", "em", "n", "s", "st", "t", "et", "te", "ten", "ern", "in", "innen"}
	default:
		l.referenceLevel = Hint
		l.inflections = []string{"s", "es", "'s"}
		l.endings = []string{"s", "es", "ed", "d", "ing", "ly", "er", "'s", "n't", "'ll", "'re", "'ve", "'d"}
	}
	for _, step := range []func() error{l.loadCommon, l.loadSyllables, l.loadClasses, l.loadPhrases} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("load lists of %s: %w", code, err)
		}
	}
	return l, nil
}

// eachLine calls f with the lines of a list that are not empty and no comment.
func eachLine(name string, f func(number int, line string) error) error {
	raw, err := lists.ReadFile("lists/" + name)
	if err != nil {
		return fmt.Errorf("read list %s: %w", name, err)
	}
	number := 0
	for line := range strings.Lines(string(raw)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := f(number, line); err != nil {
			return fmt.Errorf("%s line %d: %w", name, number, err)
		}
	}
	return nil
}

func (l *language) loadCommon() error {
	rank := uint16(0)
	return eachLine("common."+l.code+".txt", func(_ int, word string) error {
		rank++
		l.entries[l.id(word)].rank = rank
		return nil
	})
}

func (l *language) loadSyllables() error {
	return eachLine("syllables."+l.code+".txt", func(_ int, line string) error {
		word, count, _ := strings.Cut(line, " ")
		n, err := strconv.ParseUint(count, 10, 8)
		if err != nil {
			return fmt.Errorf("read count of %q: %w", word, err)
		}
		l.entries[l.id(word)].syllables = uint8(n)
		return nil
	})
}

// loadClasses reads lines "class: word word ...".
func (l *language) loadClasses() error {
	names := className()
	return eachLine("classes."+l.code+".txt", func(_ int, line string) error {
		name, words, ok := strings.Cut(line, ":")
		bit := slices.Index(names, name)
		if !ok || bit < 0 {
			return fmt.Errorf("unknown class %q", name)
		}
		for word := range strings.FieldsSeq(words) {
			l.entries[l.id(strings.ToLower(word))].classes |= 1 << bit
		}
		return nil
	})
}
