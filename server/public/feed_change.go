package public

import (
	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

const (
	// feedDifferences is how many texts of a change a feed compares word by word; its page has more.
	feedDifferences = 5
	// feedPieces is how many it names at all.
	feedPieces = 25
)

// changeHTML tells a change with what it did to each text.
func (w feedWriter) changeHTML(change *site.Change, row view.ChangeRow, why view.Phrase) (string, error) {
	item := view.FeedItem{Summary: row.Summary, Why: why, Effective: row.Effective, URL: row.URL}
	if row.Title.Text == why.Text { // an imported message of one line says it once
		item.Why = view.Phrase{}
	}
	for _, piece := range w.site.Pieces(change) {
		switch {
		case piece.Lang != w.lang:
			// Readers of this feed's language follow it; the change's page has the others.
		case len(item.Pieces) >= feedPieces:
			item.More++
		case len(item.Pieces) >= feedDifferences:
			item.Pieces = append(item.Pieces, w.piece(piece))
		default:
			shown, err := w.wholePiece(piece)
			if err != nil {
				return "", err
			}
			item.Pieces = append(item.Pieces, shown)
		}
	}
	return w.story(item)
}

// versionHTML tells what one version changed in its text, and by which change.
func (w feedWriter) versionHTML(entry *site.Entry, meta content.VersionMeta) (string, error) {
	item := view.FeedItem{Alone: true}
	if change, ok := w.site.ChangeByID(meta.Change); ok {
		row := w.changeRow(change)
		item.Change, item.Effective = view.Link{Text: row.Title.Text, URL: row.URL, Lang: row.Title.Lang}, row.Effective
		if why := w.phrase(change.Why); why.Text != row.Title.Text {
			item.Why = why
		}
	}
	piece, err := w.wholePiece(site.PieceOf(entry, meta))
	if err != nil {
		return "", err
	}
	item.Pieces = append(item.Pieces, piece)
	return w.story(item)
}
