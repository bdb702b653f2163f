package content

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Revision is one saved state of an entry in one language, or of its facts. It is never changed and never deleted.
type Revision struct {
	RevisionRef
	Base    string    // the revision it was written over, "" for the first
	Created time.Time // when it was saved
	Text    *Writing  // nil where the revision holds facts
	Facts   *Facts    // nil where the revision holds text
	HTML    Rendered  // Text as safe HTML, made when it was saved
}

// RevisionRef names a revision without its text.
type RevisionRef struct {
	ID     string
	Entry  string
	Lang   Lang // NoLang for facts
	Number int  // 1, 2, 3 ... per entry and language
	Author string
	Hash   string // SHA-256 of the content, in hex
}

// Rendered is a Writing as safe HTML, field by field. Titles, short answers, labels and headings are plain text and stay so.
type Rendered struct {
	Renderer     string            `json:"renderer"` // version of the renderer that made it
	Body         string            `json:"body,omitempty"`
	Examples     []string          `json:"examples,omitempty"`
	Perspectives []string          `json:"perspectives,omitempty"`
	Sections     []RenderedSection `json:"sections,omitempty"`
}

// RenderedSection is a Section as safe HTML.
type RenderedSection struct {
	Body    string `json:"body"`
	Summary string `json:"summary"`
}

// Renderer makes safe HTML of Markdown and cuts long texts into sections.
type Renderer interface {
	// Render answers with an *Error of kind Invalid where the text is too long, too deep or no text.
	Render(ctx context.Context, markdown string) (string, error)
	// RenderUnder is Render for a text that stands under a heading of this level, so that its own headings are lower.
	RenderUnder(ctx context.Context, markdown string, level int) (string, error)
	// FromHTML writes raw HTML in a text as Markdown, because Render leaves raw HTML
	// out; text without any comes back as it is. No word that a reader would see is lost.
	FromHTML(markdown string) (string, error)
	// Sections cuts a policy at its headings; no word is lost.
	Sections(markdown string) []Section
	// Version names the rules that Render follows.
	Version() string
}

// ContentHash is the SHA-256, in hex, of what a revision says: its language
// and its canonical JSON (Go's encoding: fields in order, map keys sorted).
func ContentHash(lang Lang, text *Writing, facts *Facts) string {
	body, err := json.Marshal(struct {
		Lang  Lang     `json:"lang"`
		Text  *Writing `json:"text,omitempty"`
		Facts *Facts   `json:"facts,omitempty"`
	}{lang, text, facts})
	if err != nil {
		panic(fmt.Sprintf("content: strings and lists always encode: %v", err))
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Levels of the headings that the texts stand under: the page's own, and that of a part of it.
const (
	pageHeading = 1
	partHeading = 2
)

// RenderWriting renders every Markdown field of w; a field that cannot be rendered is named in the error.
func RenderWriting(ctx context.Context, r Renderer, w *Writing) (Rendered, error) {
	var p problems
	out := Rendered{Renderer: r.Version()}
	render := func(field, markdown string, level int) string {
		if markdown == "" {
			return ""
		}
		html, err := r.RenderUnder(ctx, markdown, level)
		if err != nil {
			p.addErr(field, err)
		}
		return html
	}
	out.Body = render("body", w.Body, pageHeading)
	for i, example := range w.Examples {
		out.Examples = append(out.Examples, render(fmt.Sprintf("examples.%d", i), example, partHeading))
	}
	for i, view := range w.Perspectives {
		out.Perspectives = append(out.Perspectives, render(fmt.Sprintf("perspectives.%d.text", i), view.Text, partHeading))
	}
	for i, s := range w.Sections {
		out.Sections = append(out.Sections, RenderedSection{
			Body:    render(fmt.Sprintf("sections.%d.body", i), s.Body, partHeading),
			Summary: render(fmt.Sprintf("sections.%d.summary", i), s.Summary, partHeading),
		})
	}
	return out, p.err()
}
