package public

import (
	"context"
	"net/http"

	"klartext/static"
)

// forever is for addresses that carry the hash of what is there.
const forever = "public, max-age=31536000, immutable"

func (h *Handlers) assetPages() map[string]*page {
	pages := map[string]*page{}
	for _, name := range h.deps.Assets.Names() {
		if file, ok := h.deps.Assets.File(name); ok {
			pages[h.deps.Assets.Path(name)] = assetPage(file, forever)
		}
	}
	return pages
}

func assetPage(file static.File, keep string) *page {
	return &page{keep: keep, build: oneAsset(document{http.StatusOK, file.ContentType, file.Content})}
}

func oneAsset(doc document) builder {
	return func(context.Context, *snapshot) (document, error) { return doc, nil }
}
