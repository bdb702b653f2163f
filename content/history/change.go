package history

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"klartext/content"
	"klartext/content/markdown"
)

// editorialWords is how many words may change before a change counts as material.
const editorialWords = 5

// maxTitle is the longest title of a change, in characters.
const maxTitle = 200

// groupChanges puts states of one moment and one message together: they were one
// change. Both the groups and their states stay in order.
func groupChanges(fresh []*Prepared) [][]*Prepared {
	type moment struct {
		at      int64
		message string
	}
	index := map[moment]int{}
	var groups [][]*Prepared
	for _, s := range fresh {
		m := moment{s.At.UnixMilli(), s.Message}
		i, ok := index[m]
		if !ok {
			i = len(groups)
			index[m] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}

// change makes the change that a group was, without its pieces.
func (p *planner) change(group []*Prepared, words int) content.Change {
	at := group[0].At
	c := content.Change{
		ID: content.NewID(at), Title: content.Text{}, Summary: content.Text{}, Why: content.Text{},
		Materiality: content.Material, State: content.Published, Created: at, Updated: at, PublishedAt: at,
		Imported: true, Edition: 1,
	}
	if words <= editorialWords {
		c.Materiality = content.Editorial
	}
	for _, lang := range langs(group) {
		c.Title[lang] = p.title(group, lang)
		c.Why[lang] = p.reason(group[0].Message, lang, 0)
	}
	c.Slug = p.changeSlug(at, c.Title)
	return c
}

// title is the message's first line; without a message the title of the one text that
// changed, or that there were several.
func (p *planner) title(group []*Prepared, lang content.Lang) string {
	first, _, _ := strings.Cut(group[0].Message, "\n")
	if first = strings.TrimSpace(first); first != "" {
		return cut(first, maxTitle)
	}
	title, n := "", 0
	for _, s := range group {
		if s.Lang == lang {
			title, n = s.Title, n+1
		}
	}
	if n == 1 && title != "" {
		return cut(title, maxTitle)
	}
	return p.words.in(lang).Several
}

// reason is the message, or that none was given; limit 0 leaves it whole.
func (p *planner) reason(message string, lang content.Lang, limit int) string {
	switch {
	case message == "":
		return p.words.in(lang).NoReason
	case limit == 0:
		return message
	}
	return cut(message, limit)
}

func (p *planner) changeSlug(at time.Time, title content.Text) string {
	words, _ := title.In("en", p.known.Settings.Languages...)
	slug := string(content.DateOf(at, p.zone))
	if made := markdown.Slug(words); made != "" {
		slug += "-" + made
	}
	slug = uniqueSlug(strings.TrimRight(slug[:min(len(slug), maxSlug)], "-"), p.known.ChangeSlugs)
	p.known.ChangeSlugs[slug] = true
	return slug
}

// cut shortens a text to the limit, in characters, at the end of a word where one is near.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)[:limit-1]
	for i := len(runes) - 1; i > limit/2; i-- {
		if unicode.IsSpace(runes[i]) {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRightFunc(string(runes), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}
