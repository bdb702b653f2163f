package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"klartext/content/plain"
)

// head is what stands before the text: a byte order mark, front matter.
type head struct {
	length int
	lang   string // as the front matter names it
}

// yamlKey is a line that begins a value of front matter.
var yamlKey = regexp.MustCompile(`^([A-Za-z_][\w.-]*)\s*:(?:\s+(.*))?$`)

// headOf finds what must not be checked as text. A line of dashes alone begins front matter only if what follows looks
// like it up to the closing dashes; elsewhere it is a line across the page.
func headOf(source string) head {
	h := head{}
	if strings.HasPrefix(source, "\ufeff") {
		h.length = len("\ufeff")
	}
	at, lang, keys := h.length, "", 0
	for line := range strings.Lines(source[h.length:]) {
		first := at == h.length
		at += len(line)
		line = strings.TrimRight(line, " \t\r\n")
		key := yamlKey.FindStringSubmatch(line)
		switch {
		case first && line != "---":
			return h
		case first:
		case line == "---" || line == "...":
			if keys > 0 {
				return head{at, lang}
			}
			return h
		case key != nil:
			keys++
			if name := strings.ToLower(key[1]); name == "lang" || name == "language" {
				lang = scalar(key[2])
			}
		case line != "" && !strings.ContainsAny(line[:1], " \t-#"):
			return h
		}
	}
	return h
}

// scalar is a YAML word without quotes and comment.
func scalar(value string) string {
	value, _, _ = strings.Cut(value, " #")
	return strings.Trim(value, ` "'`)
}

// known is the language that can be checked and that a tag such as de-AT names, or "".
func known(tag string) string {
	lang, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	if slices.Contains(plain.Languages(), lang) {
		return lang
	}
	return ""
}

// langInName is the language in a name such as faq.de.md, or "".
func langInName(path string) string {
	parts := strings.Split(filepath.Base(path), ".")
	if len(parts) < 3 {
		return ""
	}
	return known(parts[len(parts)-2])
}

// The small words that no text does without, but for those that both languages have. Unlike the rest of the words they
// tell the language of officialese and of texts full of names, too.
func smallWords() map[string]string {
	return map[string]string{
		"de": "der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen ist sind sei waren wird werden wurde " +
			"wurden hat haben hatte kann können muss müssen soll sollen darf dürfen sie wir ich ihr ihre ihren ihrer ihrem ihnen uns unser unsere unserer " +
			"es er sich mit von vom zu zum zur im auf für bei beim nach aus über durch als auch wenn dass ob wie wer um bis nur noch diese dieser dieses " +
			"diesem diesen sowie gemäß unter zwischen gegen ohne vor weil damit",
		"en": "the a and or but not no is are were be been being has have had can could must should shall would may might we you your our us it its " +
			"they their them he she his her i my this that these those with without of to from on at for by as if when what who how which where about " +
			"only than then does did there under into any all",
	}
}

// noWords are addresses and tags, which have words of their own.
var noWords = regexp.MustCompile(`\]\([^()]*\)|https?://\S+|<[^<>]*>`)

// How sure a guess must be. Of 2,200 real texts none was taken for the other language; 80, most of them of one line, did not tell.
const (
	leastShare = 10 // % of the words must be small words of the language
	leastLead  = 2  // and so many times as many as of any other
)

// guess is the language of a text by its small words, or "" where they do not tell.
func guess(text string) string {
	langs := map[string][]string{}
	for lang, words := range smallWords() {
		for word := range strings.FieldsSeq(words) {
			langs[word] = append(langs[word], lang)
		}
	}
	all, hits := 0, map[string]int{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(noWords.ReplaceAllLiteralString(text, " ")), func(r rune) bool { return !unicode.IsLetter(r) }) {
		all++
		for _, lang := range langs[word] {
			hits[lang]++
		}
	}
	first, second := "", 0
	for _, lang := range plain.Languages() {
		switch {
		case hits[lang] > hits[first]:
			first, second = lang, hits[first]
		case hits[lang] > second:
			second = hits[lang]
		}
	}
	if first == "" || hits[first]*100 < leastShare*all || hits[first] < leastLead*second {
		return ""
	}
	return first
}
