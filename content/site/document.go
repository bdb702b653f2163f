package site

import (
	"iter"
	"slices"

	"klartext/content"
	"klartext/content/search"
)

// Weights of the parts of a text. They are multiples of a quarter, so that their
// sums do not depend on the order in which texts came in.
const (
	titleWeight   = 6
	headingWeight = 4
	answerWeight  = 2
	bodyWeight    = 1
	sideWeight    = 0.5
)

// documents are what the entries put into the index of one language, and the ids of what they had there and have no more.
func (v *Value) documents(entries []content.PublishedEntry, lang content.Lang, index *search.Index) (put []search.Doc, gone []string) {
	for i := range entries {
		entry := &entries[i]
		docs := documentsOf(entry, lang)
		put = append(put, docs...)
		for _, id := range idsIn(index, entry) {
			if !slices.ContainsFunc(docs, func(d search.Doc) bool { return d.ID == id }) {
				gone = append(gone, id)
			}
		}
	}
	return put, gone
}

// idsIn are the documents of an entry in an index; only a policy has several.
func idsIn(index *search.Index, entry *Entry) []string {
	id, gone := documentID(entry), withdrawnID(entry)
	switch {
	case index.Has(gone):
		return []string{gone}
	case !index.Has(id):
		return nil
	case entry.Kind == content.Policy:
		return append(index.Below(id+"/"), id)
	}
	return []string{id}
}

func documentID(entry *Entry) string {
	if entry.Kind == content.Policy {
		return "p/" + entry.ID
	}
	return "e/" + entry.ID
}

// documentsOf are an entry's text, or a policy's title and each of its sections; of what was taken down, its last title.
func documentsOf(entry *Entry, lang content.Lang) []search.Doc {
	version, live := entry.Current[lang]
	if !live {
		return withdrawnDoc(entry, lang)
	}
	docs := []search.Doc{{ID: documentID(entry), Fields: slices.Collect(mainFields(&version))}}
	if entry.Kind == content.Policy {
		for i, section := range version.Text.Sections {
			docs = append(docs, search.Doc{ID: docs[0].ID + "/" + section.ID, Fields: slices.Collect(sectionFields(&version, i))})
		}
	}
	return docs
}

// mainFields are the parts of an entry's text, the title first; made one by one, because not all may be asked for.
func mainFields(v *content.Version) iter.Seq[search.Field] {
	return func(yield func(search.Field) bool) {
		if !yield(search.Field{Text: v.Text.Title, Weight: titleWeight}) || !yield(search.Field{Text: v.Text.ShortAnswer, Weight: answerWeight}) ||
			!yield(search.Field{Text: Plain(v.HTML.Body), Weight: bodyWeight}) {
			return
		}
		for _, text := range sideTexts(v) {
			if !yield(search.Field{Text: text, Weight: sideWeight}) {
				return
			}
		}
	}
}

// sectionFields are the parts of a policy's section, its heading first.
func sectionFields(v *content.Version, i int) iter.Seq[search.Field] {
	return func(yield func(search.Field) bool) {
		if !yield(search.Field{Text: v.Text.Sections[i].Heading, Weight: headingWeight}) || i >= len(v.HTML.Sections) {
			return
		}
		_ = yield(search.Field{Text: Plain(v.HTML.Sections[i].Summary), Weight: answerWeight}) &&
			yield(search.Field{Text: Plain(v.HTML.Sections[i].Body), Weight: bodyWeight})
	}
}

// sideTexts are what stands beside the answer: examples, views, choices, and the words of the facts.
func sideTexts(v *content.Version) []string {
	var texts []string
	for _, part := range slices.Concat(v.HTML.Examples, v.HTML.Perspectives) {
		texts = append(texts, Plain(part))
	}
	for _, choice := range v.Text.Choices {
		texts = append(texts, choice.Label)
	}
	if v.Facts == nil {
		return texts
	}
	for _, text := range slices.Concat(v.Facts.Data, v.Facts.Purposes) {
		texts = append(texts, text[v.Lang])
	}
	for _, recipient := range v.Facts.Recipients {
		texts = append(texts, recipient.Name+" "+recipient.Role[v.Lang])
	}
	return texts
}
