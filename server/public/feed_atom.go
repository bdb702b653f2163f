package public

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
)

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
	Type string `xml:"type,attr,omitempty"`
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
	Content    *atomText      `xml:"content,omitempty"`
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

func (f *feed) atom() (document, error) {
	out := atomFeed{
		Lang: string(f.lang), Title: f.title, ID: f.id, Author: f.author, Updated: stamp(f.updated),
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: f.page}, {Rel: "self", Type: "application/atom+xml", Href: f.self}},
	}
	if f.hub != "" {
		out.Links = append(out.Links, atomLink{Rel: "hub", Href: f.hub})
	}
	for _, item := range f.items {
		out.Entries = append(out.Entries, item.atom(string(f.lang)))
	}
	return xmlDocument(out, "application/atom+xml; charset=utf-8")
}

func (i feedItem) atom(lang string) atomEntry {
	entry := atomEntry{
		Title: atomText{Lang: string(i.title.Lang), Text: i.title.Text}, ID: i.id, Published: stamp(i.at), Updated: stamp(i.at),
		Link: atomLink{Rel: "alternate", Type: "text/html", Href: i.url, Lang: lang},
	}
	for _, tag := range i.tags {
		entry.Categories = append(entry.Categories, atomCategory{tag.term, tag.label})
	}
	if i.summary.Text != "" {
		entry.Summary = &atomText{Lang: string(i.summary.Lang), Type: "text", Text: i.summary.Text}
	}
	if i.html != "" {
		entry.Content = &atomText{Type: "html", Text: i.html}
	}
	return entry
}

func xmlDocument(value any, contentType string) (document, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return document{}, fmt.Errorf("write XML: %w", err)
	}
	b.WriteByte('\n')
	return document{http.StatusOK, contentType, b.Bytes()}, nil
}
