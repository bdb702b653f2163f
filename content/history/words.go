package history

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"klartext/content"
)

//go:embed words.json
var wordsFile []byte

// phrases are the few sentences that an import must add in a language of the site.
type phrases struct {
	NoReason   string `json:"no_reason"`
	Several    string `json:"several"`
	OtherTopic string `json:"other_topic"`
}

// words has the phrases by language; a language without its own gets the English ones.
type words map[content.Lang]phrases

func loadWords() (words, error) {
	var w words
	if err := json.Unmarshal(wordsFile, &w); err != nil {
		return nil, fmt.Errorf("read the words of an import: %w", err)
	}
	return w, nil
}

func (w words) in(lang content.Lang) phrases {
	if p, ok := w[lang]; ok {
		return p
	}
	return w["en"]
}
