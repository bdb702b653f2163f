package public

import (
	"context"
	"flag"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"klartext/content"
	"klartext/content/markdown"
	"klartext/server/locale"
	"klartext/server/public/publictest"
	"klartext/server/view"
	"klartext/static"
)

var update = flag.Bool("update", false, "write the golden files anew")

func newHandlers(t testing.TB, store *publictest.Store) *Handlers {
	t.Helper()
	catalog, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.New(false)
	if err != nil {
		t.Fatal(err)
	}
	views, err := view.New(catalog, assets, false)
	if err != nil {
		t.Fatal(err)
	}
	return New(Deps{
		Store: store, Ledger: store, Markdown: markdown.New(), Views: views, Catalog: catalog, Assets: assets,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return publictest.At(publictest.Today) }, BaseURL: "https://daten.shop.example", Identity: "tag:daten.shop.example,2026-01-01:kornblum",
	})
}

func refresh(t testing.TB, h *Handlers) *snapshot {
	t.Helper()
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h.current.Load()
}

func bytesOf(t testing.TB, h *Handlers, path string) string {
	t.Helper()
	s := h.current.Load()
	p, ok := s.pages[path]
	if !ok {
		t.Fatalf("there is no page %s", path)
	}
	v, err := p.variant(t.Context(), h, s, identity)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return string(v.body.whole())
}

func parcelPiece(answer string) publictest.Piece {
	return publictest.Piece{
		Entry: content.Entry{ID: "entry-parcel"}, Lang: "de", Text: content.Writing{Title: "Wer liefert mein Paket?", ShortAnswer: answer},
	}
}

// TestOnlyTouchedPagesAreMadeAnew holds both halves: what was not touched keeps
// its bytes, and what is kept is what would be made anew.
func TestOnlyTouchedPagesAreMadeAnew(t *testing.T) {
	store := publictest.Shop()
	h := newHandlers(t, store)
	before := refresh(t, h)
	for path := range before.pages {
		bytesOf(t, h, path)
	}
	store.Publish(content.Change{Slug: "parcel-again", Title: content.Text{"de": "Paket"}, PublishedAt: publictest.At("2026-11-20")}, parcelPiece("Die Post."))
	store.Post("change-no-postcards", content.PostLink{Network: "x", Channel: "@k", Lang: "de", URL: "https://x.example/3", At: publictest.At("2026-11-20")})
	after := refresh(t, h)
	for path, touched := range map[string]bool{
		"/de/": true, "/de/changes": true, "/de/changes.atom": true, "/de/faq/parcel": true, "/de/faq/parcel/versions": true, "/en/faq/parcel": true,
		"/de/faq/payment-data":     true,                            // its neighbour
		"/de/changes/no-postcards": true, "/de/changes/typo": false, // it touched the parcel, and its own versions stay
		"/de/faq/delete-account": false, "/de/policies/privacy": false,
		"/de/changes/shorter": false, "/robots.txt": false,
	} {
		if kept := before.pages[path] == after.pages[path]; kept == touched {
			t.Errorf("%s: kept %v", path, kept)
		}
	}
	fresh := newHandlers(t, store)
	refresh(t, fresh)
	for path := range after.pages {
		if diff := cmp.Diff(bytesOf(t, fresh, path), bytesOf(t, h, path)); diff != "" {
			t.Errorf("%s is not what it would be if made anew:\n%s", path, diff)
		}
	}
}

// TestPagesAreWhatTheyWouldBeMadeAnew publishes in many ways and compares every page with that of a program that has just started.
func TestPagesAreWhatTheyWouldBeMadeAnew(t *testing.T) {
	store := publictest.Shop()
	h := newHandlers(t, store)
	refresh(t, h)
	publish := func(slug string, pieces ...publictest.Piece) {
		store.Publish(content.Change{Slug: slug, Title: content.Text{"de": slug}, PublishedAt: publictest.At("2026-11-20")}, pieces...)
	}
	piece := func(id, title string) publictest.Piece {
		return publictest.Piece{Entry: content.Entry{ID: id}, Lang: "de", Text: content.Writing{Title: title, ShortAnswer: "Neu."}}
	}
	for name, step := range map[string]func(){
		"new title":  func() { publish("title", piece("entry-parcel", "Ganz anders?")) },
		"same title": func() { publish("same", piece("entry-opens", "Messen Sie, ob ich den Newsletter öffne?")) },
		"withdrawn": func() {
			publish("gone", publictest.Piece{Entry: content.Entry{ID: "entry-unsubscribe"}, Lang: "de", Withdraw: "Weg."})
		},
		"back":    func() { publish("back", piece("entry-postcards", "Wieder da?")) },
		"renamed": func() { store.Rename("entry-delete-account", "gone-account") },
		"post": func() {
			store.Post("change-typo", content.PostLink{Network: "x", URL: "https://x.example/7", Lang: "de", At: publictest.At("2026-11-21")})
		},
		"no policy": func() {
			publish("none", publictest.Piece{Entry: content.Entry{ID: "policy-privacy"}, Lang: "de", Withdraw: "Weg."})
		},
		"settings": func() { store.Set(func(s *content.Settings) { s.SiteName = content.Text{"de": "Anders"} }) },
		"topic":    func() { store.AddTopic("more", content.Text{"de": "Mehr"}) },
		"new entry": func() {
			publish("new", publictest.Piece{Entry: content.Entry{ID: "n", Kind: content.FAQ, Slug: "n", Topic: "topic-secret-plans"}, Lang: "de", Text: content.Writing{Title: "Neu?"}})
		},
	} {
		for path := range h.current.Load().pages {
			bytesOf(t, h, path)
		}
		step()
		after := refresh(t, h)
		fresh := newHandlers(t, store)
		if again := refresh(t, fresh); len(again.pages) != len(after.pages) {
			t.Errorf("after %q there are %d pages, made anew %d", name, len(after.pages), len(again.pages))
		}
		for path := range after.pages {
			if bytesOf(t, fresh, path) != bytesOf(t, h, path) {
				t.Errorf("after %q %s is not what it would be if made anew", name, path)
			}
		}
	}
}

func TestRefreshFollowsTheDay(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	now := publictest.At(publictest.Today)
	h.deps.Now = func() time.Time { return now }
	first := refresh(t, h)
	if refresh(t, h) != first {
		t.Error("nothing happened, and yet everything was laid anew")
	}
	now = time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC) // past midnight in Berlin
	if s := refresh(t, h); s == first || s.today != "2026-11-24" {
		t.Errorf("today is %s", s.today)
	}
}

func TestRunShowsWhatIsPublished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := publictest.Shop()
		h := newHandlers(t, store)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); h.Run(ctx) }()
		synctest.Wait()
		if !h.Ready() || h.current.Load().pages["/de/faq/payment-data"].variants[br].Load() == nil {
			t.Error("the pages were not made ahead of readers")
		}
		publish := func(slug string) {
			store.Publish(content.Change{Slug: slug, Title: content.Text{"de": slug}, PublishedAt: publictest.At("2026-11-21")})
		}
		publish("woken")
		h.Wake()
		synctest.Wait()
		if _, ok := h.Site().Change("woken"); !ok {
			t.Error("a wake-up does not show what was published")
		}
		publish("polled")
		time.Sleep(pollEvery) // of the bubble's clock
		synctest.Wait()
		if _, ok := h.Site().Change("polled"); !ok {
			t.Error("what another process published does not show")
		}
		cancel()
		<-done
	})
}

// failing is a store that breaks in every way.
type failing struct {
	*publictest.Store
	how func()
}

func (f failing) SiteSeq(ctx context.Context) (int64, error) {
	f.how()
	return 0, context.DeadlineExceeded
}

func TestRunSurvives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHandlers(t, publictest.Shop())
		refresh(t, h)
		asked := 0
		h.deps.Store = failing{publictest.Shop(), func() {
			if asked++; asked%2 == 0 {
				panic("broken")
			}
		}}
		ctx, cancel := context.WithTimeout(t.Context(), 10*pollEvery)
		defer cancel()
		h.Run(ctx)
		if asked < 5 || !h.Ready() {
			t.Errorf("asked %d times, ready %v", asked, h.Ready())
		}
	})
}

func TestPagesAreMadeOnceForAll(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	s := refresh(t, h)
	builds := 0
	p := &page{build: func(context.Context, *snapshot) (document, error) {
		builds++
		return document{200, "text/plain", []byte(strings.Repeat("once ", 100))}, nil
	}}
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			if _, err := p.variant(t.Context(), h, s, encoding(i%int(encodings))); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if builds != 1 {
		t.Errorf("the page was built %d times", builds)
	}
}
