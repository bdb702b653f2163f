package view

import (
	"time"

	"klartext/content"
	"klartext/content/search"
)

// SearchPage is the search with what it found.
type SearchPage struct {
	Public
	Query   string
	Results []SearchRow
	Instead Link   // to the search with the words that were probably meant
	Also    []Link // other words that were looked for, each with its own search
	Nearest bool   // nothing fits, and Results only come near
	Vague   bool   // there was no word to look for
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
	// FoundIn is the language of the text that Excerpt is from, where it is not that of Title.
	FoundIn content.Lang
	// Withdrawn is when it was taken down; its address leads to the tombstone.
	Withdrawn time.Time
}
