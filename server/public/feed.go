package public

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
)

// feedLength is how many items a feed has at most.
const feedLength = 50

// atomFeed and what follows is RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
	Lang string `xml:"hreflang,attr,omitempty"`
}

type atomEntry struct {
	Title      atomText       `xml:"title"`
	ID         string         `xml:"id"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Link       atomLink       `xml:"link"`
	Categories []atomCategory `xml:"category,omitempty"`
	Summary    *atomText      `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomText struct {
	Lang string `xml:"xml:lang,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Text string `xml:",chardata"`
}

// feedWriter makes feeds in one language.
type feedWriter struct {
	*desk
	base string
	host string
}

func (h *Handlers) feedWriter(s *snapshot, lang content.Lang) feedWriter {
	d := &desk{snapshot: s, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang)}
	w := feedWriter{desk: d, base: h.deps.BaseURL}
	if u, err := url.Parse(w.base); err == nil {
		w.host = u.Hostname()
	}
	return w
}

// tag is a URI that stays the same for ever (RFC 4151): it is made of what never
// changes, the day something was published and its id, not of its slug or title.
func (w feedWriter) tag(day time.Time, what string) string {
	return "tag:" + w.host + "," + day.UTC().Format(time.DateOnly) + ":" + what
}

// firstDay stands in the ids of the feeds themselves.
func firstDay() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func (w feedWriter) feed(title, id, page, self string) atomFeed {
	return atomFeed{
		Lang: string(w.lang), Title: title, ID: w.tag(firstDay(), id), Author: w.siteName(),
		Updated: stamp(time.Unix(0, 0)), // a feed without items has nothing newer
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: w.base + page}, {Rel: "self", Type: "application/atom+xml", Href: w.base + self}},
	}
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func (f *atomFeed) add(entry atomEntry) {
	if entry.Updated > f.Updated {
		f.Updated = entry.Updated
	}
	f.Entries = append(f.Entries, entry)
}

func (f *atomFeed) document() (document, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", "  ")
	if err := encoder.Encode(f); err != nil {
		return document{}, fmt.Errorf("write feed %s: %w", f.ID, err)
	}
	b.WriteByte('\n')
	return document{http.StatusOK, "application/atom+xml; charset=utf-8", b.Bytes()}, nil
}

// changesFeed tells of every change once: its id and its dates never move.
func (h *Handlers) changesFeed(lang content.Lang) builder {
	return func(_ context.Context, s *snapshot) (document, error) {
		w := h.feedWriter(s, lang)
		title := w.printer.T("public.feed_title", "Site", w.siteName())
		feed := w.feed(title, "changes/"+string(lang), changesPath(lang), changesPath(lang)+".atom")
		for i, change := range s.site.Changes() {
			if i < feedLength {
				feed.add(w.change(change))
			}
		}
		return feed.document()
	}
}

func (w feedWriter) change(change *site.Change) atomEntry {
	row := w.changeRow(change)
	entry := atomEntry{
		Title:     atomText{Lang: string(row.Title.Lang), Text: row.Title.Text},
		ID:        w.tag(change.PublishedAt, "change/"+change.ID+"/"+string(w.lang)),
		Published: stamp(change.PublishedAt), Updated: stamp(change.PublishedAt),
		Link:       atomLink{Rel: "alternate", Type: "text/html", Href: w.base + row.URL, Lang: string(w.lang)},
		Categories: []atomCategory{materiality(w.printer, row.Material)},
	}
	why := w.phrase(change.Why)
	text := joined("\n\n", row.Summary.Text, why.Text)
	if row.Effective != "" {
		text = joined("\n\n", text, w.printer.T("public.effective", "Day", w.printer.Day(row.Effective)))
	}
	if text != "" {
		entry.Summary = &atomText{Lang: string(why.Lang), Type: "text", Text: text}
	}
	return entry
}

func materiality(p *locale.Printer, material bool) atomCategory {
	if material {
		return atomCategory{string(content.Material), p.T("public.material")}
	}
	return atomCategory{string(content.Editorial), p.T("public.editorial")}
}

// entryFeed tells of every version of one entry, and of its withdrawals.
func (h *Handlers) entryFeed(lang content.Lang, entry *site.Entry) builder {
	return func(_ context.Context, s *snapshot) (document, error) {
		w := h.feedWriter(s, lang)
		path, versions := entryPath(lang, entry.Entry), site.Versions(entry, lang)
		feed := w.feed(versions[0].Title+" – "+w.siteName(), "entry/"+entry.ID+"/"+string(lang), path, path+".atom")
		for i, meta := range versions {
			if i >= feedLength {
				break
			}
			if stone := stoneAfter(entry, meta); stone != nil {
				feed.add(w.withdrawal(entry, meta, stone))
			}
			feed.add(w.version(entry, meta))
		}
		return feed.document()
	}
}

func (w feedWriter) version(entry *site.Entry, meta content.VersionMeta) atomEntry {
	item := atomEntry{
		Title:     atomText{Text: w.printer.T("public.version_of", "Number", meta.Number, "Title", meta.Title)},
		ID:        w.tag(meta.PublishedAt, fmt.Sprintf("entry/%s/%s/v%d", entry.ID, w.lang, meta.Number)),
		Published: stamp(meta.PublishedAt), Updated: stamp(meta.PublishedAt),
		Link: atomLink{Rel: "alternate", Type: "text/html", Href: w.base + versionPath(w.lang, entry.Entry, meta.Number), Lang: string(w.lang)},
	}
	if change, ok := w.site.ChangeByID(meta.Change); ok {
		title, why := w.phrase(change.Title), w.phrase(change.Why)
		text := title.Text
		if why.Text != title.Text {
			text = joined("\n\n", title.Text, why.Text)
		}
		item.Categories = []atomCategory{materiality(w.printer, change.Materiality == content.Material)}
		item.Summary = &atomText{Lang: string(title.Lang), Type: "text", Text: text}
	}
	return item
}

func (w feedWriter) withdrawal(entry *site.Entry, last content.VersionMeta, stone *content.Tombstone) atomEntry {
	return atomEntry{
		Title:     atomText{Text: w.printer.T("public.withdrawn_title", "Title", last.Title)},
		ID:        w.tag(stone.At, fmt.Sprintf("entry/%s/%s/withdrawn-%d", entry.ID, w.lang, stone.AfterVersion)),
		Published: stamp(stone.At), Updated: stamp(stone.At),
		Link:    atomLink{Rel: "alternate", Type: "text/html", Href: w.base + entryPath(w.lang, entry.Entry), Lang: string(w.lang)},
		Summary: &atomText{Type: "text", Text: stone.Reason},
	}
}

// joined leaves out what is empty.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), between)
}
