package public

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"klartext/content"
	"klartext/content/site"
)

type sitemapSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string        `xml:"loc"`
	LastMod string        `xml:"lastmod,omitempty"`
	Langs   []sitemapLang `xml:"xhtml:link"`
}

type sitemapLang struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// sitemapLength is how many addresses one file may have.
const sitemapLength = 50_000

func (h *Handlers) sitemap(_ context.Context, s *snapshot) (document, error) {
	m := sitemapMaker{s: s, base: h.deps.BaseURL}
	newest := time.Time{}
	if changes := s.site.Changes(); len(changes) > 0 {
		newest = changes[0].PublishedAt
	}
	m.everywhere(newest, frontPath)
	m.everywhere(newest, changesPath)
	if s.explains() {
		m.everywhere(time.Time{}, glossaryPath)
	}
	for _, topic := range s.site.Topics() {
		if s.shown(topic) {
			m.everywhere(time.Time{}, func(lang content.Lang) string { return topicPath(lang, topic) })
		}
		m.entries(s.site.Entries(topic.ID))
	}
	m.entries(s.site.Entries(""))
	m.entries(s.site.Policies())
	for _, change := range s.site.Changes() {
		m.everywhere(change.PublishedAt, func(lang content.Lang) string { return changePath(lang, change.Slug) })
	}
	set := sitemapSet{XHTML: "http://www.w3.org/1999/xhtml", URLs: m.urls[:min(len(m.urls), sitemapLength)]}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(set); err != nil {
		return document{}, fmt.Errorf("write the sitemap: %w", err)
	}
	return document{http.StatusOK, "application/xml; charset=utf-8", b.Bytes()}, nil
}

type sitemapMaker struct {
	s    *snapshot
	base string
	urls []sitemapURL
}

// everywhere adds a page that is there in every language of the site.
func (m *sitemapMaker) everywhere(changed time.Time, path func(content.Lang) string) {
	m.in(m.s.site.Languages(), func(content.Lang) time.Time { return changed }, path)
}

func (m *sitemapMaker) entries(entries []*site.Entry) {
	for _, entry := range entries {
		m.in(m.s.site.Langs(entry), func(lang content.Lang) time.Time { return entry.Current[lang].PublishedAt },
			func(lang content.Lang) string { return entryPath(lang, entry.Entry) })
	}
}

func (m *sitemapMaker) in(langs []content.Lang, changed func(content.Lang) time.Time, path func(content.Lang) string) {
	var links []sitemapLang
	if len(langs) > 1 {
		for _, lang := range langs {
			links = append(links, sitemapLang{"alternate", string(lang), m.base + path(lang)})
		}
	}
	for _, lang := range langs {
		url := sitemapURL{Loc: m.base + path(lang), Langs: links}
		if at := changed(lang); !at.IsZero() {
			url.LastMod = stamp(at)
		}
		m.urls = append(m.urls, url)
	}
}

func (h *Handlers) robots(context.Context, *snapshot) (document, error) {
	body := "User-agent: *\nDisallow: /admin/\n\nSitemap: " + h.deps.BaseURL + "/sitemap.xml\n"
	return document{http.StatusOK, "text/plain; charset=utf-8", []byte(body)}, nil
}
