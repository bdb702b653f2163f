package public

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"
)

// jsonFeed is JSON Feed 1.1.
type jsonFeed struct {
	Version  string       `json:"version"`
	Title    string       `json:"title"`
	Home     string       `json:"home_page_url"`
	Self     string       `json:"feed_url"`
	Language string       `json:"language"`
	Authors  []jsonAuthor `json:"authors"`
	Hubs     []jsonHub    `json:"hubs,omitempty"`
	Items    []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonItem struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Language  string   `json:"language"`
	Summary   string   `json:"summary,omitempty"`
	HTML      string   `json:"content_html,omitempty"`
	Text      string   `json:"content_text,omitempty"` // an item must have one of the two
	Published string   `json:"date_published"`
	Tags      []string `json:"tags,omitempty"`
}

func (f *feed) json() (document, error) {
	out := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.title, Home: f.page, Self: f.self, Language: string(f.lang),
		Authors: []jsonAuthor{{f.author}}, Items: []jsonItem{},
	}
	if f.hub != "" {
		out.Hubs = []jsonHub{{"WebSub", f.hub}}
	}
	for _, i := range f.items {
		item := jsonItem{ID: i.id, URL: i.url, Title: i.title.Text, Language: string(f.lang), Summary: i.summary.Text, HTML: i.html, Published: stamp(i.at)}
		if i.html == "" {
			item.Text = i.title.Text
		}
		for _, tag := range i.tags {
			item.Tags = append(item.Tags, tag.label)
		}
		out.Items = append(out.Items, item)
	}
	return jsonDocument(out, "application/feed+json; charset=utf-8")
}

func jsonDocument(value any, contentType string) (document, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return document{}, fmt.Errorf("write JSON: %w", err)
	}
	return document{http.StatusOK, contentType, b.Bytes()}, nil
}

// plainHTML is plain text where HTML is expected: RSS readers take a description for HTML.
func plainHTML(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}
