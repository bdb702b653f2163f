package server_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"

	"klartext/server/public/publictest"
)

// embeds are addresses of every kind, and what must be in each.
func embeds() map[string]string {
	return map[string]string{
		"/embed/de/faq/payment-data": "nach sechs Monaten", "/embed/en/faq/unsubscribe": "not available in English", "/embed/de/policies/privacy": "Kurz gesagt",
		"/embed/de/topics/orders": "Wer liefert mein Paket", "/embed/en/topics/newsletter": "Do you measure", "/embed/de/changes/shorter": "sechs statt nach zwölf",
		"/embed/de/upcoming": "15. Januar 2027", "/embed/en/upcoming": "15 January 2027", "/embed/de/search": "durchsuchen", "/embed/en/search": "Search",
	}
}

func TestEmbeds(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for path, want := range embeds() {
		for _, end := range []string{"", ".html"} {
			resp := r.get(t, path+end)
			text := textOf(t, resp)
			if resp.StatusCode != http.StatusOK || !strings.Contains(text, want) || unsaid.MatchString(text) {
				t.Errorf("%s%s: %d, no %q in\n%s", path, end, resp.StatusCode, want, text)
			}
			if framed := strings.HasPrefix(text, "<!doctype html>"); framed != (end == "") {
				t.Errorf("%s%s is a whole document: %v", path, end, framed)
			}
			doc := must(goquery.NewDocumentFromReader(strings.NewReader(text)))(t)
			checkSafeButBase(t, path+end, doc)
			doc.Find("[href], [action], [src]").Each(func(_ int, s *goquery.Selection) {
				if to := s.AttrOr("href", s.AttrOr("action", s.AttrOr("src", ""))); !strings.HasPrefix(to, "http") && !strings.HasPrefix(to, "mailto:") {
					t.Errorf("%s%s leads to %q, which means something else on another site", path, end, to)
				}
			})
			if doc.Find("[id], script, [style]").Length() > 0 {
				t.Errorf("%s%s has an id, a script or a style that may hurt the page around it", path, end)
			}
			if doc.Find(`.klartext[lang="`+path[7:9]+`"]`).Length() != 1 {
				t.Errorf("%s%s does not say its language", path, end)
			}
		}
	}
	if text := textOf(t, r.get(t, "/embed/de/upcoming.html")); strings.Count(text, "<li>") != 1 {
		t.Errorf("the notice: %s", text)
	}
	if resp := r.get(t, "/embed/de/faq/postcards.html"); resp.StatusCode != http.StatusGone || !strings.Contains(textOf(t, resp), "Wir verschicken keine Postkarten mehr") {
		t.Errorf("what was taken down answers %d", resp.StatusCode)
	}
	for _, path := range []string{"/embed/de", "/embed/de/", "/embed/fr/search", "/embed/de/faq/none", "/embed/de/topics/secret-plans", "/embed/de/changes/none", "/embed/de/other/x", "/embed/de/search.html.html"} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
}

func checkSafeButBase(t *testing.T, at string, doc *goquery.Document) {
	t.Helper()
	doc.Find("base").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("target", "") != "_top" || s.AttrOr("href", "none") != "none" {
			t.Errorf("%s: <base> does more than lead out of the frame", at)
		}
		s.Remove()
	})
	checkSafe(t, at, doc)
}

// TestOnlyEmbedsMayStandInFrames is about all that readers can reach: no page but those for it may be framed or read by scripts of others.
func TestOnlyEmbedsMayStandInFrames(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	seen := walk(t, r, "/de/", "/en/")
	seen["/de/nothing-here/x"] = ""
	for path := range seen {
		header := r.get(t, path).Header
		policy, origin := header.Get("Content-Security-Policy"), header.Get("Access-Control-Allow-Origin")
		if !strings.Contains(policy, "frame-ancestors 'none'") || header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s may stand in a frame: %s", path, policy)
		}
		if open := strings.HasSuffix(path, ".json") || strings.HasPrefix(path, "/oembed/") || strings.HasSuffix(path, ".ics"); (origin == "*") != open {
			t.Errorf("%s: scripts of other sites may read it: %q", path, origin)
		}
	}
	for path := range embeds() {
		header := r.get(t, path).Header
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors *") || !strings.Contains(policy, "default-src 'none'") || header.Get("X-Frame-Options") != "" ||
			header.Get("Access-Control-Allow-Origin") != "*" || header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %v", path, header)
		}
	}
	if header := r.get(t, "/embed.js").Header; header.Get("Access-Control-Allow-Origin") != "*" || !strings.HasPrefix(header.Get("Content-Type"), "text/javascript") {
		t.Errorf("/embed.js: %v", header)
	}
}

func TestEmbedScriptIsSmall(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	resp := r.get(t, "/embed.js", "Accept-Encoding", "br")
	packed := textOf(t, resp)
	if len(packed) > 8000 || len(packed) < 500 {
		t.Errorf("/embed.js is %d bytes compressed", len(packed))
	}
	var text bytes.Buffer
	must(text.ReadFrom(brotli.NewReader(strings.NewReader(packed))))(t)
	for _, not := range []string{"@style", "cookie", "localStorage", "sessionStorage", "innerHTML", "eval(", "indexedDB", "http://", "https://"} {
		script := strings.ReplaceAll(text.String(), "// <klartext-faq>: answers on data use inside of another site. It sets no cookie", "")
		if strings.Contains(script, not) {
			t.Errorf("/embed.js holds %q", not)
		}
	}
	if resp := r.get(t, "/embed.js", "Accept-Encoding", "br", "If-None-Match", resp.Header.Get("ETag")); resp.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", resp.StatusCode)
	}
}

func TestSearchIndex(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	var file struct {
		Items []struct{ URL, Title, Snippet, More string }
	}
	if err := json.Unmarshal([]byte(textOf(t, r.get(t, "/embed/de/search.json"))), &file); err != nil || len(file.Items) != 6 {
		t.Fatalf("%d items: %v", len(file.Items), err)
	}
	first := file.Items[0]
	if first.URL != "/de/faq/payment-data" || !strings.Contains(first.More, "pruefziffer") || strings.Contains(first.More, "zahlungsdaten") || strings.Contains(first.More, "giesskanne kanne") {
		t.Errorf("the index has %+v", first)
	}
	for _, item := range file.Items {
		if item.URL == "/de/faq/postcards" {
			t.Error("what was taken down is found")
		}
	}
}

func TestOEmbed(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, "/de/faq/payment-data", http.StatusOK)
	asJSON, _ := doc.Find(`link[type="application/json+oembed"]`).Attr("href")
	asXML, _ := doc.Find(`link[type="text/xml+oembed"]`).Attr("href")
	var one, two, three struct {
		Version string `json:"version" xml:"version"`
		Type    string `json:"type" xml:"type"`
		Title   string `json:"title" xml:"title"`
		HTML    string `json:"html" xml:"html"`
		Width   int    `json:"width" xml:"width"`
		Height  int    `json:"height" xml:"height"`
	}
	if err := json.Unmarshal([]byte(textOf(t, r.get(t, strings.TrimPrefix(asJSON, readersBase)))), &one); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal([]byte(textOf(t, r.get(t, strings.TrimPrefix(asXML, readersBase)))), &two); err != nil {
		t.Fatal(err)
	}
	query := "/oembed?url=" + url.QueryEscape(readersBase+"/de/faq/payment-data") + "&maxwidth=300&maxheight=200"
	if err := json.Unmarshal([]byte(textOf(t, r.get(t, query))), &three); err != nil {
		t.Fatal(err)
	}
	if one != two || one.Version != "1.0" || one.Type != "rich" || one.Title != "Was geschieht mit meinen Zahlungsdaten?" {
		t.Errorf("JSON %+v, XML %+v", one, two)
	}
	if three.Width != 300 || three.Height != 200 || !strings.Contains(three.HTML, `src="`+readersBase+`/embed/de/faq/payment-data"`) || !strings.Contains(three.HTML, `width="300"`) {
		t.Errorf("with limits: %+v", three)
	}
	for query, want := range map[string]int{
		"url=" + url.QueryEscape(readersBase+"/en/changes/shorter"): 200, "url=" + url.QueryEscape(readersBase+"/en/changes/shorter") + "&format=xml": 200,
		"url=" + url.QueryEscape(readersBase+"/en/changes/shorter") + "&format=pdf": 501, "": 404, "url=https://evil.example/de/faq/payment-data": 404,
		"url=" + url.QueryEscape(readersBase+".evil.example/de/faq/payment-data"): 404, "url=" + url.QueryEscape(readersBase+"/de/faq/none"): 404, "url=%zz": 404,
		"url=" + url.QueryEscape(readersBase+"/admin/"): 404,
	} {
		if resp := r.get(t, "/oembed?"+query); resp.StatusCode != want {
			t.Errorf("/oembed?%s answers %d, want %d", query, resp.StatusCode, want)
		}
	}
}
