// Package markdown turns the Markdown of entries and policies into safe HTML, and
// into the plain blocks that a reader sees; it is the only maker of template.HTML.
// It knows nothing of entries, revisions, databases or pages.
package markdown

import "html/template"

// Version names everything that decides how stored HTML looks: this package's own
// rules, the parser and the sanitiser. It is stored beside the HTML, so that a
// re-render finds what an older renderer made.
const Version = "klartext-1 gomarkdown-20260411013819 bluemonday-1.0.27"

// AnchorPrefix stands before every anchor that a page makes for a section
// (AnchorPrefix + Section.ID). Links to "#fragment" in the text are rewritten to
// match, so that no anchor of a text can take the name of a part of the page.
const AnchorPrefix = "s-"

// MediaPath is the only place from which a text can show an image. Any other image
// becomes a link, because a reader's browser must not call a third party.
const MediaPath = "/media/"

// HTML marks stored output as safe to show. Only strings that Renderer.Render or
// Renderer.RenderUnder returned may be passed: nothing is checked here.
func HTML(stored string) template.HTML {
	return template.HTML(stored) //nolint:gosec // the one place where sanitised output gets its type
}
