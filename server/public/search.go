package public

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/search"
	"klartext/content/site"
	"klartext/server/found"
	"klartext/server/view"
)

const (
	searchResults = 20
	// Searches are kept apart from old versions, so that many different ones cannot push those out.
	searchBudget = 2 << 20
	searchCost   = 8 << 10
)

func searchPath(lang content.Lang, query string) string {
	path := "/" + string(lang) + "/search"
	if query != "" {
		path += "?q=" + url.QueryEscape(query)
	}
	return path
}

// ShowSearch answers /{lang}/search?q= with a page, or a program that asks for JSON with that.
func (h *Handlers) ShowSearch(c *fiber.Ctx) error {
	s, lang, ok := h.speaks(c)
	if !ok {
		return c.Next()
	}
	query := asked(c.Query("q"))
	build, name := h.html(lang, func(d *desk) (string, any, error) { return d.search(query) }), "html "
	if c.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON {
		build, name = h.searchJSON(lang, query), "json "
	}
	path := name + searchPath(lang, query)
	p, there := s.searches.get(path)
	if !there {
		p = s.searches.put(path, &page{build: h.oneOfFew(build), vary: "Accept, Accept-Encoding"}, searchCost)
	}
	return h.send(c, s, p)
}

// speaks is the snapshot and the language of an address; false where the site has no pages in it.
func (h *Handlers) speaks(c *fiber.Ctx) (*snapshot, content.Lang, bool) {
	s, err := h.now()
	if err != nil {
		return nil, "", false
	}
	lang := content.Lang(c.Params("lang"))
	return s, lang, s.site.HasLang(lang)
}

// asked is a query as far as it is looked at.
func asked(query string) string {
	query = strings.Join(strings.Fields(strings.ToValidUTF8(query, "")), " ")
	if len(query) > search.MaxQuery {
		query = strings.ToValidUTF8(query[:search.MaxQuery], "")
	}
	return query
}

func (h *Handlers) searchJSON(lang content.Lang, query string) builder {
	return func(_ context.Context, s *snapshot) (document, error) {
		body, err := json.Marshal(found.Of(h.deps.BaseURL, lang, s.site.Search(lang, query, searchResults)))
		if err != nil {
			return document{}, fmt.Errorf("encode a search: %w", err)
		}
		return document{http.StatusOK, "application/json; charset=utf-8", append(body, '\n')}, nil
	}
}

func (d *desk) search(query string) (string, any, error) {
	title := d.printer.T("find.search")
	if query != "" {
		title = query + " – " + title
	}
	page := view.SearchPage{Public: d.public(title, func(lang content.Lang) string { return searchPath(lang, query) }), Query: query}
	page.Section, page.Description = "search", d.printer.T("find.description", "Site", page.SiteName)
	if query != "" {
		page.Canonical = "" // one page for each query is nothing to be found by others
	}
	what := d.site.Search(d.lang, query, searchResults)
	for _, r := range what.Results {
		page.Results = append(page.Results, d.searchRow(r))
	}
	page.Nearest, page.Vague = what.Nearest, what.Empty
	if what.Instead != "" {
		page.Instead = view.Link{Text: what.Instead, URL: searchPath(d.lang, what.Instead)}
	}
	for _, word := range what.Also {
		page.Also = append(page.Also, view.Link{Text: word, URL: searchPath(d.lang, word)})
	}
	if len(page.Results) < 3 {
		page.Topics = d.shownTopics()
	}
	return "public/search", page, nil
}

func (d *desk) searchRow(r site.Result) view.SearchRow {
	row := view.SearchRow{URL: found.Path(d.lang, r), Kind: found.Kind(r), Lang: d.other(r.Lang), Title: r.Title, Excerpt: r.Excerpt, FoundIn: r.FoundIn}
	if r.Withdrawn != nil {
		row.Withdrawn = d.local(r.Withdrawn.At)
	}
	switch row.Kind {
	case "entry":
		if topic, ok := d.site.TopicOf(r.Entry); ok {
			row.Within = d.phrase(topic.Title)
		}
	case "section":
		row.Within = view.Phrase{Text: r.Entry.Current[r.Lang].Text.Title, Lang: row.Lang}
	}
	return row
}

// shownTopics leads to the topics that have anything to read.
func (d *desk) shownTopics() []view.Link {
	var links []view.Link
	for _, topic := range d.site.Topics() {
		if len(d.allLinks(d.site.Entries(topic.ID))) > 0 {
			links = append(links, d.topicLink(topic))
		}
	}
	return links
}
