package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/found"
)

const (
	// CodeLangOfSite says that the site has no pages in a language.
	CodeLangOfSite content.Code = "lang_not_of_site"

	defaultResults = 20
	maxResults     = 50
)

// Search finds entries, policies, their sections and topics, as the public search does.
func (h *Handlers) Search(c *fiber.Ctx) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	lang, err := queryLang(c)
	if err != nil {
		return err
	}
	if lang == content.NoLang {
		lang = v.Languages()[0]
	}
	if !v.HasLang(lang) {
		return langNotOfSite(v, lang)
	}
	w, err := readWindow(c)
	if err != nil {
		return err
	}
	limit := defaultResults
	if c.Query("limit") != "" {
		limit = min(w.limit, maxResults)
	}
	return answer(c, fiber.StatusOK, found.Of(h.BaseURL, lang, v.Search(lang, strings.ToValidUTF8(c.Query("q"), ""), limit)))
}

func langNotOfSite(v *site.Value, lang content.Lang) error {
	names := each(v.Languages(), func(l content.Lang) string { return string(l) })
	return badField("lang", CodeLangOfSite, content.Args{"Value": string(lang), "Languages": strings.Join(names, ", ")})
}
