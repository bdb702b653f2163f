package public

import (
	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

// changes is the changelog, by year.
func (d *desk) changes() (string, any, error) {
	page := view.ChangesPage{
		Public:   d.public(d.printer.T("public.changes_title"), changesPath),
		Upcoming: d.upcoming(), Total: len(d.site.Changes()),
	}
	page.Section, page.Description = "changes", d.printer.T("public.changes_lead")
	for _, change := range d.site.Changes() {
		row := d.changeRow(change)
		year := row.Published.Year()
		if n := len(page.Years); n == 0 || page.Years[n-1].Year != year {
			page.Years = append(page.Years, view.ChangeYear{Year: year})
		}
		last := &page.Years[len(page.Years)-1]
		last.Rows = append(last.Rows, row)
	}
	return "public/changes", page, nil
}

func (d *desk) upcoming() view.Upcoming {
	soon := view.Upcoming{Today: d.today}
	for _, change := range d.site.Upcoming(d.today) {
		soon.Rows = append(soon.Rows, d.changeRow(change))
	}
	return soon
}

func (d *desk) changeRow(change *site.Change) view.ChangeRow {
	row := view.ChangeRow{
		Title: d.phrase(change.Title), URL: changePath(d.lang, change.Slug), Summary: d.phrase(change.Summary),
		Published: d.local(change.PublishedAt), Material: change.Materiality == content.Material, Imported: change.Imported,
	}
	if effective := change.Effective(d.site.Zone()); effective != content.DateOf(change.PublishedAt, d.site.Zone()) {
		row.Effective, row.Pending = effective, effective > d.today
	}
	if row.Pending {
		row.Days = d.today.DaysUntil(row.Effective)
	}
	if row.Title.Text == "" {
		row.Title.Text = change.Slug
	}
	return row
}
