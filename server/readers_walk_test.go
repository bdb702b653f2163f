package server_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"klartext/content"
	"klartext/server/public/publictest"
)

// walk opens every page that can be reached by links and gives their texts by address.
func walk(t *testing.T, r *readers, start ...string) map[string]string {
	t.Helper()
	seen, todo := map[string]string{}, start
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if _, done := seen[at]; done {
			continue
		}
		resp := r.get(t, at)
		text := textOf(t, resp)
		seen[at] = text
		if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusGone {
			t.Errorf("a link leads to %s, which answers %d", at, resp.StatusCode)
			continue
		}
		if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
			todo = append(todo, links(t, at, checkPage(t, at, text, resp.Header))...)
		}
	}
	return seen
}

func links(t *testing.T, from string, doc *goquery.Document) []string {
	t.Helper()
	var found []string
	doc.Find("a[href], link[href]").Each(func(_ int, link *goquery.Selection) {
		href, _ := link.Attr("href")
		u, err := url.Parse(strings.TrimPrefix(href, readersBase))
		if err != nil || href == "" {
			t.Errorf("%s: broken link %q", from, href)
			return
		}
		if u.Fragment == "ZgotmplZ" {
			return // what html/template puts in the place of an address it refuses
		}
		if u.Fragment != "" && u.Path == "" && doc.Find(`[id="`+u.Fragment+`"]`).Length() != 1 {
			t.Errorf("%s: nothing has the id %q", from, u.Fragment)
		}
		if u.Scheme == "" && u.Host == "" && u.Path != "" {
			if !path.IsAbs(u.Path) {
				t.Errorf("%s: relative link %q", from, href)
			}
			found = append(found, u.Path)
		}
	})
	return found
}

// checkPage holds what is true of every page.
func checkPage(t *testing.T, at, text string, header http.Header) *goquery.Document {
	t.Helper()
	doc := must(goquery.NewDocumentFromReader(strings.NewReader(text)))(t)
	if found := unsaid.FindString(text); found != "" {
		t.Errorf("%s says %s", at, found)
	}
	// What is told to machines is data: no browser runs it.
	doc.Find("script[type='application/ld+json']").Each(func(_ int, s *goquery.Selection) {
		if !json.Valid([]byte(s.Text())) {
			t.Errorf("%s tells machines %s", at, s.Text())
		}
	}).Remove()
	for selector, want := range map[string]int{"h1": 1, "main#main": 1, "title": 1, "style": 1, "script": scripts(at, header), "[style]": 0, "iframe": 0, "img[src^=http]": 0} {
		if got := doc.Find(selector).Length(); got != want {
			t.Errorf("%s has %d of %q, want %d", at, got, selector, want)
		}
	}
	style := sha256.Sum256([]byte(doc.Find("style").Text()))
	if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(style[:])+"'") {
		t.Errorf("%s: the style is not the one that the policy allows: %s", at, policy)
	}
	if lang := doc.Find("html").AttrOr("lang", ""); lang != at[1:3] {
		t.Errorf("%s is marked as %q", at, lang)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); ids[id] || id == "" {
			t.Errorf("%s: the id %q is there twice or empty", at, id)
		} else {
			ids[id] = true
		}
	})
	doc.Find("[aria-labelledby], label[for]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("aria-labelledby", s.AttrOr("for", "")); !ids[id] {
			t.Errorf("%s: a label leads to %q, which is not there", at, id)
		}
	})
	doc.Find("select").Each(func(_ int, s *goquery.Selection) {
		if doc.Find(`label[for="`+s.AttrOr("id", "")+`"]`).Length() != 1 {
			t.Errorf("%s: a choice without a label", at)
		}
	})
	checkSafe(t, at, doc)
	return doc
}

// scripts is how many a page may have: one page has one of our own, and its policy allows it.
func scripts(at string, header http.Header) int {
	if strings.HasSuffix(at, "/since") && strings.HasSuffix(header.Get("Content-Security-Policy"), "; script-src 'self'") {
		return 1
	}
	return 0
}

// checkSafe looks for anything in the parsed page that could run or load something.
func checkSafe(t *testing.T, at string, doc *goquery.Document) {
	t.Helper()
	for _, root := range doc.Nodes {
		for node := range root.Descendants() {
			for _, attr := range node.Attr {
				value := strings.ToLower(strings.TrimSpace(attr.Val))
				if strings.HasPrefix(attr.Key, "on") || strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") {
					t.Errorf("%s: <%s %s=%q>", at, node.Data, attr.Key, attr.Val)
				}
			}
			if node.Type == html.ElementNode && slices.Contains([]string{"object", "embed", "base", "svg", "math"}, node.Data) {
				t.Errorf("%s: <%s>", at, node.Data)
			}
			if node.Data == "script" && node.FirstChild != nil {
				t.Errorf("%s: a script in the page", at)
			}
		}
	}
}

func TestEveryPageThatLinksReach(t *testing.T) {
	t.Parallel()
	r := newReaders(t, publictest.Shop())
	seen := walk(t, r, "/de/", "/en/")
	for _, want := range []string{
		"/de/faq/payment-data", "/en/faq/payment-data", "/de/faq/payment-data/versions", "/de/faq/payment-data/v1...v2", "/de/policies/privacy",
		"/de/policies/privacy/v1", "/en/policies/privacy", "/de/topics/orders", "/de/changes", "/de/changes/shorter", "/en/changes/privacy-2027",
		"/de/faq/postcards", "/en/faq/unsubscribe", "/de/changes.atom", "/de/faq/payment-data.atom", "/ledger.jsonl",
	} {
		if seen[want] == "" {
			t.Errorf("no link leads to %s", want)
		}
	}
	for at, text := range seen {
		if strings.Contains(text, "Geheime Pläne") || strings.Contains(text, "secret-plans") {
			t.Errorf("%s tells of a topic in which nothing was published", at)
		}
	}
	if resp := r.get(t, "/de/topics/secret-plans"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("the topic in preparation answers %d", resp.StatusCode)
	}
}

func TestHostileTextsStayText(t *testing.T) {
	const evil = `</title></style><script>alert(1)</script><img src=x onerror=alert(1)>"'><svg onload=alert(1)> {{.}} ]]>`
	all := content.Text{"de": evil, "en": evil}
	store := publictest.New(all)
	topic := store.AddTopic("evil", all)
	entry := content.Entry{ID: "e", Kind: content.FAQ, Slug: "evil", Topic: topic}
	policy := content.Entry{ID: "p", Kind: content.Policy, Slug: "evil"}
	text := content.Writing{
		Title: evil, ShortAnswer: evil, Body: evil + "\n\n[x](javascript:alert(1)) <a href=\"javascript:alert(1)\">y</a>", Examples: []string{evil},
		Choices:      []content.Choice{{Label: evil, URL: "javascript:alert(1)"}, {Label: evil, URL: `https://x.example/"onclick="alert(1)`}},
		Perspectives: []content.Perspective{{Side: content.CriticSide, Text: evil}},
	}
	facts := &content.Facts{
		Data: []content.Text{all}, LegalBases: []content.LegalBasis{{Code: evil, Text: all}}, Retention: &content.Retention{Duration: evil, From: all},
		Recipients: []content.Recipient{{Name: evil, Role: all, Country: evil}}, Countries: []string{evil},
	}
	sections := content.Writing{Title: evil, Sections: []content.Section{{ID: "s", Heading: evil, Body: evil, Summary: evil}}}
	change := func(slug string) content.Change {
		return content.Change{
			Slug: slug, Title: all, Summary: all, Why: all, PublishedAt: publictest.At("2026-01-01"), EffectiveDate: "2030-01-01",
			Perspectives: map[content.Lang][]content.Perspective{"de": {{Side: content.CompanySide, Text: evil}}},
		}
	}
	store.Publish(change("one"), publictest.Piece{Entry: entry, Lang: "de", Text: text, Facts: facts}, publictest.Piece{Entry: policy, Lang: "de", Text: sections})
	text.Title += " again"
	text.Body = "Less evil."
	store.Publish(change("two"), publictest.Piece{Entry: entry, Lang: "de", Text: text, Facts: &content.Facts{}}, publictest.Piece{Entry: entry, Lang: "en", Text: text})
	store.Publish(change("three"), publictest.Piece{Entry: entry, Lang: "de", Withdraw: evil})
	store.Post("change-one", content.PostLink{Network: evil, Channel: evil, Lang: "de", URL: "javascript:alert(1)", At: publictest.At("2026-01-02")})
	seen := walk(t, newReaders(t, store), "/de/", "/en/", "/de/changes/one")
	if len(seen) < 20 {
		t.Errorf("only %d pages were reached", len(seen))
	}
}
