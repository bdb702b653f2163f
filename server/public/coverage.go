package public

import (
	"slices"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

// coverageRows is how many changes of each kind are listed; the changelog has all.
const coverageRows = 200

func coveragePath(lang content.Lang) string { return "/" + string(lang) + "/coverage" }

// coverage tells which changes were announced where.
func (d *desk) coverage() (string, any, error) {
	all := d.site.Coverage()
	page := view.CoveragePage{
		Public: d.public(d.printer.T("find.coverage"), coveragePath), Announced: all.Announced, All: len(all.Material),
		Imported: len(all.Imported), ShowLags: d.site.Settings().ShowLag,
	}
	page.Section = "changes"
	for _, change := range d.first(&page, all.Material) {
		page.Material = append(page.Material, view.CoverageRow{Change: d.changeRow(change), Posts: slices.DeleteFunc(d.posts(change), func(p view.PostRow) bool { return p.Part > 0 || p.Correction })})
	}
	for _, change := range d.first(&page, all.Editorial) {
		page.Editorial = append(page.Editorial, d.changeRow(change))
		page.Whys = append(page.Whys, d.phrase(change.Why))
	}
	if n := len(all.Imported); n > 0 {
		page.From, page.To = d.local(all.Imported[n-1].PublishedAt), d.local(all.Imported[0].PublishedAt)
	}
	if page.ShowLags {
		for i, lag := range d.site.Lags(d.lang) {
			if i >= coverageRows {
				page.MoreLags++
				continue
			}
			page.Lags = append(page.Lags, d.lag(lag))
		}
	}
	return "public/coverage", page, nil
}

func (d *desk) first(page *view.CoveragePage, changes []*site.Change) []*site.Change {
	kept := changes[:min(len(changes), coverageRows)]
	page.More += len(changes) - len(kept)
	return kept
}

func (d *desk) posts(change *site.Change) []view.PostRow {
	var rows []view.PostRow
	for _, post := range change.Posts {
		rows = append(rows, view.PostRow{
			Network: d.network(post.Network), Channel: post.Channel, Lang: post.Lang, URL: post.URL, At: d.local(post.At),
			Part: post.Part, Correction: post.Correction, Shown: post.Shown(), Withdrawn: post.State == content.Withdrawn, Gone: post.Gone,
			Corrected: d.local(post.Corrected),
		})
	}
	return rows
}

func (d *desk) lag(lag site.Lag) view.LagRow {
	link, _ := d.link(lag.Entry)
	return view.LagRow{Title: link, Ahead: lag.Ahead, Since: d.local(lag.Since), Missing: lag.Missing}
}

// lagOf is what an entry's own page says, where the site shows it.
func (d *desk) lagOf(entry *site.Entry) *view.LagRow {
	if !d.site.Settings().ShowLag {
		return nil
	}
	lag, behind := d.site.LagOf(entry, d.lang)
	if !behind || lag.Missing { // that there is no text is said already
		return nil
	}
	row := d.lag(lag)
	row.Title.URL = entryPath(lag.Ahead, entry.Entry)
	return &row
}
