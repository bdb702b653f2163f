package public

import (
	"slices"

	"klartext/content"
	"klartext/content/markdown"
	"klartext/content/site"
	"klartext/server/view"
)

// maxDifferences is how many pieces of a change are compared on its page; up to
// 150 entries were seen to change in one day, and the others have pages of their own.
const maxDifferences = 25

// change is one change with all that it did.
func (d *desk) change(change *site.Change) (string, any, error) {
	row := d.changeRow(change)
	page := view.ChangePage{
		Public: d.public(row.Title.Text, func(lang content.Lang) string { return changePath(lang, change.Slug) }),
		Change: row, Why: d.phrase(change.Why), Approvals: change.ApprovalCount,
		Reference: change.Reference(),
	}
	page.Section, page.Description, page.TitleLang, page.Today = "changes", row.Summary.Text, row.Title.Lang, d.today
	page.OEmbed = oembedPrefix + changePath(d.lang, change.Slug)
	if page.Description == "" {
		page.Description = page.Why.Text
	}
	if row.Title.Text == page.Why.Text { // an imported message of one line says it once
		page.Why = view.Phrase{}
	}
	page.Perspectives, page.OpinionsLang = d.opinions(change.Perspectives)
	for _, piece := range d.site.Pieces(change) {
		if err := d.addPiece(&page, piece); err != nil {
			return "", nil, err
		}
		d.addChoices(&page, piece)
	}
	page.Posts = d.posts(change)
	d.describeChange(&page, change)
	return "public/change", page, nil
}

func (d *desk) addPiece(page *view.ChangePage, piece site.Piece) error {
	switch {
	case piece.Lang == content.NoLang || !d.site.HasLang(piece.Lang):
		// New facts show at the texts that they belong to.
	case piece.Lang != d.lang:
		page.Others = append(page.Others, d.piece(piece))
	case len(page.Pieces) >= maxDifferences:
		page.More = append(page.More, d.piece(piece))
	default:
		shown, err := d.wholePiece(piece)
		if err != nil {
			return err
		}
		if shown.Diff != nil && len(shown.Diff.Facts) > 0 {
			title := view.Link{Text: shown.Title.Text, URL: shown.URL, Lang: shown.Title.Lang}
			page.Facts = append(page.Facts, view.FactsOf{Title: title, Facts: shown.Diff.Facts})
			shown.Diff.Facts = nil
		}
		page.Pieces = append(page.Pieces, shown)
	}
	return nil
}

// maxChoices is how many things to do a change's page offers; the others stand with their entries.
const maxChoices = 6

// addChoices offers what readers of a changed text can do now.
func (d *desk) addChoices(page *view.ChangePage, piece site.Piece) {
	current, live := piece.Entry.Current[d.lang]
	if !live || piece.Lang != d.lang || piece.Tombstone != nil {
		return
	}
	for _, choice := range current.Text.Choices {
		if !slices.Contains(page.Choices, choice) && len(page.Choices) < maxChoices {
			page.Choices = append(page.Choices, choice)
		}
	}
}

// piece says what a change did to one text, without showing it.
func (d *desk) piece(piece site.Piece) view.ChangePiece {
	shown := view.ChangePiece{
		Title: view.Phrase{Text: piece.To.Title, Lang: d.other(piece.Lang)}, Policy: piece.Entry.Kind == content.Policy,
		From: piece.From.Number, To: piece.To.Number, URL: versionPath(piece.Lang, piece.Entry.Entry, piece.To.Number),
	}
	if shown.From > 0 && shown.To > 0 {
		shown.CompareURL = comparePath(piece.Lang, piece.Entry.Entry, shown.From, shown.To)
	}
	switch {
	case piece.Tombstone != nil:
		shown.Act, shown.Title.Text, shown.Reason = "withdrawn", piece.From.Title, piece.Tombstone.Reason
		shown.URL = entryPath(piece.Lang, piece.Entry.Entry)
	case shown.From == 0:
		shown.Act = "new"
	case piece.Restored:
		shown.Act = "restored"
	case !piece.TextChanged():
		shown.Act = "facts"
	default:
		shown.Act = "changed"
	}
	return shown
}

// wholePiece shows a new text's opening, or what changed in an old one.
func (d *desk) wholePiece(piece site.Piece) (view.ChangePiece, error) {
	shown := d.piece(piece)
	if piece.Tombstone != nil {
		return shown, nil
	}
	to, err := d.h.text(d.ctx, piece.To)
	if err != nil {
		return shown, err
	}
	if shown.From == 0 {
		shown.Opening = to.Text.ShortAnswer
		return shown, nil
	}
	from, err := d.h.text(d.ctx, piece.From)
	if err != nil {
		return shown, err
	}
	difference := d.difference(from, to)
	shown.Diff = &difference
	return shown, nil
}

// opinions are a change's perspectives in the page's language, or else in the
// site's first language that has any. They are kept as Markdown only.
func (d *desk) opinions(all map[content.Lang][]content.Perspective) ([]view.Opinion, content.Lang) {
	for _, lang := range append([]content.Lang{d.lang}, d.site.Languages()...) {
		var shown []view.Opinion
		for _, p := range all[lang] {
			html, err := d.h.deps.Markdown.Render(d.ctx, p.Text)
			opinion := view.Opinion{Side: p.Side, HTML: view.Stored(html)}
			if err != nil {
				opinion.HTML, opinion.Plain = "", plain(p.Text)
			}
			shown = append(shown, opinion)
		}
		if len(shown) > 0 {
			return shown, d.other(lang)
		}
	}
	return nil, ""
}

func plain(source string) string {
	if text, err := markdown.Plain(source); err == nil {
		return text
	}
	return source
}

// network is what a network is called; one that the program has no name for goes by its id.
func (d *desk) network(id string) string {
	if name := "network." + id; d.printer.Has(name) {
		return d.printer.T(name)
	}
	return id
}
