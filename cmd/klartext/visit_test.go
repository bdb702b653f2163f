package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestNothingIsStoredBeforeAskedFor reads the site in a real browser: nothing is
// kept before the reader asks, what is new is marked afterwards, and forgetting leaves nothing.
func TestNothingIsStoredBeforeAskedFor(t *testing.T) {
	t.Parallel()
	chromiumPath(t)
	b := newBrowser(t, serveDemo(t).base)
	const stored = `String(localStorage.length + sessionStorage.length + document.cookie.length)`
	for _, path := range []string{"/de/", "/de/faq/location", "/de/search?q=standort", "/de/coverage", "/de/since"} {
		b.open(path)
		if got := b.js(stored); got != "0" {
			t.Fatalf("%s stored something", path)
		}
	}
	b.until("the offer", `!document.getElementById("visit").hidden`)
	b.do(chromedp.Click(`[data-do="remember"]`))
	b.until("what is remembered", `localStorage.length === 1`)
	b.wants("#visit", "Ab jetzt hält Ihr Browser fest")
	// A visit long ago: everything since then is new.
	b.js(`localStorage.setItem("klartext.visit", JSON.stringify({seen: Date.parse("2026-01-01"), last: 0})), ""`)
	b.open("/de/since")
	b.until("what is new", `document.querySelectorAll("[data-new]:not([hidden])").length === 2`)
	b.wants("#visit", "Zuletzt waren Sie hier am 1. Januar 2026", "in der Liste markiert")
	b.open("/de/since") // the same visit goes on
	b.until("what is still new", `document.querySelectorAll("[data-new]:not([hidden])").length === 2`)
	b.do(chromedp.Click(`[data-do="forget"]`))
	b.until("forgetting", `localStorage.length === 0 && document.querySelectorAll("[data-new]:not([hidden])").length === 0`)
}

// TestWhatReadersFindFits looks at searching and looking back on a phone and on a wide screen.
func TestWhatReadersFindFits(t *testing.T) {
	t.Parallel()
	chromiumPath(t)
	b := newBrowser(t, serveDemo(t).base)
	for name, path := range map[string]string{
		"front": "/", "search": "/search?q=data", "search-near": "/search?q=datenschuzt", "search-none": "/search?q=xyzzy", "since": "/since", "since-day": "/since?date=2025-01-01",
		"as-of": "/as-of", "as-of-day": "/as-of/2025-06-01/", "as-of-topic": "/as-of/2025-06-01/topics/shop", "as-of-entry": "/as-of/2025-06-01/faq/location", "as-of-none": "/as-of?date=x",
		"coverage": "/coverage", "changes": "/changes", "missing": "/nothing",
	} {
		for _, lang := range []string{"de", "en"} {
			b.open("/" + lang + path)
			b.picture("find-" + name + "-" + lang)
		}
	}
}
