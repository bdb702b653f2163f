package search

import (
	"embed"
	"strings"
)

//go:embed words
var wordLists embed.FS

// rules are what a language adds to looking for equal letters.
type rules struct {
	lang      string
	compounds bool
	stemWord  func(string) string
	stop      map[string]bool     // folded
	synonyms  map[string][]string // folded word of any language -> stems in this one
}

func newRules(lang string) *rules {
	r := &rules{lang: lang, compounds: compounding(lang), stemWord: stemmerOf(lang), stop: map[string]bool{}, synonyms: map[string][]string{}}
	// A language without a list has no stop words.
	if list, err := wordLists.ReadFile("words/stop." + lang + ".txt"); err == nil {
		for word := range strings.FieldsSeq(string(list)) {
			r.stop[r.fold(word)] = true
		}
	}
	list, err := wordLists.ReadFile("words/synonyms.txt")
	if err != nil {
		panic("search: synonyms.txt is embedded: " + err.Error())
	}
	for line := range strings.Lines(string(list)) {
		if !strings.HasPrefix(line, "#") {
			r.readSynonyms(line)
		}
	}
	return r
}

// readSynonyms takes "de: ort standort | en: location".
func (r *rules) readSynonyms(line string) {
	var own, all []string
	for part := range strings.SplitSeq(line, "|") {
		lang, words, _ := strings.Cut(strings.TrimSpace(part), ":")
		for word := range strings.FieldsSeq(words) {
			folded := r.fold(strings.ReplaceAll(word, "-", ""))
			all = append(all, folded, r.stemWord(folded))
			if lang == r.lang {
				own = append(own, r.stemWord(folded))
			}
		}
	}
	for _, word := range all {
		r.synonyms[word] = append(r.synonyms[word], own...)
	}
}

func (r *rules) fold(word string) string { return string(fold(nil, word, r.lang == "de")) }

// nearSynonym is the word of the list that a mistyped one comes nearest to, or "".
func (r *rules) nearSynonym(folded string) string {
	limit := mistakes(folded)
	best, least := "", limit+1
	for word := range r.synonyms {
		if word == "" || word[0] != folded[0] || abs(len(word)-len(folded)) > limit {
			continue
		}
		if d := distance(folded, word, limit); d < least || d == least && d <= limit && word < best {
			best, least = word, d
		}
	}
	return best
}
