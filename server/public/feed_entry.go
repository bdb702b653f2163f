package public

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

// ShowFeed answers /{lang}/{folder}/{slug}.atom, .rss and .json: what happened to one entry, or in one topic. There
// are many of these and few are followed, so they are made when somebody asks.
func (h *Handlers) ShowFeed(c *fiber.Ctx) error {
	s, err := h.now()
	if err != nil {
		return c.Next()
	}
	lang := content.Lang(c.Params("lang"))
	slug, format, ok := feedOf(c.Params("file"))
	if !ok || !s.site.HasLang(lang) {
		return c.Next()
	}
	var build builder
	touched := s.site.Seq()
	if c.Params("folder") == "topics" {
		build = h.topicFeedAt(s, lang, slug, format)
	} else if kind, known := kindIn(c.Params("folder")); known {
		build, touched = h.entryFeedAt(s, lang, kind, slug, format)
	}
	if build == nil {
		return c.Next()
	}
	path := "/" + string(lang) + "/" + c.Params("folder") + "/" + slug + format
	return h.send(c, s, h.demand(s, touched, path, build, h.feedHeaders(path, format)...))
}

// entryFeedAt is nil where there is no such entry with a version in this language; touched is when it last changed.
func (h *Handlers) entryFeedAt(s *snapshot, lang content.Lang, kind content.EntryKind, slug, format string) (build builder, touched int64) {
	entry, ok := s.site.Entry(kind, slug)
	if !ok || site.CountVersions(entry, lang) == 0 {
		return nil, 0
	}
	return h.entryFeed(lang, entry, format), s.site.StampEntry(entry)
}

func (h *Handlers) topicFeedAt(s *snapshot, lang content.Lang, slug, format string) builder {
	topic, ok := s.site.Topic(slug)
	if !ok || !s.shown(topic) {
		return nil
	}
	return h.topicFeed(lang, topic, format)
}

// entryFeed tells of every version of one entry, and of its withdrawals.
func (h *Handlers) entryFeed(lang content.Lang, entry *site.Entry, format string) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		w := h.feedWriter(ctx, s, lang)
		path, versions := entryPath(lang, entry.Entry), site.Versions(entry, lang)
		feed := w.feed(versions[0].Title+" – "+w.siteName(), "entry/"+entry.ID+"/"+string(lang), path, path+format)
		return w.tell(feed, w.events(entry), format)
	}
}

// topicFeed tells of every version and withdrawal in one topic.
func (h *Handlers) topicFeed(lang content.Lang, topic content.Topic, format string) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		w := h.feedWriter(ctx, s, lang)
		path := topicPath(lang, topic)
		feed := w.feed(w.phrase(topic.Title).Text+" – "+w.siteName(), "topic/"+topic.ID+"/"+string(lang), path, path+format)
		var events []event
		for _, entry := range s.site.Entries(topic.ID) {
			events = append(events, w.events(entry)...)
		}
		return w.tell(feed, events, format)
	}
}

// event is a version, or the tombstone after it.
type event struct {
	entry *site.Entry
	meta  content.VersionMeta
	stone *content.Tombstone
}

func (e event) after(other event) int {
	at := func(e event) int64 {
		if e.stone != nil {
			return e.stone.At.UnixMilli()
		}
		return e.meta.PublishedAt.UnixMilli()
	}
	last := func(e event) int { // a withdrawal comes after the version that it ends
		if e.stone != nil {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(at(other), at(e)), strings.Compare(e.entry.ID, other.entry.ID),
		cmp.Compare(other.meta.Number, e.meta.Number), cmp.Compare(last(other), last(e)))
}

func (w feedWriter) events(entry *site.Entry) []event {
	var events []event
	for _, meta := range site.Versions(entry, w.lang) {
		if stone := stoneAfter(entry, meta); stone != nil {
			events = append(events, event{entry, meta, stone})
		}
		events = append(events, event{entry: entry, meta: meta})
	}
	return events
}

// tell puts the newest events into a feed.
func (w feedWriter) tell(feed *feed, events []event, format string) (document, error) {
	slices.SortStableFunc(events, event.after)
	for _, e := range events[:min(len(events), feedLength)] {
		if e.stone != nil {
			feed.add(w.withdrawal(e.entry, e.meta, e.stone))
			continue
		}
		item, err := w.version(e.entry, e.meta)
		if err != nil {
			return document{}, err
		}
		feed.add(item)
	}
	return feed.write(format)
}

func (w feedWriter) version(entry *site.Entry, meta content.VersionMeta) (feedItem, error) {
	item := feedItem{
		title: view.Phrase{Text: w.printer.T("public.version_of", "Number", meta.Number, "Title", meta.Title)},
		id:    w.id(fmt.Sprintf("entry/%s/%s/v%d", entry.ID, w.lang, meta.Number)),
		url:   w.base + versionPath(w.lang, entry.Entry, meta.Number), at: meta.PublishedAt,
	}
	if change, ok := w.site.ChangeByID(meta.Change); ok {
		item.summary = w.phrase(change.Title)
		if why := w.phrase(change.Why); why.Text != item.summary.Text {
			item.summary.Text = joined(item.summary.Text, why.Text)
		}
		item.tags = []feedTag{materiality(w.printer, change.Materiality == content.Material)}
	}
	key := itemKey{fmt.Sprintf("%s/v%d", entry.ID, meta.Number), w.lang, w.site.StampEntry(entry)}
	var err error
	item.html, err = w.kept(key, func() (string, error) { return w.versionHTML(entry, meta) })
	return item, err
}

func (w feedWriter) withdrawal(entry *site.Entry, last content.VersionMeta, stone *content.Tombstone) feedItem {
	return feedItem{
		title: view.Phrase{Text: w.printer.T("public.withdrawn_title", "Title", last.Title)},
		id:    w.id(fmt.Sprintf("entry/%s/%s/withdrawn-%d", entry.ID, w.lang, stone.AfterVersion)),
		url:   w.base + entryPath(w.lang, entry.Entry), at: stone.At, summary: view.Phrase{Text: stone.Reason},
	}
}

// joined makes paragraphs, and none of what is empty.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "\n\n")
}
