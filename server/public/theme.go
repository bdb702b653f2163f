package public

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
)

// themePages are the files of the theme under their addresses.
func (h *Handlers) themePages() map[string]*page {
	pages := map[string]*page{}
	if h.deps.Theme == nil {
		return pages
	}
	for _, file := range h.deps.Theme.Files {
		pages[file.Address] = &page{keep: forever, build: oneAsset(document{http.StatusOK, file.ContentType, file.Content})}
	}
	return pages
}

// ShowThemeFile answers with a font or picture of the theme. Its address carries its hash, so it may be kept for ever.
func (h *Handlers) ShowThemeFile(c *fiber.Ctx) error {
	p, ok := h.themeFiles[string(c.Context().URI().PathOriginal())]
	if !ok {
		return c.Next()
	}
	return h.send(c, nil, p)
}
