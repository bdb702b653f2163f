package public

import (
	"context"
	"encoding/xml"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
)

// oembedPrefix is where the answers lie that pages lead to; they are files, so that a static copy of the site has them.
const oembedPrefix = "/oembed"

// oembed is what oEmbed 1.0 calls "rich".
type oembed struct {
	XMLName      xml.Name `json:"-" xml:"oembed"`
	Version      string   `json:"version" xml:"version"`
	Type         string   `json:"type" xml:"type"`
	Title        string   `json:"title" xml:"title"`
	ProviderName string   `json:"provider_name" xml:"provider_name"`
	ProviderURL  string   `json:"provider_url" xml:"provider_url"`
	CacheAge     int      `json:"cache_age" xml:"cache_age"`
	HTML         string   `json:"html" xml:"html"`
	Width        int      `json:"width" xml:"width"`
	Height       int      `json:"height" xml:"height"`
}

const (
	oembedWidth  = 640
	oembedHeight = 420
	oembedAge    = 3600
	oembedLeast  = 120 // less than this can hold nothing
)

// ShowOEmbed answers /oembed?url= and the addresses that pages lead to.
func (h *Handlers) ShowOEmbed(c *fiber.Ctx) error {
	s, err := h.now()
	if err != nil {
		return c.Next()
	}
	path, format := string(c.Context().URI().PathOriginal()), c.Query("format", "json")
	if path == oembedPrefix {
		path = h.pathOf(c.Query("url"))
	} else {
		path = strings.TrimPrefix(path, oembedPrefix)
		for _, end := range []string{"json", "xml"} {
			if cut, ok := strings.CutSuffix(path, "."+end); ok {
				path, format = cut, end
			}
		}
	}
	build := h.oembedAt(s, path, format, most(c.Query("maxwidth"), oembedWidth), most(c.Query("maxheight"), oembedHeight))
	if build == nil {
		return c.Next()
	}
	return h.send(c, s, &page{build: h.oneOfFew(build), extra: []headerLine{anyOrigin()}})
}

// pathOf is where an address leads on this site, "" where it is another's.
func (h *Handlers) pathOf(address string) string {
	rest, ours := strings.CutPrefix(address, h.deps.BaseURL)
	u, err := url.Parse(rest)
	if !ours || err != nil || u.Host != "" {
		return ""
	}
	return u.Path
}

func most(asked string, usual int) int {
	if n, err := strconv.Atoi(asked); err == nil && n > 0 {
		return max(oembedLeast, min(n, usual))
	}
	return usual
}

// oembedAt is nil where nothing stands that can be embedded: entries, policies, topics and changes can.
func (h *Handlers) oembedAt(s *snapshot, path, format string, width, height int) builder {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) != 3 || !s.site.HasLang(content.Lang(parts[0])) {
		return nil
	}
	lang, what := content.Lang(parts[0]), parts[1]+"/"+parts[2]
	compose := s.embedded(what)
	if compose == nil {
		return nil
	}
	if format != "json" && format != "xml" {
		return oneAsset(document{http.StatusNotImplemented, "text/plain; charset=utf-8", []byte("format is json or xml\n")})
	}
	return func(ctx context.Context, s *snapshot) (document, error) {
		d := &desk{snapshot: s, ctx: ctx, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang), status: http.StatusOK}
		title, err := d.titleOf(compose)
		if err != nil {
			return document{}, err
		}
		answer := oembed{
			Version: "1.0", Type: "rich", Title: title, ProviderName: d.siteName(), ProviderURL: h.deps.BaseURL + frontPath(lang),
			CacheAge: oembedAge, HTML: frame(h.deps.BaseURL+embedPath(lang, what), title, width, height), Width: width, Height: height,
		}
		if format == "xml" {
			return xmlDocument(answer, "text/xml; charset=utf-8")
		}
		return jsonDocument(answer, "application/json; charset=utf-8")
	}
}

// titleOf is the title of what is embedded, without the site's name.
func (d *desk) titleOf(compose embedder) (string, error) {
	_, values, err := compose(d, view.Embed{})
	switch v := values.(type) {
	case view.EmbedEntry:
		return v.Answer.Text.Title, err
	case view.EmbedTopic:
		return v.Name.Text, err
	case view.EmbedChange:
		return v.Change.Title.Text, err
	}
	return d.siteName(), err
}

// frame is the element to put into a foreign page: what is in it may lead the reader on, and do nothing else.
func frame(src, title string, width, height int) string {
	return `<iframe src="` + html.EscapeString(src) + `" title="` + html.EscapeString(title) + `" width="` + strconv.Itoa(width) + `" height="` +
		strconv.Itoa(height) + `" loading="lazy" referrerpolicy="no-referrer" style="border:0;max-width:100%" sandbox="allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>`
}
