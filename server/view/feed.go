package view

import (
	"strings"

	"klartext/content"
)

// FeedItem is one item of a feed: a change with all that it did, or one version of a text. Feed readers take away styles
// and classes, so the words must do without.
type FeedItem struct {
	URL       string // of the change
	Alone     bool   // of one text, whose title stands over the item already
	Summary   Phrase
	Why       Phrase
	Change    Link // that published the version
	Effective content.Date
	Pieces    []ChangePiece
	More      int // texts that are not named
}

// Reasons are the paragraphs of Why.
func (i FeedItem) Reasons() []string { return strings.Split(i.Why.Text, "\n\n") }

// FeedLink leads to a feed in one format.
type FeedLink struct{ Name, Type, Title, URL string }

// Feeds lead to the feed that fits the page, in all its formats.
func (p Public) Feeds() []FeedLink {
	base, ok := strings.CutSuffix(p.Feed.URL, ".atom")
	if !ok {
		return nil
	}
	return []FeedLink{
		{"Atom", "application/atom+xml", p.Feed.Text + " (Atom)", base + ".atom"},
		{"RSS", "application/rss+xml", p.Feed.Text + " (RSS)", base + ".rss"},
		{"JSON Feed", "application/feed+json", p.Feed.Text + " (JSON)", base + ".json"},
	}
}

// Account is one of the site's own on a network.
type Account struct {
	Network string // its name for readers
	Handle  string
	URL     string
	Lang    content.Lang // in which it writes, where that is not the page's
}
