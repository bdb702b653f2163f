package sqlstore

import (
	"unsafe"

	"klartext/content"
)

// lead is what public pages use of a text besides its HTML. Decoding the Markdown
// with it would take a third of the time in which a large site starts.
type lead struct {
	Text struct {
		Title        string           `json:"title"`
		ShortAnswer  string           `json:"short_answer"`
		Perspectives []leadOpinion    `json:"perspectives"`
		Choices      []content.Choice `json:"choices"`
		Sections     []leadSection    `json:"sections"`
	} `json:"text"`
}

type leadOpinion struct {
	Side content.Side `json:"side"`
}

type leadSection struct {
	ID      string `json:"id"`
	Heading string `json:"heading"`
}

// writing is the text without its Markdown.
func (l *lead) writing() content.Writing {
	t := &l.Text
	w := content.Writing{Title: t.Title, ShortAnswer: t.ShortAnswer, Choices: t.Choices}
	for _, opinion := range t.Perspectives {
		w.Perspectives = append(w.Perspectives, content.Perspective{Side: opinion.Side})
	}
	for _, section := range t.Sections {
		w.Sections = append(w.Sections, content.Section{ID: section.ID, Heading: section.Heading})
	}
	return w
}

// setLead puts into a version what readers see of it. facts may be "" where they are known already.
func setLead(v *content.Version, text, facts, html string) error {
	var words lead
	if err := decode(text, &words, "content", v.Revision); err != nil {
		return err
	}
	v.Text = words.writing()
	var told stored
	if err := decode(facts, &told, "facts", v.Revision); err != nil {
		return err
	}
	v.Facts = told.Facts
	return decode(html, &v.HTML, "html", v.Revision)
}

// bytesOf are the bytes of a string without a copy; nobody may write to them.
func bytesOf(s string) []byte {
	return unsafe.Slice(unsafe.StringData(s), len(s)) //nolint:gosec // json.Unmarshal only reads
}
