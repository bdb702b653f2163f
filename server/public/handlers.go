// Package public answers readers: pages, feeds and what is downloaded, as
// ready-made bytes. It never sees a draft.
package public

import (
	"context"
	"html/template"
	"log/slog"
	"runtime"
	"strings"
	"sync/atomic"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/site"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/static"
)

// Deps is what the public site needs.
type Deps struct {
	Store    content.PublishedStore
	Ledger   Ledger
	Markdown Markdown
	// Words knows the terms of the glossary in a text and how hard a text is; without it nothing is said about either.
	Words   *clarity.Checker
	Views   *view.Views
	Catalog *locale.Catalog
	Assets  *static.Assets
	Log     *slog.Logger
	Now     content.Clock
	// BaseURL is the address that readers see, without a slash at the end.
	BaseURL string
	// Dev makes every page anew for each request.
	Dev bool
}

// Ledger reads the record of everything published, oldest first.
type Ledger interface {
	Ledger(ctx context.Context, after int64, limit int) ([]content.LedgerRow, error)
}

// Markdown makes safe HTML of the few published texts that are not stored as HTML.
type Markdown interface {
	Render(ctx context.Context, markdown string) (string, error)
}

// Handlers answer readers' requests.
type Handlers struct {
	deps    Deps
	current atomic.Pointer[snapshot]
	wake    chan struct{}
	texts   *shelf[textKey, content.Version]
	// building bounds how many pages that are made on demand are made at once.
	building chan struct{}
	packer   packer
	headers  headerShelf
	style    template.CSS
	frame    []headerLine
	// scriptPolicy is for the one page that has a script.
	scriptPolicy string
	assets       map[string]*page
}

// New makes the handlers. They have nothing to show before the first Refresh.
func New(deps Deps) *Handlers {
	deps.BaseURL = strings.TrimRight(deps.BaseURL, "/")
	h := &Handlers{
		deps: deps, wake: make(chan struct{}, 1), texts: newShelf[textKey, content.Version](textBudget),
		building: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	h.style = inlineStyle(deps.Assets)
	h.frame = frameHeaders(h.style, strings.HasPrefix(deps.BaseURL, "https://"))
	h.scriptPolicy = contentPolicy(h.style, "; script-src 'self'")
	h.assets = h.assetPages()
	return h
}

// Site is what readers see at this moment; an empty site before the first Refresh.
func (h *Handlers) Site() *site.Value {
	if s := h.current.Load(); s != nil {
		return s.site
	}
	return site.New(content.SiteData{Settings: content.DefaultSettings()})
}

// Ready tells whether there is a site to show.
func (h *Handlers) Ready() bool { return h.current.Load() != nil }
