package public

import (
	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

// history lists the versions of an entry in the page's language, with the tombstones between them.
func (d *desk) history(entry *site.Entry) (string, any, error) {
	versions := site.Versions(entry, d.lang)
	page := view.HistoryPage{
		Public:   d.public(d.printer.T("public.history_of", "Title", versions[0].Title), d.inHistory(entry, historyPath)),
		Heading:  view.Phrase{Text: versions[0].Title},
		EntryURL: entryPath(d.lang, entry.Entry), Withdrawn: entry.Withdrawn(d.lang) != nil, Choice: d.choice(entry, 0, 0),
	}
	d.markLangs(&page.Public, func(lang content.Lang) bool { return site.CountVersions(entry, lang) > 0 })
	page.Section = section(entry)
	page.Feed = view.Link{Text: d.printer.T("public.feed_entry"), URL: entryPath(d.lang, entry.Entry) + ".atom"}
	for i, meta := range versions {
		if stone := stoneAfter(entry, meta); stone != nil {
			shown := d.stone(stone)
			page.Rows = append(page.Rows, view.HistoryRow{Stone: &shown})
		}
		row := view.HistoryRow{Edition: d.edition(entry, meta), CompareURL: d.compareBefore(entry, meta)}
		row.Now = i == 0 && !page.Withdrawn
		page.Rows = append(page.Rows, row)
	}
	return "public/versions", page, nil
}

// inHistory leads to the same page in a language that has versions, else to the entry.
func (d *desk) inHistory(entry *site.Entry, path func(content.Lang, content.Entry) string) func(content.Lang) string {
	return func(lang content.Lang) string {
		if site.CountVersions(entry, lang) > 0 {
			return path(lang, entry.Entry)
		}
		return entryPath(lang, entry.Entry)
	}
}

func section(entry *site.Entry) string {
	if entry.Kind == content.Policy {
		return "policies"
	}
	return "faq"
}

// stoneAfter is the tombstone that followed a version, or nil.
func stoneAfter(entry *site.Entry, meta content.VersionMeta) *content.Tombstone {
	for i := range entry.Tombstones {
		if stone := &entry.Tombstones[i]; stone.Lang == meta.Lang && stone.AfterVersion == meta.Number {
			return stone
		}
	}
	return nil
}

// choice is the form for comparing; nil where there is only one version. Without
// a wish it proposes the last two.
func (d *desk) choice(entry *site.Entry, from, to int) *view.VersionChoice {
	versions := site.Versions(entry, d.lang)
	if len(versions) < 2 {
		return nil
	}
	choice := &view.VersionChoice{Action: historyPath(d.lang, entry.Entry), From: from, To: to}
	if to == 0 {
		choice.From, choice.To = versions[1].Number, versions[0].Number
	}
	for _, meta := range versions {
		choice.Versions = append(choice.Versions, d.edition(entry, meta))
	}
	return choice
}

// version is one version as it was read then.
func (d *desk) version(entry *site.Entry, meta content.VersionMeta) (string, any, error) {
	version, err := d.h.text(d.ctx, meta)
	if err != nil {
		return "", nil, err
	}
	page := d.entryPage(entry, version)
	page.Title = d.printer.T("public.version_of", "Number", meta.Number, "Title", version.Text.Title) + " – " + page.SiteName
	current, live := entry.Current[d.lang]
	switch {
	case live && current.Number != meta.Number:
		today := d.edition(entry, current.VersionMeta)
		today.URL = entryPath(d.lang, entry.Entry)
		page.Today, page.ChangedURL, page.Canonical = &today, comparePath(d.lang, entry.Entry, meta.Number, current.Number), ""
	case !live:
		if stone := entry.Withdrawn(d.lang); stone != nil {
			shown := d.stone(stone)
			page.Withdrawn = &shown
		}
		page.Canonical = ""
	}
	return pageName(entry), page, nil
}

// compare shows what changed between two versions.
func (d *desk) compare(entry *site.Entry, from, to content.VersionMeta) (string, any, error) {
	before, err := d.h.text(d.ctx, from)
	if err != nil {
		return "", nil, err
	}
	after, err := d.h.text(d.ctx, to)
	if err != nil {
		return "", nil, err
	}
	heading := d.printer.T("public.compare_title", "From", from.Number, "To", to.Number)
	page := view.ComparePage{
		Public:   d.public(heading+": "+to.Title, d.inHistory(entry, historyPath)),
		Heading:  view.Phrase{Text: to.Title},
		EntryURL: entryPath(d.lang, entry.Entry),
		From:     d.edition(entry, from), To: d.edition(entry, to), Same: from.Number == to.Number,
		Choice: d.choice(entry, from.Number, to.Number),
	}
	page.Section, page.Canonical = section(entry), ""
	if !page.Same {
		page.Diff = d.difference(before, after)
	}
	return "public/compare", page, nil
}
