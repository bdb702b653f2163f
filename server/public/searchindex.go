package public

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"klartext/content"
	"klartext/content/site"
)

// indexFile is what a browser searches where there is no server to ask: a static
// copy of the site, and its search box on another site.
type indexFile struct {
	Lang  string      `json:"lang"`
	Items []indexItem `json:"items"`
}

type indexItem struct {
	URL     string `json:"url"`
	Title   string `json:"title"`
	Snippet string `json:"snippet,omitempty"`
	// More are words of the text that the title and the snippet do not have, folded as the script folds them.
	More string `json:"more,omitempty"`
}

// indexWords is how many further words an entry has in the index: enough to be found by, and still small.
const indexWords = 80

func (h *Handlers) searchIndex(lang content.Lang) builder {
	return func(_ context.Context, s *snapshot) (document, error) {
		d := &desk{snapshot: s, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang)}
		file := indexFile{Lang: string(lang), Items: []indexItem{}}
		for _, topic := range s.site.Topics() {
			file.Items = append(file.Items, d.indexed(s.site.Entries(topic.ID), d.phrase(topic.Title).Text)...)
		}
		file.Items = append(file.Items, d.indexed(s.site.Entries(""), "")...)
		file.Items = append(file.Items, d.indexed(s.site.Policies(), "")...)
		return jsonDocument(file, "application/json; charset=utf-8")
	}
}

func (d *desk) indexed(entries []*site.Entry, topic string) []indexItem {
	var items []indexItem
	for _, entry := range entries {
		version, live := entry.Current[d.lang]
		if !live {
			continue
		}
		text, html := version.Text, version.HTML
		parts := []string{topic, site.Plain(html.Body)}
		for i, section := range text.Sections {
			if parts = append(parts, section.Heading); i < len(html.Sections) {
				parts = append(parts, site.Plain(html.Sections[i].Summary), site.Plain(html.Sections[i].Body))
			}
		}
		for _, example := range html.Examples {
			parts = append(parts, site.Plain(example))
		}
		items = append(items, indexItem{
			URL: entryPath(d.lang, entry.Entry), Title: text.Title, Snippet: text.ShortAnswer,
			More: furtherWords(strings.Join(parts, " "), text.Title+" "+text.ShortAnswer),
		})
	}
	return items
}

// furtherWords are the words of a text that are long enough to mean something and not known already.
func furtherWords(text, known string) string {
	seen := map[string]bool{}
	for _, word := range foldedWords(known) {
		seen[word] = true
	}
	var more []string
	for _, word := range foldedWords(text) {
		if len(more) == indexWords {
			break
		}
		if len(word) > 3 && !seen[word] {
			seen[word] = true
			more = append(more, word)
		}
	}
	return strings.Join(slices.Clip(more), " ")
}

// foldedWords does what fold and words do in static/embed.js.
func foldedWords(text string) []string {
	text = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(norm.NFC.String(text)))
	text = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f {
			return -1
		}
		return r
	}, norm.NFD.String(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
