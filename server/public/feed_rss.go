package public

import (
	"encoding/xml"
	"time"
)

// rssFeed is RSS 2.0, with the modules that its Best Practices Profile names.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Language    string     `xml:"language"`
	Built       string     `xml:"lastBuildDate"`
	Links       []atomLink `xml:"atom:link"`
	Items       []rssItem  `xml:"item"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        rssGUID       `xml:"guid"`
	Published   string        `xml:"pubDate"`
	Categories  []rssCategory `xml:"category,omitempty"`
	Description string        `xml:"description"`
	HTML        string        `xml:"content:encoded,omitempty"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Name   string `xml:",chardata"`
}

// rssTime is RFC 822 with a year of four digits, always in UTC.
func rssTime(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000") }

func (f *feed) rss() (document, error) {
	out := rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Content: "http://purl.org/rss/1.0/modules/content/",
		Channel: rssChannel{
			Title: f.title, Link: f.page, Description: f.title, Language: string(f.lang), Built: rssTime(f.updated),
			Links: []atomLink{{Rel: "self", Type: "application/rss+xml", Href: f.self}},
		},
	}
	if f.hub != "" {
		out.Channel.Links = append(out.Channel.Links, atomLink{Rel: "hub", Href: f.hub})
	}
	for _, i := range f.items {
		item := rssItem{Title: i.title.Text, Link: i.url, GUID: rssGUID{ID: i.id}, Published: rssTime(i.at), Description: plainHTML(i.summary.Text), HTML: i.html}
		for _, tag := range i.tags {
			item.Categories = append(item.Categories, rssCategory{Name: tag.label})
		}
		out.Channel.Items = append(out.Channel.Items, item)
	}
	return xmlDocument(out, "application/rss+xml; charset=utf-8")
}
