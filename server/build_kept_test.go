package server_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/content/branding"
	"klartext/server/public"
)

// Headers that matter must reach the readers of the files, too.
func TestBuiltHeaders(t *testing.T) {
	b := newBuilt(t)
	b.build(t)
	rules := "\n" + string(must(os.ReadFile(filepath.Join(b.dir, "_headers")))(t))
	for group, want := range map[string]string{
		"/embed/de/*": "frame-ancestors *", "/de/faq/*": "frame-ancestors 'none'", "/de/changes/": "frame-ancestors 'none'", "/de/search/": "script-src 'self'",
		"/embed.js": "Access-Control-Allow-Origin: *", "/de/changes.ics": "Content-Type: text/calendar",
	} {
		_, rule, found := strings.Cut(rules, "\n"+group+"\n")
		rule, _, _ = strings.Cut(rule, "\n/")
		if !found || !strings.Contains(rule, want) {
			t.Errorf("%s: no %q in %q", group, want, rule)
		}
	}
	if strings.Contains(rules, "\n/*\n") {
		t.Error("a rule for everything would add itself to all others")
	}
}

// headersOf reads the file of headers as hosts do: all rules that fit add up, and a star stands for whatever is there.
func (b *built) headersOf(t *testing.T, address string) map[string]string {
	t.Helper()
	found, fits := map[string]string{}, false
	for line := range strings.Lines(string(must(os.ReadFile(filepath.Join(b.dir, "_headers")))(t))) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, " ") {
			before, after, star := strings.Cut(line, "*")
			fits = address == line || star && len(address) >= len(before)+len(after) && strings.HasPrefix(address, before) && strings.HasSuffix(address, after)
			continue
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if _, twice := found[name]; fits && twice {
			t.Errorf("two rules give %s to %s", name, address)
		}
		if fits {
			found[name] = value
		}
	}
	return found
}

// What lies beside pages in one folder has headers of its own, and the pages lose none by it: not their policy either
// where the site has a colour of its own.
func TestBuiltHeadersOfWhatLiesTogether(t *testing.T) {
	b := newBuilt(t)
	b.store.Set(func(s *content.Settings) { s.Look.Accent = "#004488" })
	b.build(t)
	for _, address := range []string{"/de/faq/paying.json", "/en/faq/paying.json", "/de/topics/orders.json", "/de/policies/privacy.json", "/de/changes.json", "/embed/de/search.json", "/.well-known/klartext.json"} {
		if got := b.headersOf(t, address)["Access-Control-Allow-Origin"]; got != "*" {
			t.Errorf("scripts of other sites may read %s: %q", address, got)
		}
	}
	icon := b.page(t, "/de/", http.StatusOK).Find("link[rel=icon]").AttrOr("href", "")
	if got := b.headersOf(t, icon)["Cache-Control"]; !strings.Contains(got, "immutable") {
		t.Errorf("%s may be kept as %q", icon, got)
	}
	for _, address := range []string{"/de/faq/paying", "/de/faq/paying/", "/de/topics/orders", "/de/changes/shorter", "/de/faq/paying/v1...v2", "/de/faq/paying.atom", "/de/"} {
		got := b.headersOf(t, address)
		live := b.Fetch(strings.TrimSuffix(address, "/"))
		if address == "/de/" {
			live = b.Fetch(address)
		}
		if _, open := got["Access-Control-Allow-Origin"]; open {
			t.Errorf("scripts of other sites may read %s", address)
		}
		for _, name := range []string{"Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "Cache-Control"} {
			if want := live.Header.Get(name); got[name] != want && !strings.HasSuffix(address, ".atom") {
				t.Errorf("%s has %s %q, the server sends %q", address, name, got[name], want)
			}
		}
	}
	if n := strings.Count(string(must(os.ReadFile(filepath.Join(b.dir, "_headers")))(t)), "\n/"); n > 100 {
		t.Errorf("there are %d rules; hosts take 100", n)
	}
}

// Networks that show a link of the files find its picture there.
func TestBuiltPagesHaveTheirPictures(t *testing.T) {
	b := newBuilt(t)
	b.build(t)
	for _, page := range []string{"de/faq/paying", "en/changes/shorter", "de/policies/privacy"} {
		doc := must(goquery.NewDocumentFromReader(bytes.NewReader(must(os.ReadFile(filepath.Join(b.dir, page, "index.html")))(t))))(t)
		address := doc.Find("meta[property='og:image']").AttrOr("content", "")
		picture, err := os.ReadFile(filepath.Join(b.dir, strings.TrimPrefix(address, readersBase)))
		if err != nil || !bytes.HasPrefix(picture, []byte("\x89PNG")) {
			t.Errorf("%s names %q: %v", page, address, err)
		}
		if _, err := os.Stat(filepath.Join(b.dir, strings.TrimPrefix(address, readersBase)+".br")); err == nil {
			t.Errorf("%s is compressed once more", address)
		}
	}
}

// Drawing takes time: a picture whose address did not change is not drawn again, and one that is lost or no longer named is seen to.
func TestBuiltPicturesAreDrawnOnce(t *testing.T) {
	b := newBuilt(t)
	drawn := &drawings{Cards: must(branding.NewCards())(t)}
	b.readers = newReaders(t, b.store, func(d *public.Deps) { d.Static, d.Cards = true, drawn })
	b.build(t)
	first := drawn.count.Load()
	if b.build(t); first < 10 || drawn.count.Load() != first {
		t.Errorf("%d pictures were drawn, and then %d more", first, drawn.count.Load()-first)
	}
	pictures := must(filepath.Glob(filepath.Join(b.dir, "de/faq/paying/share-*.png")))(t)
	if len(pictures) != 1 || os.Remove(pictures[0]) != nil {
		t.Fatalf("there are %v", pictures)
	}
	b.readers = newReaders(t, b.store, func(d *public.Deps) { d.Static, d.Cards = true, drawn })
	if result := b.build(t); drawn.count.Load() != first+1 || result.Written != 1 {
		t.Errorf("%d were drawn for the one that was lost: %+v", drawn.count.Load()-first, result)
	}
	b.store.Set(func(s *content.Settings) { s.SiteName = content.Text{"de": "Anders", "en": "Different"} })
	b.build(t)
	if next := must(filepath.Glob(filepath.Join(b.dir, "de/faq/paying/share-*.png")))(t); len(next) != 1 || next[0] == pictures[0] {
		t.Errorf("with another name there are %v", next)
	}
}

// drawings counts the pictures that are drawn.
type drawings struct {
	public.Cards
	count atomic.Int32
}

func (d *drawings) Card(card content.Card) ([]byte, error) {
	d.count.Add(1)
	return d.Cards.Card(card)
}
