package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/content/storetest"
	"klartext/server/found"
	"klartext/server/public/publictest"
)

func searchFor(lang, query string) string { return "/" + lang + "/search?q=" + url.QueryEscape(query) }

func TestSearchPage(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for query, want := range map[string]string{
		"zahlung": "/de/faq/payment-data", "Zahlungsdienste": "/de/faq/payment-data", "zalungsdaten": "/de/faq/payment-data", "payment": "/de/faq/payment-data",
		"server protokolle": "/de/policies/privacy#s-protokolle", "datenschutz": "/de/policies/privacy", "rechte": "/de/policies/privacy#s-rechte",
	} {
		doc := r.page(t, searchFor("de", query), http.StatusOK)
		if got := doc.Find(".found a").First().AttrOr("href", ""); got != want {
			t.Errorf("%q leads to %q first, want %q", query, got, want)
		}
		if got := doc.Find("input[name=q]").AttrOr("value", ""); got != query {
			t.Errorf("the field says %q after %q", got, query)
		}
		if doc.Find(`link[rel=canonical]`).Length() != 0 || doc.Find(`meta[name=robots]`).AttrOr("content", "") != "noindex" {
			t.Errorf("the page for %q may be found by search engines", query)
		}
	}
	doc := r.page(t, searchFor("de", "zahlungsdaten"), http.StatusOK)
	if got := doc.Find(".found mark").First().Text(); got != "Zahlungsdaten" {
		t.Errorf("marked is %q", got)
	}
	if got := doc.Find(`.langs a[lang=en]`).AttrOr("href", ""); got != searchFor("en", "zahlungsdaten") {
		t.Errorf("the other language is %q", got)
	}
}

func TestSearchSuggests(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, searchFor("de", "zalungsdaten"), http.StatusOK)
	if got := doc.Find(`main a[href="` + searchFor("de", "Zahlungsdaten") + `"]`).Text(); got != "Zahlungsdaten" {
		t.Errorf("no other spelling is proposed: %s", doc.Find("main").Text())
	}
	doc = r.page(t, searchFor("de", "zahlmeister"), http.StatusOK)
	if !strings.Contains(doc.Find(".lead").Text(), "„zahlmeister“") || doc.Find(".found a").Length() == 0 {
		t.Errorf("nothing comes near: %s", doc.Find("main").Text())
	}
	doc = r.page(t, searchFor("de", "qwxq"), http.StatusOK)
	if doc.Find(".found").Length() != 0 || doc.Find("nav.part li").Length() == 0 {
		t.Errorf("where nothing is found, no topics are offered: %s", doc.Find("main").Text())
	}
	if doc := r.page(t, "/de/search", http.StatusOK); doc.Find("nav.part li").Length() == 0 || doc.Find("#found").Length() != 0 {
		t.Error("an empty search does not offer the topics")
	}
}

// A text that is not translated is found in its own language, and marked as that.
func TestSearchMarksOtherLanguages(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, searchFor("en", "newsletter link ausgabe"), http.StatusOK)
	first := doc.Find(".found li").First()
	if first.Find("a").AttrOr("href", "") != "/en/faq/unsubscribe" || first.Find("h3").AttrOr("lang", "") != "de" || !strings.Contains(first.Find(".small").Text(), "German") {
		t.Errorf("first is %s", first.Text())
	}
}

func TestSearchAsJSON(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	resp := r.get(t, searchFor("de", "zalungsdaten"), "Accept", "application/json")
	var answer found.SearchAnswer
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Results) == 0 || answer.Results[0].URL != readersBase+"/de/faq/payment-data" || answer.Suggestion != "Zahlungsdaten" ||
		!strings.Contains(answer.Results[0].HTML, "<mark>Zahlungsdaten</mark>") || strings.Contains(answer.Results[0].Snippet, "<") || answer.Results[0].Kind != "entry" {
		t.Errorf("%+v", answer)
	}
	if got := resp.Header.Get("Vary"); got != "Accept, Accept-Encoding" {
		t.Errorf("Vary is %q", got)
	}
	for accept, want := range map[string]string{
		"": "text/html", "*/*": "text/html", "text/html,application/json;q=0.9": "text/html", "application/json, text/html;q=0.5": "application/json", "image/png": "text/html",
	} {
		if got := r.get(t, searchFor("de", "zahlung"), "Accept", accept).Header.Get("Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("for %q comes %q", accept, got)
		}
	}
	var empty found.SearchAnswer
	if err := json.NewDecoder(r.get(t, "/de/search", "Accept", "application/json").Body).Decode(&empty); err != nil || empty.Results == nil {
		t.Errorf("an empty search: %v %+v", err, empty)
	}
}

func TestSearchesThatHurt(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, query := range []string{
		"%", "%zz", "%ff%fe", strings.Repeat("a", 7000), strings.Repeat("%C3%A4", 1200), "%00", "%3Cscript%3Ealert(1)%3C/script%3E", "+++", "q&q=zahlung", "%E2%80%AE",
	} {
		resp := r.get(t, "/de/search?q="+query)
		text := textOf(t, resp)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
		if err != nil || resp.StatusCode != http.StatusOK || doc.Find("script").Length() != 0 || !strings.Contains(text, "</html>") {
			t.Errorf("%.20s: %d", query, resp.StatusCode)
		}
	}
	for _, path := range []string{"/fr/search?q=x", "/search?q=x", "/de/search/", "/de/search/x"} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusNotFound && resp.StatusCode != http.StatusMovedPermanently {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// TestSearchKnowsNoDrafts: neither a draft's words nor the title of a topic that is being prepared.
func TestSearchKnowsNoDrafts(t *testing.T) {
	site := storetest.NewSite(t, storetest.SQLite(t))
	entry := site.Entry(t, "open")
	site.Publish(t, site.Change(t, "opened", site.Write(t, entry.ID, "en", "Open words")).ID)
	site.Write(t, entry.ID, "en", "Geheimnis newer")
	site.Write(t, site.Entry(t, "geheimnis").ID, "en", "Geheimnis first")
	r := newReaders(t, site.Store)
	for _, query := range []string{"geheimnis", "geheimnsi", "gehei"} {
		for _, accept := range []string{"text/html", "application/json"} {
			text := textOf(t, r.get(t, searchFor("en", query), "Accept", accept))
			if strings.Contains(strings.ReplaceAll(text, query, ""), "eheimni") {
				t.Errorf("%q tells of a draft: %s", query, text)
			}
		}
	}
	if doc := r.page(t, searchFor("en", "open"), http.StatusOK); doc.Find(".found a").Length() == 0 {
		t.Error("what is published is not found")
	}
}
