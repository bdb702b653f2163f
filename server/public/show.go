package public

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
)

// ShowCurrent answers every address at which something stands now: one look-up
// and ready-made bytes. Everything else goes on to the next handler.
func (h *Handlers) ShowCurrent(c *fiber.Ctx) error {
	r := c.Context()
	if !r.IsGet() && !r.IsHead() {
		return c.Next()
	}
	s, err := h.now()
	if err != nil {
		return c.Next()
	}
	p, ok := s.pages[string(r.URI().PathOriginal())]
	if !ok || len(r.URI().QueryString()) > 0 && strings.HasSuffix(c.Path(), "/versions") {
		return c.Next()
	}
	return h.send(c, s, p)
}

// ShowHome leads to the site in the reader's language.
func (h *Handlers) ShowHome(c *fiber.Ctx) error {
	s, err := h.now()
	if err != nil {
		return err
	}
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptLanguage)
	c.Set(fiber.HeaderCacheControl, revalidate)
	return c.Redirect(frontPath(s.reader(c)), fiber.StatusTemporaryRedirect)
}

// reader is the language of the site that fits the browser's wishes best, or else the site's first.
func (s *snapshot) reader(c *fiber.Ctx) content.Lang {
	if lang, ok := locale.Match(c.Get(fiber.HeaderAcceptLanguage), s.site.Languages()); ok {
		return lang
	}
	return s.site.Languages()[0]
}

// ShowVersion answers /{lang}/{folder}/{slug}/v3 with an old version and .../v3...v5 with a comparison.
func (h *Handlers) ShowVersion(c *fiber.Ctx) error {
	s, entry, lang, ok := h.find(c)
	if !ok {
		return c.Next()
	}
	first, second, ok := parseVersions(c.Params("version"))
	if !ok {
		return c.Next()
	}
	from, ok := site.Version(entry, lang, first)
	if !ok {
		return c.Next()
	}
	if second == 0 {
		return h.send(c, s, h.demand(s, s.stampVersion(entry), versionPath(lang, entry.Entry, first), h.html(lang, func(d *desk) (string, any, error) {
			return d.version(entry, from)
		})))
	}
	to, ok := site.Version(entry, lang, second)
	if !ok {
		return c.Next()
	}
	return h.send(c, s, h.demand(s, s.site.StampEntry(entry), comparePath(lang, entry.Entry, first, second), h.html(lang, func(d *desk) (string, any, error) {
		return d.compare(entry, from, to)
	})))
}

// stampVersion tells when anything that an old version's page shows was last touched: it leads to the entry's neighbours too.
func (s *snapshot) stampVersion(entry *site.Entry) int64 {
	return max(s.site.StampEntry(entry), s.site.StampTopic(entry.Topic))
}

// ShowHistory answers the form that asks for a comparison; without a question the list of versions is a current page.
func (h *Handlers) ShowHistory(c *fiber.Ctx) error {
	s, entry, lang, ok := h.find(c)
	if !ok {
		return c.Next()
	}
	from, okFrom := parseVersion("v" + c.Query("from"))
	to, okTo := parseVersion("v" + c.Query("to"))
	list, listed := s.pages[historyPath(lang, entry.Entry)]
	switch {
	case !listed:
		return c.Next()
	case !okFrom || !okTo:
		return h.send(c, s, list)
	}
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderCacheControl, revalidate)
	return c.Redirect(comparePath(lang, entry.Entry, from, to), fiber.StatusSeeOther)
}

// find reads language, kind and slug from the address.
func (h *Handlers) find(c *fiber.Ctx) (*snapshot, *site.Entry, content.Lang, bool) {
	s, err := h.now()
	if err != nil {
		return nil, nil, "", false
	}
	lang := content.Lang(c.Params("lang"))
	kind, ok := kindIn(c.Params("folder"))
	if !ok || !s.site.HasLang(lang) {
		return nil, nil, "", false
	}
	entry, ok := s.site.Entry(kind, c.Params("slug"))
	return s, entry, lang, ok && published(entry)
}

// readable are the methods that readers' pages know.
const readable = "GET, HEAD, OPTIONS"

// takesForm is whether an address is of a kind that readers send something to.
func takesForm(path string) bool {
	return strings.HasSuffix(path, "/ask") || strings.HasSuffix(path, "/vote")
}

// ShowElsewhere is the last of the readers' handlers: it leads on from an
// address that moved, or says in the reader's language that there is nothing.
func (h *Handlers) ShowElsewhere(c *fiber.Ctx) error {
	r := c.Context()
	s, err := h.now()
	if err != nil {
		return err
	}
	takesForm := takesForm(c.Path())
	if !r.IsGet() && !r.IsHead() && !(r.IsPost() && takesForm) {
		c.Set(fiber.HeaderAllow, readable)
		if takesForm {
			c.Set(fiber.HeaderAllow, readable+", POST")
		}
		if r.IsOptions() {
			c.Set(fiber.HeaderCacheControl, "no-store")
			return c.SendStatus(fiber.StatusNoContent)
		}
		return fiber.ErrMethodNotAllowed
	}
	path := string(r.URI().PathOriginal())
	if to := s.movedTo(path); to != "" {
		if query := string(r.URI().QueryString()); query != "" {
			to += "?" + query
		}
		return h.moved(c, to)
	}
	if first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); s.site.HasLang(content.Lang(first)) {
		return h.send(c, s, s.pages[missingPath(content.Lang(first))])
	}
	err = h.send(c, s, s.pages[missingPath(s.reader(c))])
	c.Set(fiber.HeaderVary, "Accept-Encoding, Accept-Language") // the address names no language, so the header decided
	return err
}

// movedTo is where a page went that is asked for under an old slug or with one
// slash too many or too few; "" where there never was one.
func (s *snapshot) movedTo(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if !s.site.HasLang(content.Lang(parts[0])) {
		return ""
	}
	if len(parts) == 1 {
		return differs(path, frontPath(content.Lang(parts[0])))
	}
	to := "/" + strings.Join(parts, "/")
	if slices.Contains(parts, "") {
		return "" // "//" inside is nobody's address, and at the start it would lead to another site
	}
	if len(parts) >= 3 {
		if kind, ok := kindIn(parts[1]); ok {
			slug, feed, _ := feedOf(parts[2])
			if entry, moved := s.site.Moved(kind, slug); moved && published(entry) {
				parts[2] = entry.Slug + feed
				return "/" + strings.Join(parts, "/")
			}
		}
	}
	if _, there := s.pages[to]; there {
		return differs(path, to)
	}
	return ""
}

func differs(path, to string) string {
	if path == to {
		return ""
	}
	return to
}

// ShowHealth tells that the process lives.
func (h *Handlers) ShowHealth(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString("ok\n")
}

// ShowReady tells that there is a site to show.
func (h *Handlers) ShowReady(c *fiber.Ctx) error {
	if !h.Ready() {
		return content.Fail(content.Unavailable, content.CodeBusy, nil)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString("ready\n")
}

// ShowAsset answers with a style sheet, script or icon. Under its own hash it may be kept for ever.
func (h *Handlers) ShowAsset(c *fiber.Ctx) error {
	address := string(c.Context().URI().PathOriginal())
	p, ok := h.assets[address]
	if h.deps.Dev || !ok {
		file, _, found := h.deps.Assets.At(address)
		if !found {
			return c.Next()
		}
		p = assetPage(file, revalidate)
	}
	return h.send(c, nil, p)
}
