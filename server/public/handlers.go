// Package public answers readers: pages, feeds and what is downloaded, as
// ready-made bytes. It never sees a draft.
package public

import (
	"context"
	"html/template"
	"log/slog"
	"net/netip"
	"runtime"
	"strings"
	"sync/atomic"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/site"
	"klartext/server/locale"
	"klartext/server/theme"
	"klartext/server/view"
	"klartext/server/web"
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
	// Identity begins the ids of all feeds and their items; it never changes, see content.NewIdentity.
	Identity string
	// Hub is the address of a WebSub hub, "" for none.
	Hub string
	// Static is for a copy of the site in files: it searches itself, and no page is kept once it was given.
	Static bool
	// Questions, Votes and Forms let readers speak; without them the pages only speak themselves.
	Questions *content.Questions
	Votes     *content.Votes
	Forms     Sealer
	// Cards draws pictures for networks; without it the pages have none.
	Cards Cards
	// Proxies are believed when they say whose request they pass on.
	Proxies []netip.Prefix
	// Theme goes over the house's own look; nil for none. Views must have the same.
	Theme *theme.Theme
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
	items   *shelf[itemKey, string] // stories of feeds
	// building bounds how many pages that are made on demand are made at once.
	building chan struct{}
	packer   packer
	headers  headerShelf
	style    template.CSS
	frame    []headerLine
	assets   map[string]*page
	// themeFiles by address.
	themeFiles map[string]*page
	script     *page // /embed.js
	checked    atomic.Pointer[selfCheck]
	// embedStyle is for frames on other sites.
	embedStyle template.CSS
	host       string // of BaseURL
	origins    *web.Origins
	gate       gate
	shares     *shelf[string, *page]
}

// New makes the handlers. They have nothing to show before the first Refresh.
func New(deps Deps) *Handlers {
	deps.BaseURL = strings.TrimRight(deps.BaseURL, "/")
	h := &Handlers{
		deps: deps, wake: make(chan struct{}, 1), texts: newShelf[textKey, content.Version](textBudget),
		items: newShelf[itemKey, string](itemBudget), building: make(chan struct{}, runtime.GOMAXPROCS(0)),
		origins: web.NewOrigins(), shares: newShelf[string, *page](shareBudget),
	}
	_, h.host, _ = strings.Cut(deps.BaseURL, "://")
	h.style = inlineStyle(deps.Assets, deps.Theme)
	h.frame = frameHeaders(h.policyFor(h.style), strings.HasPrefix(deps.BaseURL, "https://"))
	h.assets, h.themeFiles = h.assetPages(), h.themePages()
	h.embedStyle = template.CSS(shrink(h.embedCSS())) //nolint:gosec // our own file
	h.script = h.embedScript()
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
