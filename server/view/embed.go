package view

import (
	"html/template"

	"klartext/content"
)

// Embed is what every part of the site that stands on another site has.
type Embed struct {
	Lang     content.Lang
	Kind     string // the class of its element: "klartext-" and this
	Frame    bool   // a whole document for an iframe; else a fragment to put into a page
	Style    template.CSS
	Title    string
	SiteName string
	URL      string // the page that it is a part of
}

// EmbedAnswer is an entry or policy in short: what it says, not who sees it how.
type EmbedAnswer struct {
	Text    Reading
	URL     string
	Edition Edition
	Foreign bool   // the text is in another language than the page
	Stone   *Stone // instead of a text that was taken down
}

// EmbedEntry is one entry or policy.
type EmbedEntry struct {
	Embed
	Answer EmbedAnswer
}

// EmbedTopic is a topic as an accordion.
type EmbedTopic struct {
	Embed
	Name    Phrase
	Answers []EmbedAnswer
}

// EmbedChange is one change with what it did.
type EmbedChange struct {
	Embed
	Change ChangeRow
	Why    Phrase
	Pieces []ChangePiece
}

// EmbedUpcoming is a notice of changes that are still to take effect.
type EmbedUpcoming struct {
	Embed
	Changes []ChangeRow
}

// EmbedSearch is a search box.
type EmbedSearch struct{ Embed }
