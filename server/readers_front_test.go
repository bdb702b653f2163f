package server_test

import (
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
	"klartext/server/public/publictest"
)

func TestFrontShowsWhatEditorsChose(t *testing.T) {
	store := publictest.Shop()
	store.Set(func(s *content.Settings) {
		s.Featured = []string{"entry-delete-account", "entry-postcards", "entry-unsubscribe", "gone"}
		s.Look.Headline = content.Text{"de": "Ihre Daten & wir"}
		s.Look.Contact = content.Text{"de": "Kornblume\nhallo@shop.example"}
	})
	r := newReaders(t, store)
	de := r.page(t, "/de/", 200)
	if got := de.Find("section[aria-labelledby=featured] h3").Map(textIn); len(got) != 2 || got[0] != "Wie lösche ich mein Kundenkonto?" {
		t.Errorf("German: %q", got)
	}
	en := r.page(t, "/en/", 200)
	if got, _ := en.Find("section[aria-labelledby=featured] h3 a").Eq(1).Attr("lang"); got != "de" {
		t.Errorf("an answer in another language is marked %q", got)
	}
	if got := en.Find("h1").Text(); got != "Ihre Daten & wir" || en.Find("h1 [lang=de]").Length() != 1 {
		t.Errorf("the headline is %q", got)
	}
	if got, _ := de.Find(".bottom a[href^=mailto]").Attr("href"); got != "mailto:hallo@shop.example" {
		t.Errorf("the address leads to %q", got)
	}
	if form := de.Find("form.find"); form.AttrOr("action", "") != "/de/search" || form.Find("label[for=q]").Length() != 1 || form.Find("input[name=q]").Length() != 1 {
		t.Error("the search box is not whole")
	}
}

func TestFrontCountsTheDays(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	if got := r.page(t, "/de/", 200).Find(".upcoming .days").Text(); got != "in 53 Tagen" {
		t.Errorf("it says %q", got)
	}
	r.now = time.Date(2027, 1, 13, 23, 30, 0, 0, time.UTC) // the 14th in Berlin
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := r.page(t, "/en/", 200)
	if got := page.Find(".upcoming .days").Text(); got != "in 1 day" {
		t.Errorf("it says %q", got)
	}
	if got := page.Find("section[aria-labelledby=upcoming] .under").Text(); got != "Days counted on 14 January 2027." {
		t.Errorf("it says %q", got)
	}
	r.now = r.now.AddDate(0, 0, 1)
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r.page(t, "/de/", 200).Find(".upcoming").Length() > 0 {
		t.Error("what holds is still to come")
	}
}

func TestEntryLeadsToItsNeighbours(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	first, last := r.page(t, "/de/faq/opens", 200), r.page(t, "/de/faq/unsubscribe", 200)
	if first.Find("[rel=prev]").Length() > 0 || first.Find("[rel=next]").AttrOr("href", "") != "/de/faq/unsubscribe" {
		t.Error("the first question leads wrong; what was taken down is passed over")
	}
	if last.Find("[rel=next]").Length() > 0 || last.Find("[rel=prev]").AttrOr("href", "") != "/de/faq/opens" {
		t.Error("the last question leads wrong")
	}
	if r.page(t, "/en/faq/opens", 200).Find("[rel=next]").Length() > 0 {
		t.Error("a neighbour cannot be read in the page's language")
	}
}

func TestChangeSaysWhatToDo(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	page := r.page(t, "/de/changes/shorter", 200)
	if got := page.Find("section[aria-labelledby=choices] a").Length(); got != 2 {
		t.Errorf("%d things to do", got)
	}
	facts := page.Find("section[aria-labelledby=facts] table")
	if facts.Length() != 1 || page.Find(".piece table").Length() > 0 || facts.Find("caption a").Length() != 1 {
		t.Error("the facts that changed do not stand together, once, under their question")
	}
	sides := page.Find(".sides details[name=side]")
	if sides.Length() != 2 || sides.Filter("[open]").Length() != 1 || sides.Find("summary").Length() != 2 {
		t.Error("the sides are no tabs")
	}
}

func TestEntrySaysSinceWhenItHolds(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for path, want := range map[string]string{
		"/de/faq/payment-data": "Gilt seit2. März 2026", "/en/faq/payment-data": "Valid since2 March 2026", "/de/policies/privacy": "Gilt ab15. Januar 2027",
	} {
		if got := words("<main>" + must(r.page(t, path, 200).Find(".margin div").First().Html())(t) + "</main>"); got != want {
			t.Errorf("%s says %q, want %q", path, got, want)
		}
	}
	if got := r.page(t, "/de/faq/payment-data", 200).Find(".margin .last a").Length(); got != 2 {
		t.Errorf("the last change has %d links, want the change and the difference", got)
	}
}

func textIn(_ int, s *goquery.Selection) string { return s.Text() }
