package public

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

const (
	embedPrefix = "/embed/"
	// fragmentEnd tells a fragment, to put into a page, from the document for a frame.
	fragmentEnd = ".html"
)

func embedPath(lang content.Lang, what string) string { return embedPrefix + string(lang) + "/" + what }

// embedScript is /embed.js with its style sheet inside: one request.
func (h *Handlers) embedScript() *page {
	script, _ := h.deps.Assets.File("embed.js")
	body := strings.Replace(string(script.Content), `"@style"`, strconv.Quote(shrink(h.embedCSS())), 1)
	return &page{build: oneAsset(document{http.StatusOK, script.ContentType, []byte(body)}), extra: []headerLine{anyOrigin(), crossOrigin()}}
}

func (h *Handlers) embedCSS() string {
	sheet, _ := h.deps.Assets.File("embed.css")
	return string(sheet.Content)
}

func crossOrigin() headerLine { return headerLine{"Cross-Origin-Resource-Policy", "cross-origin"} }

// embedHeaders let an answer stand in any other site's frame or page. Nothing but these answers may.
func embedHeaders(style template.CSS) []headerLine {
	policy := "default-src 'none'; style-src '" + hashOf(style) + "'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *"
	return []headerLine{{"Content-Security-Policy", policy}, {"X-Frame-Options", ""}, anyOrigin(), crossOrigin()}
}

// ShowEmbed answers the parts of the site that stand on other sites.
func (h *Handlers) ShowEmbed(c *fiber.Ctx) error {
	s, err := h.now()
	if err != nil {
		return c.Next()
	}
	address := string(c.Context().URI().PathOriginal())
	if address == "/embed.js" {
		return h.send(c, s, h.script)
	}
	build := h.embedAt(s, address)
	if build == nil {
		return c.Next()
	}
	return h.send(c, s, h.demand(s, s.site.Seq(), address, build, embedHeaders(h.embedStyle)...))
}

// embedAt is what stands at an address below /embed/, nil where there is nothing.
func (h *Handlers) embedAt(s *snapshot, address string) builder {
	rest, below := strings.CutPrefix(address, embedPrefix)
	code, what, _ := strings.Cut(rest, "/")
	lang := content.Lang(code)
	if !below || !s.site.HasLang(lang) {
		return nil
	}
	if what == "search.json" {
		return h.searchIndex(lang)
	}
	what, fragment := strings.CutSuffix(what, fragmentEnd)
	compose := s.embedded(what)
	if compose == nil {
		return nil
	}
	return h.embed(lang, !fragment, compose)
}

// embedder chooses a template and its values; frame is what all have.
type embedder func(d *desk, frame view.Embed) (page string, values any, err error)

// embedded finds what is asked for by kind and slug.
func (s *snapshot) embedded(what string) embedder {
	switch what {
	case "upcoming":
		return (*desk).embedUpcoming
	case "search":
		return (*desk).embedSearch
	}
	folder, slug, _ := strings.Cut(what, "/")
	if kind, ok := kindIn(folder); ok {
		entry, found := s.site.Entry(kind, slug)
		if !found {
			entry, found = s.site.Moved(kind, slug) // foreign pages are not edited when a slug changes
		}
		if found && published(entry) {
			return func(d *desk, frame view.Embed) (string, any, error) { return d.embedEntry(entry, frame) }
		}
		return nil
	}
	switch folder {
	case "topics":
		if topic, ok := s.site.Topic(slug); ok && s.shown(topic) {
			return func(d *desk, frame view.Embed) (string, any, error) { return d.embedTopic(topic, frame) }
		}
	case "changes":
		if change, ok := s.site.Change(slug); ok {
			return func(d *desk, frame view.Embed) (string, any, error) { return d.embedChange(change, frame) }
		}
	}
	return nil
}

func (h *Handlers) embed(lang content.Lang, frame bool, compose embedder) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		d := &desk{snapshot: s, ctx: ctx, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang), status: http.StatusOK}
		name, values, err := compose(d, view.Embed{Lang: lang, Frame: frame, Style: h.embedStyle, SiteName: d.siteName()})
		if err != nil {
			return document{}, err
		}
		var b bytes.Buffer
		if err := h.deps.Views.Render(&b, lang, name, values); err != nil {
			return document{}, err
		}
		body, err := elsewhere(b.String(), h.deps.BaseURL, "")
		return document{d.status, "text/html; charset=utf-8", typeset([]byte(body))}, err
	}
}

func (d *desk) embedEntry(entry *site.Entry, frame view.Embed) (string, any, error) {
	frame.Kind, frame.URL = "entry", d.h.deps.BaseURL+entryPath(d.lang, entry.Entry)
	answer := d.answer(entry)
	if answer.Stone != nil {
		d.status = http.StatusGone
	}
	frame.Title = answer.Text.Title + " – " + frame.SiteName
	return "embed/entry", view.EmbedEntry{Embed: frame, Answer: answer}, nil
}

// answer is an entry as it stands in this language, or else in another, or that it was taken down.
func (d *desk) answer(entry *site.Entry) view.EmbedAnswer {
	answer := view.EmbedAnswer{URL: entryPath(d.lang, entry.Entry)}
	version, live := d.current(entry)
	stone := entry.Withdrawn(d.lang)
	if !live && stone == nil {
		stone = d.lastStone(entry)
	}
	if stone != nil {
		last, _ := site.Version(entry, stone.Lang, stone.AfterVersion)
		shown := d.stone(stone)
		answer.Stone, answer.Text = &shown, view.Reading{Title: last.Title, Lang: d.other(stone.Lang)}
		return answer
	}
	answer.Text, answer.Edition, answer.Foreign = d.reading(entry, version), d.edition(entry, version.VersionMeta), version.Lang != d.lang
	return answer
}

func (d *desk) embedTopic(topic content.Topic, frame view.Embed) (string, any, error) {
	page := view.EmbedTopic{Embed: frame, Name: d.phrase(topic.Title)}
	page.Kind, page.URL, page.Title = "topic", d.h.deps.BaseURL+topicPath(d.lang, topic), page.Name.Text+" – "+page.SiteName
	for _, own := range []bool{true, false} {
		for _, entry := range d.site.Entries(topic.ID) {
			if version, live := d.current(entry); live && (version.Lang == d.lang) == own && entry.Withdrawn(d.lang) == nil {
				page.Answers = append(page.Answers, d.answer(entry))
			}
		}
	}
	return "embed/topic", page, nil
}

func (d *desk) embedChange(change *site.Change, frame view.Embed) (string, any, error) {
	page := view.EmbedChange{Embed: frame, Change: d.changeRow(change), Why: d.phrase(change.Why)}
	page.Kind, page.URL = "change", d.h.deps.BaseURL+page.Change.URL
	page.Title = page.Change.Title.Text + " – " + page.SiteName
	if page.Why.Text == page.Change.Title.Text {
		page.Why = view.Phrase{}
	}
	for _, piece := range d.site.Pieces(change) {
		if piece.Lang == d.lang && len(page.Pieces) < feedPieces {
			page.Pieces = append(page.Pieces, d.piece(piece))
		}
	}
	return "embed/change", page, nil
}

func (d *desk) embedUpcoming(frame view.Embed) (string, any, error) {
	frame.Kind, frame.URL, frame.Title = "upcoming", d.h.deps.BaseURL+changesPath(d.lang), d.printer.T("public.upcoming")+" – "+frame.SiteName
	return "embed/upcoming", view.EmbedUpcoming{Embed: frame, Changes: d.upcoming().Rows}, nil
}

func (d *desk) embedSearch(frame view.Embed) (string, any, error) {
	frame.Kind, frame.URL, frame.Title = "search", d.h.deps.BaseURL+frontPath(d.lang), d.printer.T("embed.search_label")+" – "+frame.SiteName
	return "embed/search", view.EmbedSearch{Embed: frame}, nil
}
