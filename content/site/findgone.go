package site

import (
	"slices"

	"klartext/content"
	"klartext/content/search"
)

// What was taken down is found by its last title, which its tombstone shows, and by nothing else.

// maxWithdrawn is how many a search lists.
const maxWithdrawn = 3

// withdrawnID is the document of an entry that was taken down.
func withdrawnID(entry *Entry) string { return "w/" + entry.ID }

// withdrawnDoc is what of an entry stands in an index after it was taken down in that language.
func withdrawnDoc(entry *Entry, lang content.Lang) []search.Doc {
	title := lastTitle(entry, lang)
	if title == "" {
		return nil
	}
	return []search.Doc{{ID: withdrawnID(entry), Fields: []search.Field{{Text: title, Weight: titleWeight}}}}
}

// lastTitle is what an entry was called in a language when it was taken down; "" where it was not.
func lastTitle(entry *Entry, lang content.Lang) string {
	stone := entry.Withdrawn(lang)
	if stone == nil {
		return ""
	}
	last, _ := Version(entry, lang, stone.AfterVersion)
	return last.Title
}

// stone is the tombstone that readers of the page find at an entry's address, or nil where they find a text.
func (s *searching) stone(entry *Entry) *content.Tombstone {
	if stone := entry.Withdrawn(s.lang); stone != nil || len(s.Langs(entry)) > 0 {
		return stone
	}
	if n := len(entry.Tombstones); n > 0 {
		return &entry.Tombstones[n-1]
	}
	return &content.Tombstone{Entry: entry.ID, Lang: s.lang}
}

func (s *searching) takenDown(entry *Entry, stone *content.Tombstone) Result {
	last, _ := Version(entry, stone.Lang, stone.AfterVersion)
	r := Result{Entry: entry, Lang: stone.Lang, Withdrawn: stone, Title: []search.Piece{{Text: last.Title}}}
	if q, ok := s.queries[stone.Lang]; ok { // the site may have given the language up
		r.Title = q.Mark(last.Title)
	}
	return r
}

// withdrawn gathers what was taken down, each entry once.
type withdrawn struct {
	floor   float32
	results []Result
}

func (w *withdrawn) add(h hit, r Result) {
	known := slices.ContainsFunc(w.results, func(has Result) bool { return has.Entry == r.Entry })
	if !known && len(w.results) < maxWithdrawn && h.Score >= w.floor && len(r.Title) > 0 && r.Title[0].Text != "" {
		w.results = append(w.results, r)
	}
}

// after puts them behind the other results, in the place of the last of those where there are too many.
func (w *withdrawn) after(results []Result, limit int) []Result {
	room := max(limit-len(results), limit/4)
	gone := w.results[:min(len(w.results), room)]
	return append(results[:min(len(results), limit-len(gone))], gone...)
}

// foundIn shows where a result was found, where nothing of what it shows has a word that was looked for.
func (s *searching) foundIn(h hit, r Result) Result {
	if h.lang == r.Lang || marked(r.Title) || marked(r.Excerpt) {
		return r
	}
	if excerpt := s.queries[h.lang].Excerpt(excerptSize, s.texts(h.lang, h.own)); marked(excerpt) {
		r.Excerpt, r.FoundIn = excerpt, h.lang
	}
	return r
}

func marked(pieces []search.Piece) bool {
	return slices.ContainsFunc(pieces, func(p search.Piece) bool { return p.Hit })
}
