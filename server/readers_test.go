package server_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/content/markdown"
	"klartext/server"
	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/public"
	"klartext/server/public/publictest"
)

const readersBase = "https://daten.shop.example"

// published is what the public site reads.
type published interface {
	content.PublishedStore
	public.Ledger
}

// readers is the whole app before a site in memory: what readers meet, without a database.
type readers struct {
	*server.Server
	public *public.Handlers
	now    time.Time
}

func newReaders(t *testing.T, store published, change ...func(*public.Deps)) *readers {
	t.Helper()
	r := &readers{now: publictest.At(publictest.Today)}
	parts := sharedParts(t)
	catalog, assets, views := parts.catalog, parts.assets, parts.views
	log := slog.New(slog.DiscardHandler)
	deps := public.Deps{
		Store: store, Ledger: store, Markdown: markdown.New(), Views: views, Catalog: catalog, Assets: assets, Log: log,
		Now: func() time.Time { return r.now }, BaseURL: readersBase, Identity: "tag:daten.shop.example,2026-01-01:kornblum",
		Cards: parts.cards,
	}
	for _, f := range change {
		f(&deps)
	}
	r.public = public.New(deps)
	r.Server = must(server.New(server.Deps{
		Public: r.public, Admin: admin.New(admin.Deps{BaseURL: readersBase}), API: must(api.New(api.Deps{}))(t),
		Views: views, Catalog: catalog, Log: log, BaseURL: readersBase, Listen: "127.0.0.1:0",
	}))(t)
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// get asks for a path with headers given as pairs.
func (r *readers) get(t *testing.T, path string, headers ...string) *http.Response {
	t.Helper()
	return r.ask(t, http.MethodGet, path, headers...)
}

func (r *readers) ask(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, readersBase, nil)
	req.RequestURI = path // exactly as it is, also where it is no good address
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp := must(r.App().Test(req, -1))(t)
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

// page asks for a page, checks its status and parses it.
func (r *readers) page(t *testing.T, path string, status int, headers ...string) *goquery.Document {
	t.Helper()
	resp := r.get(t, path, headers...)
	if resp.StatusCode != status {
		t.Fatalf("GET %s: %d, want %d: %.300s", path, resp.StatusCode, status, textOf(t, resp))
	}
	return must(goquery.NewDocumentFromReader(strings.NewReader(textOf(t, resp))))(t)
}

func textOf(t *testing.T, resp *http.Response) string {
	t.Helper()
	// Blanks that do not break are for the eye; what a page says is the same without.
	return strings.ReplaceAll(string(must(io.ReadAll(resp.Body))(t)), "\u00a0", " ")
}
