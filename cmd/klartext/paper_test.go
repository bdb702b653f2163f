package main

import (
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// TestPagesFitPaperAndGlass prints the longest entries of the demo, each on one page of A4, and looks at every kind of
// page in a window of 320 pixels, which is a common one at 400 % zoom. `make audit` does both for all pages.
func TestPagesFitPaperAndGlass(t *testing.T) {
	site := serveDemo(t)
	b := newBrowser(t, site.base)
	for _, path := range []string{"/de/faq/delivery", "/en/faq/delivery", "/de/faq/order-data", "/en/faq/loyalty-card"} {
		b.open(path)
		if n := len(pdfPage.FindAll(b.print(), -1)); n != 1 {
			t.Errorf("%s takes %d pages of paper", path, n)
		}
	}
	b.do(chromedp.EmulateViewport(320, 640))
	for _, path := range []string{
		"/de/", "/de/faq/delivery", "/de/policies/privacy", "/de/changes/delivery-to-austria", "/de/search?q=daten", "/de/faq/delivery/v1...v3",
		"/de/faq/delivery/versions", "/de/coverage", "/de/about-this-site", "/de/as-of/2026-01-01/", "/embed/de/policies/privacy",
	} {
		b.open(path)
		if wide := b.js(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); wide != "0" {
			t.Errorf("%s sticks out by %s pixels at 400 %% zoom", path, wide)
		}
	}
}

// print is the page on A4, as a PDF.
func (b *browser) print() []byte {
	b.t.Helper()
	result, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		b.t.Fatal(err)
	}
	return result.Data
}
