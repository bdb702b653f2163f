package site

import (
	"slices"
	"time"

	"klartext/content"
)

// Lag is a text that has fallen behind the same text in another language.
type Lag struct {
	Entry *Entry
	Lang  content.Lang // the language that is behind
	Ahead content.Lang
	Since time.Time // when the other language went ahead
	// Missing: there is no text in Lang at all.
	Missing bool
}

// LagOf tells whether a text is behind: another language got a material change
// after the last time that this one's words changed. Facts count for all
// languages at once, and editorial changes for none.
func (v *Value) LagOf(entry *Entry, lang content.Lang) (Lag, bool) {
	_, live := entry.Current[lang]
	if !live && entry.Withdrawn(lang) != nil {
		return Lag{}, false // taken down on purpose
	}
	var mine time.Time
	if words := v.rewrites(entry, lang); len(words) > 0 {
		mine = words[len(words)-1].PublishedAt
	}
	lag := Lag{Entry: entry, Lang: lang, Missing: !live}
	for _, other := range v.Langs(entry) {
		if other == lang {
			continue
		}
		for _, meta := range v.rewrites(entry, other) {
			change, known := v.changes[meta.Change]
			if !meta.PublishedAt.After(mine) || known && meta.Number > 1 && change.Materiality != content.Material {
				continue
			}
			if lag.Since.IsZero() || meta.PublishedAt.Before(lag.Since) {
				lag.Ahead, lag.Since = other, meta.PublishedAt
			}
			break
		}
	}
	return lag, !lag.Since.IsZero()
}

// rewrites are the versions that changed the words, oldest first.
func (v *Value) rewrites(entry *Entry, lang content.Lang) []content.VersionMeta {
	var found []content.VersionMeta
	hash := ""
	for _, meta := range slices.Backward(Versions(entry, lang)) {
		if meta.Hash != hash {
			found = append(found, meta)
		}
		hash = meta.Hash
	}
	return found
}

// Lags lists the texts that are behind in one language, the longest first.
func (v *Value) Lags(lang content.Lang) []Lag {
	var lags []Lag
	for _, entry := range v.entries {
		if lag, behind := v.LagOf(entry, lang); behind {
			lags = append(lags, lag)
		}
	}
	slices.SortFunc(lags, func(a, b Lag) int {
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return entriesInOrder(a.Entry, b.Entry)
	})
	return lags
}
