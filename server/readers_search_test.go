package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/server/found"
	"klartext/server/public/publictest"
)

func (r *readers) searched(t *testing.T, lang, query string) found.SearchAnswer {
	t.Helper()
	var answer found.SearchAnswer
	if err := json.NewDecoder(r.get(t, searchFor(lang, query), "Accept", "application/json").Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// Where only the text in another language has the words, readers see that text and in which language it is.
func TestSearchShowsWhereItFound(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, c := range []struct{ lang, query, path, foundIn, note, marked string }{
		{"de", "brings", "/de/faq/parcel", "en", "gefunden im Text auf Englisch", "brings"},
		{"en", "zustimmen", "/en/faq/parcel", "de", "found in the German text", "zustimmen"},
		{"de", "your clicks", "/de/faq/opens", "en", "gefunden im Text auf Englisch", "clicks"},
	} {
		row := r.page(t, searchFor(c.lang, c.query), http.StatusOK).Find(".found li").FilterFunction(hasLink(c.path)).First()
		excerpt := row.Find("p[lang=" + c.foundIn + "]")
		if !strings.Contains(row.Find(".small").Text(), c.note) || row.Find("h3 mark").Length() != 0 || row.Find("h3[lang]").Length() != 0 || excerpt.Find("mark").First().Text() != c.marked {
			t.Errorf("%s %q: %s, marked %q", c.lang, c.query, row.Text(), excerpt.Find("mark").Text())
		}
		at := -1
		answer := r.searched(t, c.lang, c.query)
		for i, result := range answer.Results {
			if result.URL == readersBase+c.path {
				at = i
			}
		}
		if at < 0 || string(answer.Results[at].FoundIn) != c.foundIn || string(answer.Results[at].Lang) != c.lang || !strings.Contains(answer.Results[at].HTML, "<mark>"+c.marked) {
			t.Errorf("%s %q as JSON: %+v", c.lang, c.query, answer)
		}
	}
	for _, result := range r.searched(t, "de", "paketdienst").Results {
		if result.FoundIn != "" {
			t.Errorf("a German word is said to be found in %q", result.FoundIn)
		}
	}
}

func TestSearchSaysWhatElseItLookedFor(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, searchFor("de", "marketing newsletter"), http.StatusOK)
	if link := doc.Find(`main a[href="` + searchFor("de", "Werbung") + `"]`); link.Text() != "Werbung" || !strings.Contains(link.Parent().Text(), "Auch gesucht nach") {
		t.Errorf("the other word is not told: %s", doc.Find("main").Text())
	}
	if also := r.searched(t, "de", "marketing").Also; len(also) != 1 || also[0] != "Werbung" {
		t.Errorf("as JSON: %q", also)
	}
	for _, query := range []string{"werbung", "zalungsdaten", "qwxq"} {
		if also := r.searched(t, "de", query).Also; len(also) != 0 {
			t.Errorf("%q: also %q", query, also)
		}
	}
}

// What was taken down is found by its last title, after what still stands, and said to be gone.
func TestSearchFindsWhatWasTakenDown(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store)
	for lang, note := range map[string]string{"de": "zurückgezogen am 15. September 2025", "en": "withdrawn on 15 September 2025"} {
		doc := r.page(t, searchFor(lang, "postkarten werbung"), http.StatusOK)
		last := doc.Find(".found li").Last()
		if last.Find("a").AttrOr("href", "") != "/"+lang+"/faq/postcards" || !strings.Contains(last.Find(".small strong").Text(), note) || last.Find("mark").Length() == 0 || last.Find("p").Length() != 1 {
			t.Errorf("%s: the last is %s", lang, last.Text())
		}
		if lang == "en" && last.Find("h3").AttrOr("lang", "") != "de" {
			t.Error("a German title is not marked as German")
		}
		if doc.Find(".found strong").Length() != 1 {
			t.Errorf("%s: more than one is gone: %s", lang, doc.Find(".found").Text())
		}
		answer := r.searched(t, lang, "postkarten")
		if n := len(answer.Results); n == 0 || answer.Results[n-1].WithdrawnAt == nil || answer.Results[n-1].Kind != "entry" || answer.Results[n-1].Snippet != "" {
			t.Errorf("as JSON: %+v", answer)
		}
	}
	r.page(t, "/de/faq/postcards", http.StatusGone)
	// Its text is still public in its old version, but no search tells of it.
	if text := textOf(t, r.get(t, searchFor("de", "höchstens zweimal widersprechen"))); strings.Contains(text, "postcards") {
		t.Error("the text of what was taken down is searched")
	}
	store.Publish(content.Change{Slug: "again", PublishedAt: publictest.At("2026-11-20")}, publictest.Piece{
		Entry: content.Entry{ID: "entry-postcards", Kind: content.FAQ, Slug: "postcards"}, Lang: "de", Text: content.Writing{Title: "Schicken Sie wieder Postkarten?", ShortAnswer: "Ja."},
	})
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if results := r.searched(t, "de", "postkarten").Results; len(results) == 0 || results[0].WithdrawnAt != nil || results[0].Title != "Schicken Sie wieder Postkarten?" {
		t.Errorf("published again: %+v", results)
	}
}

func hasLink(path string) func(int, *goquery.Selection) bool {
	return func(_ int, row *goquery.Selection) bool { return row.Find("a").AttrOr("href", "") == path }
}

// Words that stand everywhere find nothing; the page says what to do instead.
func TestSearchForNothingInParticular(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for lang, want := range map[string]string{"de": "Nennen Sie ein Stichwort", "en": "Name a keyword"} {
		for _, query := range []string{"wer seid ihr", "who are you", "?!"} {
			doc := r.page(t, searchFor(lang, query), http.StatusOK)
			if strings.HasPrefix(query, "w") && strings.HasPrefix(query, "wer") != (lang == "de") {
				continue
			}
			if !strings.Contains(doc.Find(".lead").Text(), want) || doc.Find("nav.part li").Length() == 0 {
				t.Errorf("%s %q: %s", lang, query, doc.Find("main").Text())
			}
		}
	}
	if lead := r.page(t, searchFor("de", "qwxq"), http.StatusOK).Find(".lead").Text(); !strings.Contains(lead, "gibt es hier nichts") {
		t.Errorf("a word that nothing is known of: %s", lead)
	}
}
