package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestNothingIsStoredBeforeAskedFor reads the site in a real browser: nothing is
// kept before the reader asks, what is new is marked afterwards, and forgetting leaves nothing.
func TestNothingIsStoredBeforeAskedFor(t *testing.T) {
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
