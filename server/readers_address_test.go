package server_test

import (
	"net/http"
	"strings"
	"testing"

	"klartext/content"
	"klartext/server/public/publictest"
)

func TestAddressesThatLeadOn(t *testing.T) {
	store := publictest.Shop()
	store.Rename("entry-payment-data", "paying")
	store.Rename("entry-payment-data", "paying-by-card")
	r := newReaders(t, store)
	for from, to := range map[string]string{
		"/de":                                "/de/",
		"/de/changes/":                       "/de/changes",
		"/de/faq/parcel/":                    "/de/faq/parcel",
		"/de/faq/payment-data":               "/de/faq/paying-by-card",
		"/en/faq/paying":                     "/en/faq/paying-by-card",
		"/de/faq/payment-data/v1...v2":       "/de/faq/paying-by-card/v1...v2",
		"/de/faq/paying/versions?from=1":     "/de/faq/paying-by-card/versions?from=1",
		"/de/faq/payment-data.atom":          "/de/faq/paying-by-card.atom",
		"/de/faq/parcel?utm_source=x":        "",
		"/de/faq/parcel/versions?from=x":     "",
		"/de/faq/paying-by-card/versions":    "",
		"/de/faq/paying-by-card/v1":          "",
		"/de/faq/paying-by-card/v2...v1":     "",
		"/de/policies/privacy/versions?to=1": "",
	} {
		resp := r.get(t, from)
		if to == "" {
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s answers %d", from, resp.StatusCode)
			}
			continue
		}
		if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusMovedPermanently || got != to {
			t.Errorf("%s: %d to %q, want 301 to %q", from, resp.StatusCode, got, to)
		}
	}
	resp := r.get(t, "/de/faq/paying-by-card/versions?from=2&to=1")
	if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || got != "/de/faq/paying-by-card/v2...v1" {
		t.Errorf("the form leads with %d to %q", resp.StatusCode, got)
	}
}

func TestAddressesWithNothing(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range []string{
		"/de/faq/nothing", "/de/faq/payment-data/v0", "/de/faq/payment-data/v999", "/de/faq/payment-data/v-1", "/de/faq/payment-data/v01",
		"/de/faq/payment-data/vx", "/de/faq/payment-data/v1...v9", "/de/faq/payment-data/v1...", "/de/faq/payment-data/v1..v2", "/de/faq/privacy",
		"/de/faq/payment-data/v99999999999999999999", "/en/faq/unsubscribe/versions", "/de/changes/none", "/de/topics/none", "/de//faq/parcel",
		"//evil.example/de", "/de/faq/../faq/parcel", "/de/faq/payment-data/v1/more", "/de/nothing", "/de/FAQ/parcel",
	} {
		doc := r.page(t, path, http.StatusNotFound)
		if h1 := doc.Find("h1").Text(); h1 != "Hier ist nichts" && h1 != "There is nothing here" {
			t.Errorf("%s says %q", path, h1)
		}
	}
	if h1 := r.page(t, "/somewhere", http.StatusNotFound, "Accept-Language", "de-AT,de;q=0.9").Find("h1").Text(); h1 != "Hier ist nichts" {
		t.Errorf("a German reader is told %q", h1)
	}
	if h1 := r.page(t, "/en/somewhere", http.StatusNotFound, "Accept-Language", "de").Find("h1").Text(); h1 != "There is nothing here" {
		t.Errorf("below /en/ the page says %q", h1)
	}
	for _, path := range []string{"/admin", "/admin/x", "/api/v1/nothing"} {
		if resp := r.get(t, path); strings.Contains(textOf(t, resp), "Hier ist nichts") {
			t.Errorf("%s is no reader's address", path)
		}
	}
	if resp := r.ask(t, http.MethodPost, "/de/"); resp.StatusCode < 400 {
		t.Errorf("POST answers %d", resp.StatusCode)
	}
}

func TestHomeSpeaksTheReadersLanguage(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for header, want := range map[string]string{
		"de": "/de/", "de-CH, en;q=0.5": "/de/", "en-GB,en;q=0.9,de;q=0.8": "/en/", "fr, en;q=0.1": "/en/", "": "/de/", "fr": "/de/", "*": "/de/", ";;q=": "/de/",
		strings.Repeat("en,", 500): "/de/",
	} {
		resp := r.get(t, "/", "Accept-Language", header)
		if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusTemporaryRedirect || got != want || resp.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("%.30q: %d to %q, want %q (Vary %q)", header, resp.StatusCode, got, want, resp.Header.Get("Vary"))
		}
	}
}

func TestTombstone(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, "/de/faq/postcards", http.StatusGone)
	main := doc.Find("main").Text()
	for _, want := range []string{"15. September 2025", "Wir verschicken keine Postkarten mehr.", "Keine Postkarten mehr"} {
		if !strings.Contains(main, want) {
			t.Errorf("the tombstone does not say %q: %s", want, main)
		}
	}
	old := r.page(t, "/de/faq/postcards/v1", http.StatusOK)
	if !strings.Contains(old.Find(".notice").Text(), "zurückgezogen") || !strings.Contains(old.Find("article").Text(), "höchstens zweimal") {
		t.Errorf("the old version: %s", old.Find("main").Text())
	}
	if stone := r.page(t, "/de/faq/postcards/versions", http.StatusOK).Find("li.stone").Text(); !strings.Contains(stone, "Zurückgezogen") {
		t.Errorf("the history does not show the tombstone: %q", stone)
	}
	// Its other language never had a text: the German tombstone stands there.
	if doc := r.page(t, "/en/faq/postcards", http.StatusGone); doc.Find("h1 [lang=de]").Length() != 1 {
		t.Error("the heading of a German tombstone is not marked as German")
	}
}

func TestOtherLanguageIsMarked(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, "/en/faq/unsubscribe", http.StatusOK)
	if doc.Find("h1[lang=de]").Length() != 1 || doc.Find(".lead[lang=de]").Length() != 1 || doc.Find(".body[lang=de]").Length() != 1 {
		t.Error("the German text is not marked as German")
	}
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != readersBase+"/de/faq/unsubscribe" {
		t.Errorf("canonical is %q", got)
	}
	if n := doc.Find("link[rel=alternate][hreflang]").Length(); n != 1 {
		t.Errorf("%d languages are told to search engines, want 1", n)
	}
	if !strings.Contains(doc.Find(".notice").Text(), "not available in English") {
		t.Errorf("the note says %q", doc.Find(".notice").Text())
	}
}

func TestEffectiveDateInTheFuture(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for path, want := range map[string]string{
		"/de/policies/privacy": "gilt erst ab 15. Januar 2027", "/de/changes/privacy-2027": "gilt erst ab 15. Januar 2027", "/en/changes/privacy-2027": "15 January 2027",
	} {
		if got := r.page(t, path, http.StatusOK).Find(".notice.soon").Text(); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := r.page(t, "/de/policies/privacy", http.StatusOK).Find(".notice.soon").Text(); !strings.Contains(got, "Bis dahin gilt Fassung 1") {
		t.Errorf("the policy says %q", got)
	}
	if r.page(t, "/de/", http.StatusOK).Find(".upcoming li").Length() != 1 {
		t.Error("the front page does not announce it")
	}
	r.now = publictest.At("2027-01-15")
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r.page(t, "/de/policies/privacy", http.StatusOK).Find(".notice.soon").Length() != 0 || r.page(t, "/de/", http.StatusOK).Find(".upcoming").Length() != 0 {
		t.Error("on the day itself it is still announced")
	}
}

func TestChangePage(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, "/de/changes/shorter", http.StatusOK)
	for selector, want := range map[string]string{
		".lead": "nach sechs statt nach zwölf Monaten", ".lines": "Reklamationen kommen", ".diff del": "zwölf", ".diff ins": "sechs",
		".facts.changed del": "12 Monate", ".facts.changed ins": "Example Pay", ".sides em": "sieben", "dl.margin": "wesentlich",
	} {
		if got := doc.Find(selector).Text(); !strings.Contains(got, want) {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	if !strings.Contains(doc.Find(".facts.changed").Text(), "kürzer als zuvor") {
		t.Error("the shorter retention is not called shorter")
	}
	if got := doc.Find(`a[href="https://social.example/@kornblume/1"]`).AttrOr("rel", ""); !strings.Contains(got, "nofollow") {
		t.Errorf("the link to the post has rel=%q", got)
	}
	imported := r.page(t, "/de/changes/first", http.StatusOK).Find("dl.margin").Text()
	if !strings.Contains(imported, "übernommen") || strings.Contains(imported, "weiteren Person") {
		t.Errorf("the imported change says %q", imported)
	}
}

func TestCompare(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store)
	doc := r.page(t, "/de/faq/payment-data/v1...v2", http.StatusOK)
	if hidden := doc.Find("ins .sr").First().Text(); !strings.Contains(hidden, "neu") {
		t.Errorf("an insertion is told to screen readers as %q", hidden)
	}
	if doc.Find(".fold").Length() == 0 {
		t.Error("unchanged paragraphs are not folded")
	}
	if !strings.Contains(r.page(t, "/de/faq/payment-data/v2...v2", http.StatusOK).Find(".lead").Text(), "nichts geändert") {
		t.Error("comparing a version with itself does not say so")
	}
	back := r.page(t, "/de/faq/payment-data/v2...v1", http.StatusOK)
	if !strings.Contains(back.Find("ins").Text(), "zwölf") || !strings.Contains(back.Find("del").Text(), "sechs") {
		t.Error("the comparison backwards is not the other way round")
	}
	if got := back.Find("select#from option[selected]").AttrOr("value", "") + back.Find("select#to option[selected]").AttrOr("value", ""); got != "21" {
		t.Errorf("the form has %q chosen", got)
	}
	if reads := store.Reads(); reads != 2 {
		t.Errorf("the two versions were read %d times", reads)
	}
}

func TestManyPiecesStayReadable(t *testing.T) {
	store := publictest.New(content.Text{"de": "Viele"})
	topic := store.AddTopic("many", content.Text{"de": "Viele"})
	for round := range 2 {
		var pieces []publictest.Piece
		for i := range 40 {
			slug := "q" + strings.Repeat("x", i+1)
			pieces = append(pieces, publictest.Piece{
				Entry: content.Entry{ID: slug, Kind: content.FAQ, Slug: slug, Topic: topic, Position: i}, Lang: "de",
				Text: content.Writing{Title: slug, Body: strings.Repeat("Wort ", round+1)},
			})
		}
		store.Publish(content.Change{Slug: "round" + string(rune('1'+round)), Title: content.Text{"de": "Runde"}, PublishedAt: publictest.At("2026-01-01")}, pieces...)
	}
	doc := newReaders(t, store).page(t, "/de/changes/round2", http.StatusOK)
	if whole, more := doc.Find(".piece .diff").Length(), doc.Find("#more").Parent().Find("li").Length(); whole != 25 || more != 15 {
		t.Errorf("%d pieces are compared on the page and %d listed, want 25 and 15", whole, more)
	}
}
