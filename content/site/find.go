package site

import (
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
	// FoundIn is set where only the text in another language has the words: Excerpt is from that one.
	FoundIn content.Lang
	// Withdrawn is set where the entry was taken down; Title is the last that it had, and there is no Excerpt.
	Withdrawn *content.Tombstone
}

// Found is what a search gave.
type Found struct {
	Results []Result // the best first, and after them what was taken down
	// Instead is the query with other words, where it has some that nobody wrote.
	Instead string
	// Also are words that were looked for in the place of some that no text has.
	Also []string
	// Nearest is true where nothing fits, and Results only come near.
	Nearest bool
	// Empty is true where there was no word to look for.
	Empty bool
}

const excerptSize = 220

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
		texts := func(id string) iter.Seq[string] { return s.texts(lang, id) }
		found.Instead, found.Also = own.Correction(texts), own.Also(texts)
	}
	if len(found.Results) > 0 {
		found.Nearest = !slices.ContainsFunc(slices.Collect(maps.Values(s.queries)), func(q search.Query) bool { return !q.Empty() && !q.Doubtful() })
		return found
	}
	for l, q := range s.queries {
		s.queries[l] = q.Loosely()
	}
	s.loose = true
	found.Results = s.results(min(limit, 5))
	found.Nearest = len(found.Results) > 0
	return found
}

// searching is one search at work.
type searching struct {
	*Value
	finder  finder
	lang    content.Lang
	queries map[content.Lang]search.Query
	loose   bool
}

// understand reads the query in every language. What only another language
// knows is no mistake in this one, and this one's "die" is no word of another.
func (s *searching) understand(text string) {
	elsewhere := text
	if own, ok := s.finder.indexes[s.lang]; ok {
		elsewhere = own.Telling(text)
	}
	for lang, index := range s.finder.indexes {
		asked := elsewhere
		if lang == s.lang {
			asked = text
		}
		s.queries[lang] = index.Understand(asked, func(word string) bool {
			for other, index := range s.finder.indexes {
				if other != lang && index.Knows(word) {
					return true
				}
			}
			return false
		})
	}
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

func (s *searching) result(h hit) (Result, bool) {
	kind, name, section := parseID(h.ID)
	if kind == "t" {
		topic, ok := s.topic(func(t content.Topic) bool { return t.ID == name })
		title, lang := topic.Title.In(s.lang, s.Languages()...)
		return s.foundIn(h, Result{Topic: topic, Lang: lang, Title: s.queries[lang].Mark(title)}), ok
	}
	entry, ok := s.entries[name]
	if !ok {
		return Result{}, false
	}
	if stone := s.stone(entry); stone != nil {
		return s.takenDown(entry, stone), true
	}
	r := Result{Entry: entry, Section: section, Lang: s.lang}
	if _, live := entry.Current[s.lang]; !live {
		r.Lang = s.Langs(entry)[0] // or else there were a stone
	}
	first, q := true, s.queries[r.Lang]
	r.Excerpt = q.Excerpt(excerptSize, func(yield func(string) bool) {
		for text := range s.texts(r.Lang, h.ID) {
			if first {
				r.Title, first = q.Mark(text), false
			} else if !yield(text) {
				return
			}
		}
	})
	return s.foundIn(h, r), !first
}

// texts are the title of a document and then what excerpts are taken from; nothing where the document is gone.
func (s *searching) texts(lang content.Lang, id string) iter.Seq[string] {
	kind, name, section := parseID(id)
	if kind == "t" {
		return slices.Values([]string{s.finder.topics[lang][name]})
	}
	var fields iter.Seq[search.Field] = func(func(search.Field) bool) {}
	if entry, ok := s.entries[name]; ok {
		if kind == "w" {
			return slices.Values([]string{lastTitle(entry, lang)})
		}
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
