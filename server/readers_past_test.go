package server_test

import (
	"net/http"
	"strings"
	"testing"

	"klartext/content"
	"klartext/server/public/publictest"
)

func TestTheSiteAsOfADay(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, "/de/as-of/2025-01-01/", http.StatusOK)
	main := doc.Find("main").Text()
	for _, want := range []string{"Stand vom 1. Januar 2025", "Schicken Sie mir Postkarten", "Kornblume Versand, Stand 1. Januar 2025. " + readersBase + "/de/as-of/2025-01-01/", "Unsere Antworten ziehen um"} {
		if !strings.Contains(main, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(main, "Keine Postkarten mehr") {
		t.Error("a later change shows")
	}
	if doc.Find(`a[href="/de/as-of/2025-01-01/faq/payment-data"]`).Length() != 1 {
		t.Error("links do not stay on that day")
	}
	old := r.page(t, "/de/as-of/2025-01-01/faq/payment-data", http.StatusOK).Find("main").Text()
	if !strings.Contains(old, "nach zwölf Monaten") || !strings.Contains(old, "Fassung 1, Stand 1. Januar 2025") || !strings.Contains(old, "SHA-256") {
		t.Errorf("the entry then: %s", old)
	}
	// The day itself counts to its end.
	if got := r.page(t, "/de/as-of/2025-09-14/", http.StatusOK).Find("main").Text(); !strings.Contains(got, "Postkarten mit Werbung") {
		t.Error("on the day before its withdrawal the entry is not there")
	}
	if got := r.page(t, "/de/as-of/2025-09-15/", http.StatusOK).Find(".topics").Text(); strings.Contains(got, "Postkarten mit Werbung") {
		t.Error("at the end of the day of its withdrawal the entry is there")
	}
	if got := r.page(t, "/de/as-of/2026-01-01/faq/postcards", http.StatusGone).Find("main").Text(); !strings.Contains(got, "Wir verschicken keine Postkarten mehr") {
		t.Errorf("the tombstone then: %s", got)
	}
	if got := r.page(t, "/de/as-of/2020-01-01/", http.StatusOK).Find("main").Text(); !strings.Contains(got, "noch nichts veröffentlicht") || !strings.Contains(got, "6. Mai 2024") {
		t.Errorf("before everything: %s", got)
	}
	if got := r.page(t, "/de/as-of/2020-01-01/faq/parcel", http.StatusNotFound).Find(".lead").Text(); !strings.Contains(got, "Am 1. Januar 2020 war dieser Text noch nicht veröffentlicht") {
		t.Errorf("an entry before everything: %s", got)
	}
	if got := r.page(t, "/de/as-of/2026-11-23/policies/privacy", http.StatusOK); got.Find(".past").Length() != 1 || got.Find("link[rel=canonical]").Length() != 0 {
		t.Error("a policy of today has no line to cite, or counts as a page of its own")
	}
	if got := r.page(t, "/en/as-of/2025-01-01/faq/unsubscribe", http.StatusOK); got.Find("h1[lang=de]").Length() != 1 {
		t.Error("a German text on an English page of the past is not marked")
	}
	if got := r.page(t, "/de/as-of/2025-01-01/topics/newsletter", http.StatusOK).Find(".questions li").Length(); got != 3 {
		t.Errorf("the topic has %d questions then, want 3", got)
	}
}

func TestDaysThatAreNone(t *testing.T) {
	store := publictest.Shop()
	store.Rename("entry-parcel", "delivery")
	r := newReaders(t, store)
	for path, want := range map[string]string{
		"/de/as-of/2025-02-30/": "Diesen Tag gibt es nicht", "/en/as-of/2025-02-30": "There is no such day", "/de/as-of/x/faq/parcel": "Diesen Tag gibt es nicht",
		"/de/as-of/2026-11-24/": "kommt erst noch", "/de/as-of/9999-01-01/": "Diesen Tag gibt es nicht", "/de/as-of/2025-1-1/": "Diesen Tag gibt es nicht",
		"/de/as-of/%3Cscript%3E/": "Diesen Tag gibt es nicht",
	} {
		if got := r.page(t, path, http.StatusNotFound).Find("[role=alert]").Text(); !strings.Contains(got, want) {
			t.Errorf("%s says %q", path, got)
		}
	}
	for path, want := range map[string]string{
		"/de/as-of?date=2025-02-30": "gibt es nicht", "/de/as-of?date=%ff": "gibt es nicht", "/de/since?date=2031-01-01": "kommt erst noch", "/en/since?date=yesterday": "no such day",
	} {
		if got := r.page(t, path, http.StatusBadRequest).Find("[role=alert]").Text(); !strings.Contains(got, want) {
			t.Errorf("%s says %q", path, got)
		}
	}
	if got := r.page(t, "/de/since?change=none", http.StatusNotFound).Find("[role=alert]").Text(); !strings.Contains(got, "Diese Änderung gibt es nicht") {
		t.Errorf("an unknown change: %q", got)
	}
	for from, to := range map[string]string{
		"/de/as-of?date=2025-01-01": "/de/as-of/2025-01-01/", "/de/as-of/2025-01-01": "/de/as-of/2025-01-01/", "/de/as-of/2025-01-01/faq/parcel": "/de/as-of/2025-01-01/faq/delivery",
	} {
		if resp := r.get(t, from); resp.StatusCode/100 != 3 || resp.Header.Get("Location") != to {
			t.Errorf("%s: %d to %q, want %q", from, resp.StatusCode, resp.Header.Get("Location"), to)
		}
	}
	for _, path := range []string{"/fr/as-of/2025-01-01/", "/de/as-of/2025-01-01/faq/none", "/de/as-of/2025-01-01/topics/secret-plans", "/de/as-of/2025-01-01/faq/privacy", "/fr/since", "/fr/coverage"} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestSince(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	doc := r.page(t, "/de/since?date=2026-03-01", http.StatusOK)
	texts := doc.Find("section:has(#texts)").Text()
	if !strings.Contains(texts, "Zahlungsdaten") || strings.Contains(texts, "Kundenkonto") || doc.Find(`a[href="/de/faq/payment-data/v1...v2"]`).Length() != 1 {
		t.Errorf("texts since then: %s", texts)
	}
	if n := doc.Find("#list > li").Length(); n != 3 {
		t.Errorf("%d changes since then, want 3", n)
	}
	if got := r.page(t, "/de/since?change=shorter", http.StatusOK).Find("#list").Text(); strings.Contains(got, "sechs Monate") || !strings.Contains(got, "Tippfehler") {
		t.Errorf("changes after that change: %s", got)
	}
	if got := r.page(t, "/de/since?date=2025-09-15", http.StatusOK).Find("section:has(#texts)").Text(); !strings.Contains(got, "Postkarten mit Werbung") || !strings.Contains(got, "zurückgezogen") {
		t.Errorf("the withdrawn text: %s", got)
	}
	if got := r.page(t, "/de/since?date=2026-11-23", http.StatusOK).Find(".lead").Text(); !strings.Contains(got, "nichts geändert") {
		t.Errorf("since today: %s", got)
	}
	resp := r.get(t, "/de/since")
	if policy := resp.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %s", policy)
	}
	if doc := r.page(t, "/de/since", http.StatusOK); doc.Find("#visit[hidden]").Length() != 1 || doc.Find("script[src^='/static/'][defer]").Length() != 1 {
		t.Error("without a script the offer shows, or the script is not ours")
	}
}

func TestCoveragePage(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store)
	doc := r.page(t, "/de/coverage", http.StatusOK)
	if got := doc.Find(".lead").First().Text(); got != "1 von 3 wesentlichen Änderungen wurden in sozialen Netzwerken angekündigt." {
		t.Errorf("it says %q", got)
	}
	editorial := doc.Find("section:has(#editorial)").Text()
	if !strings.Contains(editorial, "fehlte ein Wort") {
		t.Errorf("the reason of an editorial change is missing: %s", editorial)
	}
	if got := doc.Find("section:has(#imported)").Text(); !strings.Contains(got, "1 übernommene Änderung") || !strings.Contains(got, "6. Mai 2024") {
		t.Errorf("imported: %s", got)
	}
	if doc.Find("#lags").Length() != 0 {
		t.Error("which language is behind shows without being asked for")
	}
	store.Post("change-no-postcards", content.PostLink{Network: "x", URL: "https://x.example/4", Lang: "de", At: publictest.At("2026-11-20")})
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := r.page(t, "/en/coverage", http.StatusOK).Find(".lead").First().Text(); !strings.HasPrefix(got, "2 of 3") {
		t.Errorf("after one more post: %q", got)
	}
}

func TestWhichLanguageIsBehind(t *testing.T) {
	store := publictest.Shop()
	r := newReaders(t, store)
	if got := r.page(t, "/en/policies/privacy", http.StatusOK).Find("main").Text(); strings.Contains(got, "ahead") {
		t.Error("it shows without the setting")
	}
	store.Set(func(s *content.Settings) { s.ShowLag = true })
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := r.page(t, "/en/policies/privacy", http.StatusOK).Find(".notice").Text(); !strings.Contains(got, "German has been ahead of this text since 2 November 2026") {
		t.Errorf("the policy says %q", got)
	}
	lags := r.page(t, "/en/coverage", http.StatusOK).Find("section:has(#lags)").Text()
	if !strings.Contains(lags, "Privacy policy") || !strings.Contains(lags, "so far only in German") || strings.Contains(lags, "parcel") {
		t.Errorf("behind in English: %s", lags)
	}
	if got := r.page(t, "/de/coverage", http.StatusOK).Find("section:has(#lags)").Text(); !strings.Contains(got, "Kein deutscher Text") {
		t.Errorf("behind in German: %s", got)
	}
}

// TestNavigationIsTheSame wherever a reader is: what a page lists does not change where it leads to.
func TestNavigationIsTheSame(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	want := r.page(t, "/de/", http.StatusOK).Find("header.top nav").First().Text()
	for _, path := range []string{"/de/as-of", "/de/as-of/2025-01-01/", "/de/as-of/2001-01-01/", "/de/since", "/de/since?date=2025-01-01", "/de/coverage", "/de/search", "/de/search?q=zahlung", "/de/changes", "/de/glossary"} {
		if got := r.page(t, path, http.StatusOK).Find("header.top nav").First().Text(); got != want {
			t.Errorf("%s leads to %q, the front page to %q", path, got, want)
		}
	}
}
