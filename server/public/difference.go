package public

import (
	"slices"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/view"
)

// aroundChange is how many unchanged blocks stand beside each difference.
const aroundChange = 1

// difference compares two versions part by part, word by word, and their facts.
func (d *desk) difference(from, to content.Version) view.TextDiff {
	out := view.TextDiff{
		Lang: d.other(to.Lang), Policy: len(to.Text.Sections) > 0, Parts: compare.Texts(&from.Text, &to.Text, aroundChange),
		Facts: compare.Facts(from.Facts, to.Facts, d.lang, d.printer, d.site.Languages()...),
	}
	out.Added, out.Removed = compare.CountWords(out.Parts)
	return out
}

// facts puts the facts of an entry into words, row by row; rows without anything are left out.
func (d *desk) facts(f *content.Facts) []compare.Row {
	if f == nil {
		return nil
	}
	rows := compare.Rows(f, d.lang, d.printer, d.site.Languages()...)
	return slices.DeleteFunc(rows, func(r compare.Row) bool { return len(r.Items) == 0 })
}
