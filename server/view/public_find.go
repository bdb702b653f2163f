package view

import (
	"klartext/content"
	"klartext/content/search"
)

// SearchPage is the search with what it found.
type SearchPage struct {
	Public
	Query   string
	Results []SearchRow
	Instead Link // to the search with the words that were probably meant
	Nearest bool // nothing fits, and Results only come near
	Topics  []Link
}

// SearchRow is one thing that was found.
type SearchRow struct {
	URL     string
	Kind    string       // "entry", "policy", "section" or "topic"
	Within  Phrase       // an entry's topic, a section's policy
	Lang    content.Lang // of Title and Excerpt, "" where it is the page's
	Title   []search.Piece
	Excerpt []search.Piece
}
