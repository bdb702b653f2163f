package site

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"klartext/content"
	"klartext/content/search"
)

// finder is the search index of a value: one for each language of the site.
type finder struct {
	indexes map[content.Lang]*search.Index
	topics  map[content.Lang]map[string]string // what stands in the index: topic id -> title
}

// index prepares the search of v as that of before, with what changed; it is
// made when somebody first asks, or MakeSearch.
func (v *Value) index(before func() finder, changed []content.PublishedEntry) {
	v.find = sync.OnceValue(func() finder { return before().with(v, changed) })
}

// MakeSearch makes the search index, where that has not been done, so that the first reader need not wait.
func (v *Value) MakeSearch() { v.find() }

func (f finder) with(v *Value, changed []content.PublishedEntry) finder {
	next := finder{map[content.Lang]*search.Index{}, map[content.Lang]map[string]string{}}
	for _, lang := range v.Languages() {
		index, known := f.indexes[lang]
		entries := changed
		if !known { // a new language: texts that it had before come back
			index, entries = search.New(string(lang)), nil
			for _, entry := range v.entries {
				entries = append(entries, *entry)
			}
		}
		put, gone := v.documents(entries, lang, index)
		next.topics[lang] = v.shownTopics(lang)
		for id, title := range next.topics[lang] {
			if f.topics[lang][id] != title || !known {
				put = append(put, search.Doc{ID: "t/" + id, Fields: []search.Field{{Text: title, Weight: titleWeight}}})
			}
		}
		for id := range f.topics[lang] {
			if next.topics[lang][id] == "" {
				gone = append(gone, "t/"+id)
			}
		}
		next.indexes[lang] = index.With(put, gone)
	}
	return next
}

// shownTopics are the titles of topics in which anything can be read: before, a title is a draft.
func (v *Value) shownTopics(lang content.Lang) map[string]string {
	shown := map[string]string{}
	for _, topic := range v.topics {
		if title := topic.Title[lang]; title != "" && slices.ContainsFunc(v.inTopic[topic.ID], func(e *Entry) bool { return len(v.Langs(e)) > 0 }) {
			shown[topic.ID] = title
		}
	}
	return shown
}

// Result is one thing that a search found: an entry, a policy or one of its
// sections, or a topic.
type Result struct {
	Entry   *Entry        // nil for a topic
	Section string        // id of a policy's section, "" for all of it
	Topic   content.Topic // where Entry is nil
	Lang    content.Lang  // of Title and Excerpt
	Title   []search.Piece
	Excerpt []search.Piece
}

// Found is what a search gave.
type Found struct {
	Results []Result // the best first
	// Instead is the query with other words, where it has some that nobody wrote.
	Instead string
	// Nearest is true where nothing fits, and Results only come near.
	Nearest bool
	// Empty is true where there was no word to look for.
	Empty bool
}

const (
	// otherLanguage is what a hit in another language of the site counts.
	otherLanguage = 0.75
	// A topic leads to answers, and is none.
	topicFactor = 0.7
	perPolicy   = 3
	excerptSize = 220
)

// Search finds what readers of one language ask for, at most limit results.
// Words of the site's other languages are understood too: what their texts
// answer is shown in the reader's language where it has been translated.
func (v *Value) Search(lang content.Lang, text string, limit int) Found {
	s := searching{Value: v, lang: lang, queries: map[content.Lang]search.Query{}, finder: v.find()}
	s.understand(text)
	found := Found{Empty: !slices.ContainsFunc(slices.Collect(maps.Values(s.queries)), func(q search.Query) bool { return !q.Empty() })}
	if found.Empty {
		return found
	}
	found.Results = s.results(limit)
	if own, ok := s.queries[lang]; ok {
		found.Instead = own.Correction(func(id string) iter.Seq[string] { return s.texts(lang, id) })
	}
	if len(found.Results) > 0 {
		return found
	}
	for l, q := range s.queries {
		s.queries[l] = q.Loosely()
	}
	found.Results, found.Nearest = s.results(min(limit, 5)), true
	return found
}

// searching is one search at work.
type searching struct {
	*Value
	finder  finder
	lang    content.Lang
	queries map[content.Lang]search.Query
}

// understand reads the query in every language. What only another language
// knows is no mistake in this one.
func (s *searching) understand(text string) {
	for lang, index := range s.finder.indexes {
		s.queries[lang] = index.Understand(text, func(word string) bool {
			for other, index := range s.finder.indexes {
				if other != lang && index.Knows(word) {
					return true
				}
			}
			return false
		})
	}
}

func (s *searching) results(limit int) []Result {
	scores, policies := map[string]search.Hit{}, map[string]int{}
	for _, lang := range s.Languages() {
		for _, hit := range s.queries[lang].Find(3 * limit) {
			if lang != s.lang {
				hit.ID, hit.Score = s.translated(hit.ID), hit.Score*otherLanguage
			}
			if strings.HasPrefix(hit.ID, "t/") {
				hit.Score *= topicFactor
			}
			if hit.Score > scores[hit.ID].Score {
				scores[hit.ID] = hit
			}
		}
	}
	hits := slices.SortedFunc(maps.Values(scores), func(a, b search.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	var results []Result
	for _, hit := range hits {
		if hit.Score < hits[0].Score/6 || len(results) == limit {
			break
		}
		result, ok := s.result(hit.ID)
		if !ok {
			continue
		}
		if result.Entry != nil && result.Entry.Kind == content.Policy {
			if policies[result.Entry.ID]++; policies[result.Entry.ID] > perPolicy {
				continue
			}
		}
		results = append(results, result)
	}
	return results
}

// translated is the document in the reader's language for one in another:
// the sections of two languages may have nothing in common.
func (s *searching) translated(id string) string {
	kind, entry, section := parseID(id)
	if section == "" {
		return id
	}
	if e, ok := s.entries[entry]; ok {
		if own, live := e.Current[s.lang]; live && !slices.ContainsFunc(own.Text.Sections, func(has content.Section) bool { return has.ID == section }) {
			return kind + "/" + entry
		}
	}
	return id
}

func parseID(id string) (kind, entry, section string) {
	kind, rest, _ := strings.Cut(id, "/")
	entry, section, _ = strings.Cut(rest, "/")
	return kind, entry, section
}

func (s *searching) result(id string) (Result, bool) {
	kind, name, section := parseID(id)
	if kind == "t" {
		topic, ok := s.topic(func(t content.Topic) bool { return t.ID == name })
		title, lang := topic.Title.In(s.lang, s.Languages()...)
		return Result{Topic: topic, Lang: lang, Title: s.queries[lang].Mark(title)}, ok
	}
	entry, ok := s.entries[name]
	if !ok {
		return Result{}, false
	}
	r := Result{Entry: entry, Section: section, Lang: s.lang}
	if _, live := entry.Current[s.lang]; !live {
		langs := s.Langs(entry)
		if len(langs) == 0 {
			return Result{}, false
		}
		r.Lang = langs[0]
	}
	first, q := true, s.queries[r.Lang]
	r.Excerpt = q.Excerpt(excerptSize, func(yield func(string) bool) {
		for text := range s.texts(r.Lang, id) {
			if first {
				r.Title, first = q.Mark(text), false
			} else if !yield(text) {
				return
			}
		}
	})
	return r, !first
}

// texts are the title of a document and then what excerpts are taken from; nothing where the document is gone.
func (s *searching) texts(lang content.Lang, id string) iter.Seq[string] {
	kind, name, section := parseID(id)
	if kind == "t" {
		return slices.Values([]string{s.finder.topics[lang][name]})
	}
	var fields iter.Seq[search.Field] = func(func(search.Field) bool) {}
	if entry, ok := s.entries[name]; ok {
		if version, live := entry.Current[lang]; live {
			at := slices.IndexFunc(version.Text.Sections, func(has content.Section) bool { return has.ID == section })
			switch {
			case section == "":
				fields = mainFields(&version)
			case at >= 0:
				fields = sectionFields(&version, at)
			}
		}
	}
	return func(yield func(string) bool) {
		for field := range fields {
			if !yield(field.Text) {
				return
			}
		}
	}
}
