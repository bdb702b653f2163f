package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

// perChange is how many entries one change of the made-up site touches, in both languages.
const perChange = 50

// state is a line of the history format.
type state struct {
	Key      string `json:"key"`
	Kind     string `json:"kind"`
	Lang     string `json:"lang"`
	Date     string `json:"date"`
	Title    string `json:"title"`
	Topic    string `json:"topic"`
	Status   string `json:"status"`
	Message  string `json:"message"`
	Markdown string `json:"markdown"`
}

// writeHistory makes up a site of many entries in two languages with some versions each.
func writeHistory(path string, entries, versions int) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("make up a history: %w", err)
	}
	defer func() { _ = file.Close() }()
	out := bufio.NewWriter(file)
	encoder := json.NewEncoder(out)
	words := map[string]*vocabulary{"de": newVocabulary(1), "en": newVocabulary(2)}
	start := time.Date(2021, 1, 4, 9, 0, 0, 0, time.UTC)
	for version := range versions {
		for i := range entries {
			change := version*(entries/perChange+1) + i/perChange
			for lang, w := range words {
				err := encoder.Encode(state{
					Key: fmt.Sprintf("faq/entry-%d", i), Kind: "entry", Lang: lang, Date: start.Add(time.Duration(change) * time.Hour).Format(time.RFC3339),
					Title: w.text(8) + "?", Topic: fmt.Sprintf("Topic %d %s", i%40, lang), Status: "published",
					Message: fmt.Sprintf("Change %d of the made-up site", change), Markdown: w.text(40) + ".\n\n" + w.text(60) + ".\n\n- " + w.text(8) + "\n- " + w.text(8),
				})
				if err != nil {
					return fmt.Errorf("make up a history: %w", err)
				}
			}
		}
	}
	return out.Flush()
}

// vocabulary makes up texts whose words are as unevenly spread as those of a language.
type vocabulary struct {
	often *rand.Zipf
	words []string
}

func newVocabulary(seed uint64) *vocabulary {
	random := rand.New(rand.NewPCG(seed, seed))
	v := &vocabulary{words: make([]string, 20_000), often: rand.NewZipf(random, 1.1, 4, 19_999)}
	syllables := strings.Fields("da ten schutz lo sch spei cher kon to stand ort ver ar bei tung ge rat kun de mel dung frist recht post netz werk zah lung")
	for i := range v.words {
		for range 2 + random.IntN(3) {
			v.words[i] += syllables[random.IntN(len(syllables))]
		}
	}
	return v
}

func (v *vocabulary) text(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = v.words[v.often.Uint64()]
	}
	return strings.Join(words, " ")
}
