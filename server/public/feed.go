package public

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
	"klartext/server/view"
)

// feedLength is how many items a feed has at most.
const feedLength = 50

// feed is what a feed says, in whatever format.
type feed struct {
	lang    content.Lang
	id      string
	title   string
	author  string
	page    string // absolute address of the page that it goes with
	self    string // its own absolute address
	hub     string // of WebSub, "" where there is none
	updated time.Time
	items   []feedItem
}

// feedItem is one thing that happened. Its id and its time never change.
type feedItem struct {
	id      string
	title   view.Phrase
	url     string
	at      time.Time
	tags    []feedTag
	summary view.Phrase
	html    string // the whole story, with what changed word by word
}

type feedTag struct{ term, label string }

// feedFormats are the formats by the end of their address.
func feedFormats() []string { return []string{".atom", ".rss", ".json"} }

// feedOf cuts the end of a feed's address off.
func feedOf(name string) (base, format string, ok bool) {
	for _, format := range feedFormats() {
		if base, ok := strings.CutSuffix(name, format); ok && base != "" {
			return base, format, true
		}
	}
	return name, "", false
}

func (f *feed) write(format string) (document, error) {
	switch format {
	case ".rss":
		return f.rss()
	case ".json":
		return f.json()
	}
	return f.atom()
}

func (f *feed) add(item feedItem) {
	if item.at.After(f.updated) {
		f.updated = item.at
	}
	f.items = append(f.items, item)
}

// feedWriter makes feeds in one language.
type feedWriter struct {
	*desk
	base string
}

func (h *Handlers) feedWriter(ctx context.Context, s *snapshot, lang content.Lang) feedWriter {
	d := &desk{snapshot: s, ctx: ctx, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang), status: http.StatusOK}
	return feedWriter{desk: d, base: h.deps.BaseURL}
}

// id is a URI that stays the same for ever: it is made of the site's identity and
// of what never changes, not of a slug, a title or today's address.
func (w feedWriter) id(what string) string { return w.h.deps.Identity + "/" + what }

// feed begins one. Where it has no item, it is as old as the beginning of time.
func (w feedWriter) feed(title, id, page, self string) *feed {
	return &feed{
		lang: w.lang, title: title, id: w.id(id), author: w.siteName(), updated: time.Unix(0, 0),
		page: w.base + page, self: w.base + self, hub: w.h.deps.Hub,
	}
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// layFeeds lays the feeds of all changes.
func (h *Handlers) layFeeds(s *snapshot, lang content.Lang) {
	for _, format := range feedFormats() {
		path := changesPath(lang) + format
		s.lay(path, s.site.Seq(), 0, h.changesFeed(lang, format))
		s.mark(path, h.feedHeaders(path, format))
	}
	s.lay(calendarPath(lang), s.site.Seq(), 0, h.calendar(lang))
	s.mark(calendarPath(lang), []headerLine{anyOrigin()})
}

// feedHeaders name the hub, which WebSub looks for in the header first, and let
// scripts of other sites read what is JSON.
func (h *Handlers) feedHeaders(path, format string) []headerLine {
	lines := []headerLine{}
	if hub := h.deps.Hub; hub != "" {
		lines = append(lines, headerLine{"Link", "<" + hub + `>; rel="hub", <` + h.deps.BaseURL + path + `>; rel="self"`})
	}
	if format == ".json" {
		lines = append(lines, anyOrigin())
	}
	return lines
}

// changesFeed tells of every change once.
func (h *Handlers) changesFeed(lang content.Lang, format string) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		w := h.feedWriter(ctx, s, lang)
		title := w.printer.T("public.feed_title", "Site", w.siteName())
		feed := w.feed(title, "changes/"+string(lang), changesPath(lang), changesPath(lang)+format)
		for i, change := range s.site.Changes() {
			if i >= feedLength {
				break
			}
			item, err := w.change(change)
			if err != nil {
				return document{}, err
			}
			feed.add(item)
		}
		return feed.write(format)
	}
}

func (w feedWriter) change(change *site.Change) (feedItem, error) {
	row := w.changeRow(change)
	item := feedItem{
		title: row.Title, id: w.id("change/" + change.ID + "/" + string(w.lang)), url: w.base + row.URL, at: change.PublishedAt,
		tags: []feedTag{materiality(w.printer, row.Material)},
	}
	why := w.phrase(change.Why)
	text := joined(row.Summary.Text, why.Text)
	if row.Effective != "" {
		text = joined(text, w.printer.T("public.effective", "Day", w.printer.Day(row.Effective)))
	}
	item.summary = view.Phrase{Text: text, Lang: why.Lang}
	var err error
	item.html, err = w.kept(itemKey{change.ID, w.lang, w.site.StampChange(change)}, func() (string, error) { return w.changeHTML(change, row, why) })
	return item, err
}

func materiality(p *locale.Printer, material bool) feedTag {
	if material {
		return feedTag{string(content.Material), p.T("public.material")}
	}
	return feedTag{string(content.Editorial), p.T("public.editorial")}
}

// itemKey names the story of one item; stamp says of which state.
type itemKey struct {
	id    string
	lang  content.Lang
	stamp int64
}

// itemBudget bounds the stories that are kept, in bytes.
const itemBudget = 4 << 20

// kept is a story that was told before, or tells it: the same one stands in three
// formats, and comparing texts is work.
func (w feedWriter) kept(key itemKey, tell func() (string, error)) (string, error) {
	if html, ok := w.h.items.get(key); ok {
		return html, nil
	}
	html, err := tell()
	if err != nil {
		return "", err
	}
	return w.h.items.put(key, html, len(html)+100), nil
}

// story renders an item for readers of feeds.
func (w feedWriter) story(item view.FeedItem) (string, error) {
	var b bytes.Buffer
	if err := w.h.deps.Views.Render(&b, w.lang, "feed/item", item); err != nil {
		return "", err
	}
	html, err := elsewhere(b.String(), w.base, "")
	if err != nil {
		return "", fmt.Errorf("make the addresses of a feed's item whole: %w", err)
	}
	return strings.TrimSpace(html), nil
}
