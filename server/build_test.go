package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/server/export"
	"klartext/server/public"
	"klartext/server/public/publictest"
)

// built is a site that is written as files.
type built struct {
	*readers
	store *publictest.Store
	dir   string
}

func newBuilt(t *testing.T) *built {
	t.Helper()
	store := publictest.Shop()
	store.Rename("entry-payment-data", "paying")
	r := newReaders(t, store, func(d *public.Deps) { d.Static = true })
	return &built{r, store, filepath.Join(t.TempDir(), "site")}
}

func (b *built) build(t *testing.T) export.Result {
	t.Helper()
	if err := b.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	result, err := b.try(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func (b *built) try(ctx context.Context) (export.Result, error) {
	var moves []export.Move
	for _, move := range b.public.Moves() {
		moves = append(moves, export.Move(move))
	}
	return export.Build(ctx, b.dir, export.Site{
		Fetch:  func(path string) export.Answer { return export.Answer(b.Fetch(path)) },
		Packed: b.public.Packed, Addresses: b.public.Addresses(), Missing: map[string]string{"": "/de/none/at/all/here", "en": "/en/none/at/all/here"},
		Moves: moves, BaseURL: readersBase, Lasting: b.public.Lasting, Apart: []string{"/admin", "/api"},
	})
}

// files gives content and time of everything that was written.
func (b *built) files(t *testing.T) map[string]time.Time {
	t.Helper()
	found := map[string]time.Time{}
	err := filepath.WalkDir(b.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		found[strings.TrimPrefix(path, b.dir+"/")] = info.ModTime()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestBuiltSiteIsWhole reads the files through a plain file server: every link leads somewhere, and the bytes are the server's own.
func TestBuiltSiteIsWhole(t *testing.T) {
	t.Parallel()
	b := newBuilt(t)
	result := b.build(t)
	if len(result.Broken) > 0 || result.Files != result.Written || result.Removed > 0 || result.Files < 300 {
		t.Errorf("the first build: %+v", result)
	}
	files := httptest.NewServer(http.FileServer(http.Dir(b.dir)))
	t.Cleanup(files.Close)
	live := newReaders(t, b.store)
	seen, todo := map[string]bool{}, []string{"/", "/de/", "/en/", "/de/faq/payment-data"}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		resp := must(http.Get(files.URL + at))(t)
		text := string(must(io.ReadAll(resp.Body))(t)) // every byte, blanks that do not break too
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("a link leads to %s, which answers %d", at, resp.StatusCode)
			continue
		}
		// What a site says of its own check depends on when that was; searching and looking back need a server.
		own := strings.HasSuffix(at, "/about-this-site") || strings.HasSuffix(at, "/search") || strings.HasSuffix(at, "/changes")
		if answer := live.Fetch(at); !own && answer.Status < 300 && string(answer.Body) != text {
			t.Errorf("%s is not what the server sends", at)
		}
		if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
			doc := must(goquery.NewDocumentFromReader(strings.NewReader(text)))(t)
			todo = append(todo, links(t, at, doc)...)
			if refresh := doc.Find("meta[http-equiv=refresh]").AttrOr("content", ""); refresh != "" {
				todo = append(todo, strings.TrimPrefix(refresh, "0; url="))
			}
		}
	}
	for _, want := range []string{
		"/de/faq/paying", "/de/faq/paying/v1...v2", "/de/changes.atom", "/de/changes.ics", "/de/topics/orders.rss", "/oembed/de/faq/paying.json", "/ledger.jsonl",
	} {
		if !seen[want] {
			t.Errorf("no link leads to %s", want)
		}
	}
	for _, want := range []string{"embed.js", "embed/de/topics/orders.html", "embed/de/topics/orders/index.html", "embed/de/search.json", "404.html", "en/404.html", "sitemap.xml.gz", "de/search/index.html", "de/coverage/index.html"} {
		if _, err := os.Stat(filepath.Join(b.dir, want)); err != nil {
			t.Error(err)
		}
	}
	changes := string(must(os.ReadFile(filepath.Join(b.dir, "de/changes/index.html")))(t))
	if strings.Contains(changes, "/de/since") || strings.Contains(changes, "/de/as-of") || !strings.Contains(changes, `href="/de/coverage"`) {
		t.Error("the changelog leads to what only a server can answer")
	}
	b.checkPacked(t)
}

// checkPacked: what a web server sends from beside a file is what we would send.
func (b *built) checkPacked(t *testing.T) {
	t.Helper()
	live := newReaders(t, b.store)
	for end, name := range map[string]string{".br": "br", ".zst": "zstd", ".gz": "gzip"} {
		want := string(must(io.ReadAll(live.get(t, "/de/faq/paying", "Accept-Encoding", name).Body))(t)) // bytes, no text
		if got := string(must(os.ReadFile(filepath.Join(b.dir, "de/faq/paying/index.html"+end)))(t)); got != want {
			t.Errorf("the file for %s has %d bytes, the server sends %d others", name, len(got), len(want))
		}
	}
}

func TestSecondBuildChangesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	b := newBuilt(t)
	b.build(t)
	own := filepath.Join(b.dir, "CNAME")
	if err := os.WriteFile(own, []byte("daten.shop.example"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := b.files(t)
	if result := b.build(t); result.Written != 0 || result.Removed != 0 {
		t.Errorf("nothing happened, and yet: %+v", result)
	}
	after := b.files(t)
	for name, at := range before {
		if !after[name].Equal(at) {
			t.Errorf("%s was touched", name)
		}
	}
	b.store.Publish(content.Change{Slug: "again", Title: content.Text{"de": "Noch einmal"}, PublishedAt: publictest.At("2026-11-20")},
		publictest.Piece{Entry: content.Entry{ID: "entry-opens"}, Lang: "de", Text: content.Writing{Title: "Messen Sie, ob ich den Newsletter öffne?", ShortAnswer: "Nein, nie."}})
	b.store.Rename("entry-unsubscribe", "stop")
	result := b.build(t)
	last := b.files(t)
	for name, changed := range map[string]bool{
		"de/index.html": true, "de/faq/opens/index.html": true, "de/changes.atom": true, "de/faq/parcel/index.html": false, "de/faq/opens/v1...v2/index.html": true,
		"de/policies/privacy/index.html.br": false, "de/faq/stop/index.html": true, "de/faq/unsubscribe/index.html": true, "embed/de/search.json": true, "embed.js": false,
	} {
		if got := !last[name].Equal(before[name]); got != changed || last[name].IsZero() {
			t.Errorf("%s: changed %v, want %v", name, got, changed)
		}
	}
	if _, there := last["de/faq/unsubscribe/v1/index.html"]; there || result.Removed == 0 {
		t.Errorf("what is gone is still there: %+v", result)
	}
	if stub := string(must(os.ReadFile(filepath.Join(b.dir, "de/faq/unsubscribe/index.html")))(t)); !strings.Contains(stub, "url=/de/faq/stop") {
		t.Errorf("the old address: %s", stub)
	}
	if rules := string(must(os.ReadFile(filepath.Join(b.dir, "_redirects")))(t)); !strings.Contains(rules, "/de/faq/unsubscribe/* /de/faq/stop/:splat 301\n") {
		t.Errorf("redirects: %s", rules)
	}
	if _, err := os.Stat(own); err != nil {
		t.Errorf("a file that no build made is gone: %v", err)
	}
}

func TestBuildIntoAForeignFolder(t *testing.T) {
	b := newBuilt(t)
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(b.dir, "thesis.txt")
	if err := os.WriteFile(own, []byte("years"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.try(t.Context()); !errors.Is(err, export.ErrForeign) {
		t.Errorf("a folder with other files: %v", err)
	}
	if files := b.files(t); len(files) != 1 {
		t.Errorf("%d files", len(files))
	}
}

// A build that is cut off leaves nothing that the next one would not know.
func TestBuildThatIsCutOff(t *testing.T) {
	t.Parallel()
	b := newBuilt(t)
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int32
	_, err := export.Build(ctx, b.dir, export.Site{
		Fetch: func(path string) export.Answer {
			if calls.Add(1) == 40 {
				cancel()
			}
			return export.Answer(b.Fetch(path))
		},
		Packed: b.public.Packed, Addresses: slices.Concat(b.public.Addresses()), BaseURL: readersBase,
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("it went on: %v", err)
	}
	list := must(os.ReadFile(filepath.Join(b.dir, ".klartext-build")))(t)
	for name := range b.files(t) {
		if name != ".klartext-build" && !bytes.Contains(list, []byte(name+"\n")) {
			t.Errorf("%s is in no list", name)
		}
	}
	if result := b.build(t); result.Written == 0 || len(result.Broken) > 0 {
		t.Errorf("the next build: %+v", result)
	}
}
