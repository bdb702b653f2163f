package server_test

import (
	"encoding/json"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/server/public/publictest"
)

// data reads the JSON-LD of a page by type.
func data(t *testing.T, page *goquery.Document) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	for _, script := range page.Find("script[type='application/ld+json']").EachIter() {
		var thing map[string]any
		if err := json.Unmarshal([]byte(script.Text()), &thing); err != nil {
			t.Fatalf("%v in %s", err, script.Text())
		}
		if thing["@context"] != "https://schema.org" {
			t.Errorf("the context is %v", thing["@context"])
		}
		all[thing["@type"].(string)] = thing
	}
	return all
}

func TestMachinesReadWhatPagesSay(t *testing.T) {
	store := publictest.Shop()
	store.Set(func(s *content.Settings) { s.Featured = []string{"entry-opens"} })
	r := newReaders(t, store)
	for path, types := range map[string][]string{
		"/de/": {"FAQPage", "WebSite"}, "/de/topics/newsletter": {"BreadcrumbList", "FAQPage"}, "/de/faq/payment-data": {"BreadcrumbList", "FAQPage"},
		"/en/policies/privacy": {"Article", "BreadcrumbList"}, "/en/changes/shorter": {"Article", "BreadcrumbList"},
		"/de/faq/payment-data/v1": nil, "/de/faq/payment-data/versions": nil,
	} {
		var got []string
		for kind := range data(t, r.page(t, path, 200)) {
			got = append(got, kind)
		}
		if slices.Sort(got); !slices.Equal(got, types) {
			t.Errorf("%s has %v, want %v", path, got, types)
		}
	}
	entry := data(t, r.page(t, "/de/faq/payment-data", 200))
	question := entry["FAQPage"]["mainEntity"].([]any)[0].(map[string]any)
	answer := question["acceptedAnswer"].(map[string]any)["text"].(string)
	if !strings.Contains(r.page(t, "/de/faq/payment-data", 200).Find("h1").Text(), question["name"].(string)) || !strings.Contains(answer, "<p>") {
		t.Errorf("the question is %v", question)
	}
	trail := entry["BreadcrumbList"]["itemListElement"].([]any)
	if last := trail[2].(map[string]any); len(trail) != 3 || last["item"] != readersBase+"/de/faq/payment-data" || last["position"] != 3.0 {
		t.Errorf("the trail is %v", trail)
	}
	article := data(t, r.page(t, "/de/policies/privacy", 200))["Article"]
	if article["datePublished"] != "2024-05-06T12:00:00+02:00" || article["dateModified"] != "2026-11-02T11:00:00+01:00" {
		t.Errorf("the article is %v", article)
	}
}

// A text cannot end the script in which it is told to machines.
func TestDataIsEscaped(t *testing.T) {
	store := publictest.Shop()
	store.Publish(content.Change{Slug: "hostile", Title: content.Text{"de": `</script><script>alert("x")</script>`}, PublishedAt: publictest.At("2026-11-20")})
	r := newReaders(t, store)
	page := r.page(t, "/de/changes/hostile", 200)
	if page.Find("script:not([type='application/ld+json'])").Length() > 0 {
		t.Fatal("a title became a script")
	}
	if got := data(t, page)["Article"]["headline"]; got != `</script><script>alert("x")</script>` {
		t.Errorf("the headline is %q", got)
	}
}

func TestNetworksFindPictureAndAuthor(t *testing.T) {
	store := publictest.Shop()
	store.Follow(
		content.PublicAccount{Network: "mastodon", Handle: "@kornblume@social.example", URL: "https://social.example/@kornblume", Languages: []content.Lang{"de"}},
		content.PublicAccount{Network: "mastodon", Handle: "@cornflower@social.example", URL: "https://social.example/@cornflower", Languages: []content.Lang{"en"}},
		content.PublicAccount{Network: "x", Handle: "@kornblume", URL: "https://x.example/kornblume", Languages: []content.Lang{"de"}},
	)
	r := newReaders(t, store)
	for path, handle := range map[string]string{"/de/faq/payment-data": "@kornblume@social.example", "/en/changes/shorter": "@cornflower@social.example"} {
		page := r.page(t, path, 200)
		if got := page.Find("meta[name='fediverse:creator']"); got.Length() != 1 || got.AttrOr("content", "") != handle {
			t.Errorf("%s names %d creators", path, got.Length())
		}
		address := page.Find("meta[property='og:image']").AttrOr("content", "")
		own, ok := strings.CutPrefix(address, readersBase)
		if !ok || !strings.HasPrefix(own, path+"/share-") {
			t.Fatalf("%s: the picture is at %q", path, address)
		}
		if alt := page.Find("meta[property='og:image:alt']").AttrOr("content", ""); !strings.Contains(alt, page.Find("h1").Text()) {
			t.Errorf("%s: the picture is said to show %q", path, alt)
		}
		resp := r.get(t, own)
		picture, err := png.Decode(resp.Body)
		if err != nil || resp.Header.Get("Content-Type") != "image/png" || picture.Bounds().Dx() != 1200 {
			t.Fatalf("%s: %v", own, err)
		}
		if keep := resp.Header.Get("Cache-Control"); !strings.Contains(keep, "immutable") {
			t.Errorf("the picture is kept %q", keep)
		}
		if moved := r.get(t, path+"/share-000000000000.png"); moved.StatusCode != 302 || moved.Header.Get("Location") != own {
			t.Errorf("an old picture leads to %q", moved.Header.Get("Location"))
		}
	}
	for _, path := range []string{"/de/faq/nowhere/share-000000000000.png", "/de/faq/postcards/share-000000000000.png", "/fr/changes/shorter/share-0.png", "/de/changes/nowhere/share-0.png"} {
		if resp := r.get(t, path); resp.StatusCode != 404 {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestCanonicalAndLanguages(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	page := r.page(t, "/en/faq/payment-data", 200)
	if got := page.Find("link[rel=canonical]").AttrOr("href", ""); got != readersBase+"/en/faq/payment-data" {
		t.Errorf("canonical is %q", got)
	}
	if page.Find("link[rel=alternate][hreflang]").Length() != 2 {
		t.Error("the two languages are not named")
	}
	if got := page.Find("meta[property='og:locale']").AttrOr("content", ""); got != "en_GB" {
		t.Errorf("the locale is %q", got)
	}
}
