package server_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/plain"
	"klartext/server/public"
	"klartext/server/public/publictest"
)

// document is a page as a browser reads it.
func (r *readers) document(t *testing.T, path string) *goquery.Document {
	t.Helper()
	return must(goquery.NewDocumentFromReader(strings.NewReader(textOf(t, r.get(t, path)))))(t)
}

// TestPagesReadWellWithoutStyle is about browsers that show text alone: links that only style sets apart would run into each other.
func TestPagesReadWellWithoutStyle(t *testing.T) {
	store := publictest.Shop()
	store.Set(func(s *content.Settings) {
		s.Look.Contact = content.Text{"de": "Kornblume <Versand>\nHafenstraße 3\nhallo@shop.example"}
	})
	r := newReaders(t, store)
	page := r.document(t, "/de/faq/payment-data")
	for _, place := range []string{".top nav:not(.langs)", ".bottom .ways"} {
		part := page.Find(place).Last()
		links := part.Find("a").Length()
		if seps := part.Find("span[hidden]").Length(); links < 2 || seps != links-1 {
			t.Errorf("%s has %d links and %d marks between them", place, links, seps)
		}
	}
	if since := r.document(t, "/de/since").Find("main").Text(); strings.Contains(since, "Zuletzt waren Sie hier") || strings.Contains(since, "neu seit Ihrem") {
		t.Errorf("what only the script may say stands on the page: %s", since)
	}
	contact, _ := page.Find(".own .lines").First().Html()
	if !strings.Contains(contact, "Kornblume &lt;Versand&gt;<br/>\nHafenstraße 3<br/>\n<a") {
		t.Errorf("the contact's lines run together: %s", contact)
	}
	if diff := r.document(t, "/de/faq/payment-data/v1...v2").Find(".diff ins").First().Text(); !strings.HasPrefix(diff, "[neu: ") || !strings.HasSuffix(diff, "]") {
		t.Errorf("what is new is not marked in words: %q", diff)
	}
}

// TestPaperSaysWhereItIsFrom: the foot of a printed page has the address of this very version, and which one it is.
func TestPaperSaysWhereItIsFrom(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for path, want := range map[string]string{
		"/de/faq/payment-data": "/de/faq/payment-data/v2 · Fassung 2", "/de/policies/privacy/v1": "/de/policies/privacy/v1 · Fassung 1",
		"/en/faq/payment-data": "/en/faq/payment-data/v2 · Version 2", "/de/changes/shorter": readersBase + "/de/changes/shorter",
	} {
		if foot := r.document(t, path).Find("article .printed").Text(); !strings.Contains(foot, want) {
			t.Errorf("%s prints %q, without %q", path, foot, want)
		}
	}
}

// TestTheTitleSaysItsLanguage: what is shown in another language than the page's is spoken as what it is.
func TestTheTitleSaysItsLanguage(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for path, want := range map[string]string{"/en/faq/unsubscribe": "de", "/de/faq/unsubscribe": ""} {
		page := r.document(t, path)
		for _, place := range []string{"title", "meta[name=description]", "h1"} {
			if lang := page.Find(place).AttrOr("lang", ""); lang != want {
				t.Errorf("%s: %s is in %q, not in %q", path, place, lang, want)
			}
		}
	}
}

// TestOtherSitesGetNoTerms: the explanations of terms need a style and ids that a page of somebody else does not have.
func TestOtherSitesGetNoTerms(t *testing.T) {
	store := publictest.Shop()
	store.Explain(content.Term{ID: "term-1", Lang: "de", Term: "Zahlungsdienst", Explanation: "Die Firma, die das Geld annimmt."})
	r := newReaders(t, store, func(d *public.Deps) { d.Words = clarity.New(must(plain.New())(t)) })
	if r.document(t, "/de/faq/payment-data").Find("main .term").Length() == 0 {
		t.Fatal("the entry has no term to explain")
	}
	for _, path := range []string{"/embed/de/faq/payment-data", "/embed/de/faq/payment-data.html"} {
		if terms := r.document(t, path).Find(".term, .gloss, [id]").Length(); terms != 0 {
			t.Errorf("%s holds %d parts of terms", path, terms)
		}
	}
}
