package server_test

import (
	"bytes"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"klartext/content"
	"klartext/server/public"
	"klartext/server/public/publictest"
)

// keptAddresses are further addresses of every kind that is kept while newer sites follow.
var keptAddresses = []string{
	"/en/faq/parcel", "/de/topics/account", "/de/faq/opens", "/de/faq/unsubscribe", "/de/glossary", "/de/changes.rss", "/de/changes.json", "/de/changes.ics", "/de/faq/payment-data.rss", "/de/topics/orders.atom",
	"/de/topics/orders.json", "/embed.js", "/embed/de/faq/payment-data", "/embed/de/faq/payment-data.html", "/embed/de/topics/orders", "/embed/de/changes/shorter", "/embed/de/upcoming",
	"/embed/de/search", "/embed/de/search.json", "/oembed/de/faq/payment-data.json", "/oembed?url=https://daten.shop.example/de/topics/orders", "/de/about-this-site", "/de/policies/privacy/v1",
	"/de/faq/opens/v1", "/en/nothing", "/logo/" + logoHash + ".png",
}

const logoHash = "0123456789abcdef"

// TestWhatIsKeptIsWhatWouldBeMadeAnew asks for everything after each of many publications, and a program that has just started too: bytes
// and headers are the same, so no page goes stale and none has the headers of another.
func TestWhatIsKeptIsWhatWouldBeMadeAnew(t *testing.T) {
	t.Parallel()
	store := publictest.Shop()
	hub := func(d *public.Deps) { d.Hub = "https://hub.example/" }
	r := newReaders(t, store, hub)
	addresses := slices.Concat(publicAddresses, keptAddresses)
	for _, step := range publications(store) {
		for _, path := range addresses {
			r.Fetch(path)
		}
		step.do()
		if err := r.public.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		fresh := newReaders(t, store, hub)
		for _, path := range addresses {
			got, want := r.Fetch(path), fresh.Fetch(path)
			if diff := cmp.Diff(want.Header, got.Header); diff != "" || got.Status != want.Status || !bytes.Equal(got.Body, want.Body) {
				t.Errorf("after %q %s is not what it would be if made anew: %d, %d\n%s", step.name, path, got.Status, want.Status, diff)
			}
		}
	}
}

type publication struct {
	name string
	do   func()
}

func publications(store *publictest.Store) []publication {
	publish := func(slug string, piece publictest.Piece) {
		piece.Lang = "de"
		store.Publish(content.Change{Slug: slug, Title: content.Text{"de": slug}, PublishedAt: publictest.At("2026-11-20")}, piece)
	}
	return []publication{
		{"a neighbour with a new title", func() {
			publish("title", publictest.Piece{Entry: content.Entry{ID: "entry-parcel"}, Text: content.Writing{Title: "Ganz anders?", ShortAnswer: "Die Post."}})
		}},
		{"a neighbour that is gone", func() {
			publish("gone", publictest.Piece{Entry: content.Entry{ID: "entry-unsubscribe"}, Withdraw: "Weg."})
		}},
		{"a new version", func() {
			publish("new", publictest.Piece{Entry: content.Entry{ID: "entry-payment-data"}, Text: content.Writing{Title: "Was wissen Sie?", ShortAnswer: "Viel."}})
		}},
		{"a new slug", func() { store.Rename("entry-parcel", "package") }},
		{"a post", func() {
			store.Post("change-shorter", content.PostLink{Network: "x", URL: "https://x.example/7", Lang: "de", At: publictest.At("2026-11-21")})
		}},
		{"a topic", func() { store.AddTopic("more", content.Text{"de": "Mehr"}) }},
		{"a topic that is empty now", func() { store.Move("entry-delete-account", "topic-orders", 9) }},
		{"terms", func() {
			store.Explain(content.Term{ID: "term-1", Lang: "de", Term: "Paket", Explanation: "Was die Post bringt."})
		}},
		{"other terms", func() {
			store.Explain(content.Term{ID: "term-1", Lang: "de", Term: "Paket", Explanation: "Ein Karton."})
		}},
		{"no terms", func() { store.Explain() }},
		{"accounts", func() {
			store.Follow(content.PublicAccount{Network: "mastodon", Handle: "@shop@social.example", URL: "https://social.example/@shop"})
		}},
		{"a colour", func() { store.Set(func(s *content.Settings) { s.Look.Accent = "#7a1f1f" }) }},
		{"another colour", func() { store.Set(func(s *content.Settings) { s.Look.Accent = "#1f4f1f" }) }},
		{"a logo", func() {
			store.SetLogo(content.Logo{LogoRef: content.LogoRef{Hash: logoHash, Width: 80, Height: 40}, PNG: []byte("png")})
		}},
		{"words of its own", func() {
			store.Set(func(s *content.Settings) {
				s.Look.Note, s.Featured, s.ShowLag = content.Text{"de": "Unser Laden"}, []string{"entry-payment-data"}, true
			})
		}},
		{"no policy", func() {
			publish("none", publictest.Piece{Entry: content.Entry{ID: "policy-privacy"}, Withdraw: "Weg."})
		}},
	}
}

// TestEntryFollowsItsNeighbours: what stands beside an entry was published without it.
func TestEntryFollowsItsNeighbours(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store)
	next := func() string { return r.page(t, "/de/faq/opens", http.StatusOK).Find("[rel=next]").Text() }
	before := next()
	store.Publish(content.Change{Slug: "title", Title: content.Text{"de": "Titel"}, PublishedAt: publictest.At("2026-11-20")},
		publictest.Piece{Entry: content.Entry{ID: "entry-unsubscribe"}, Lang: "de", Text: content.Writing{Title: "Wie werde ich Sie los?", ShortAnswer: "So."}})
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := next(); after == before || after != "Wie werde ich Sie los?" {
		t.Errorf("the entry beside is called %q, the page says %q", "Wie werde ich Sie los?", after)
	}
}

// TestHeadersStayApart: one page's own headers are on no other.
func TestHeadersStayApart(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store, func(d *public.Deps) { d.Hub = "https://hub.example/" })
	policy := func(path string) string { return r.get(t, path).Header.Get("Content-Security-Policy") }
	for _, path := range []string{"/de/since", "/de/changes.atom", "/embed/de/upcoming", "/de/search", "/de/"} { // in this order they are made
		r.Fetch(path)
	}
	usual := policy("/de/")
	for _, path := range []string{"/de/search", "/de/coverage", "/de/as-of", "/de/faq/payment-data", "/de/faq/payment-data/v1", "/de/changes.rss", "/nothing"} {
		if got := policy(path); got != usual {
			t.Errorf("%s: %q, others have %q", path, got, usual)
		}
	}
	if got := policy("/de/since"); got != usual+"; script-src 'self'" {
		t.Errorf("/de/since: %q", got)
	}
	if link := r.get(t, "/de/changes").Header.Get("Link"); link != "" {
		t.Errorf("the page has the feed's hub: %q", link)
	}
	atom, rss := r.get(t, "/de/changes.atom").Header.Get("Link"), r.get(t, "/en/changes.atom").Header.Get("Link")
	if atom == rss || atom == "" {
		t.Errorf("two feeds lead to the same one: %q, %q", atom, rss)
	}
}
