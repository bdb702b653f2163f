package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// foreignPage is a page of another site that puts everything into itself that can be put there.
const foreignPage = `<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Laden</title><script src="%[1]s/embed.js" defer></script><link rel="stylesheet" href="/site.css"></head>
<body>
<klartext-faq id="topic" topic="visiting" lang="de"><a href="%[1]s/de/topics/visiting">Fragen zum Laden</a></klartext-faq>
<klartext-faq id="entry" entry="location" lang="de-AT"></klartext-faq>
<klartext-faq id="english" entry="location" lang="en"></klartext-faq>
<klartext-faq id="upcoming" upcoming></klartext-faq>
<klartext-faq id="search" search></klartext-faq>
<klartext-faq id="nothing" topic="none"><span id="fallback">Bleibt stehen</span></klartext-faq>
<iframe id="frame" src="%[1]s/embed/de/faq/location" title="Standort"></iframe>
<iframe id="refused" src="%[1]s/de/faq/location" title="Seite"></iframe>
</body></html>`

// foreignPolicy is about the strictest that a page can have and still load a script from us.
const foreignPolicy = "default-src 'none'; script-src %[1]s; connect-src %[1]s; frame-src %[1]s; style-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// foreignSite serves one page from an origin of its own.
func foreignSite(t *testing.T, ours string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/site.css" {
			w.Header().Set("Content-Type", "text/css")
			_, _ = io.WriteString(w, "body { font-family: fantasy; max-width: 40rem; margin: auto; } iframe { width: 100%; height: 30rem; border: 0; }")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", fmt.Sprintf(foreignPolicy, ours))
		_, _ = fmt.Fprintf(w, foreignPage, ours)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// heard is what the browser complained of and asked for.
type heard struct {
	mu       sync.Mutex
	problems []string
	asked    []string
	cookies  []string
}

func (b *browser) listen() *heard {
	b.t.Helper()
	h := &heard{}
	err := chromedp.Listen(b.ctx, func(event any) {
		h.mu.Lock()
		defer h.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			h.problems = append(h.problems, fmt.Sprint(e.ExceptionDetails.Text))
		case *log.EventEntryAdded:
			h.problems = append(h.problems, e.Entry.Text+" "+e.Entry.URL)
		case *network.EventRequestWillBeSent:
			h.asked = append(h.asked, e.Request.URL)
		case *network.EventResponseReceivedExtraInfo:
			if strings.Contains(strings.ToLower(fmt.Sprint(e.Headers)), "set-cookie") {
				h.cookies = append(h.cookies, fmt.Sprint(e.Headers))
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, log.Enable, cdp.Empty{}); err != nil {
		b.t.Fatal(err)
	}
	return h
}

// inside is the shadow tree of an element of ours.
const inside = `document.getElementById(%q).shadowRoot`

func (b *browser) untilInside(id, want string) {
	b.t.Helper()
	b.until(id, fmt.Sprintf(inside+`?.textContent.replaceAll("\u00a0", " ").includes(%q)`, id, want))
}

func TestPartsStandOnAnotherSite(t *testing.T) {
	t.Parallel()
	chromiumPath(t)
	r := serveDemo(t)
	foreign := foreignSite(t, r.base)
	b := newBrowser(t, foreign)
	heard := b.listen()
	b.open("/")
	b.untilInside("topic", "Kameras")
	b.untilInside("entry", "Fassung 2")
	b.untilInside("english", "Version 2")
	b.untilInside("search", "Suchen")
	for expression, want := range map[string]string{
		`String(document.getElementById("fallback").checkVisibility())`:                              "true",
		`String(document.cookie.length + localStorage.length + sessionStorage.length)`:               "0",
		`getComputedStyle(` + fmt.Sprintf(inside, "topic") + `.querySelector("summary")).fontWeight`: "600",     // our style is there,
		`getComputedStyle(` + fmt.Sprintf(inside, "topic") + `.querySelector("summary")).fontFamily`: "fantasy", // and the page's own font
		fmt.Sprintf(inside, "entry") + `.querySelector(".klartext").lang`:                            "de",
		`new URL(` + fmt.Sprintf(inside, "entry") + `.querySelector("h2 a").href).origin`:            r.base,
		`String(` + fmt.Sprintf(inside, "topic") + `.querySelectorAll("details").length)`:            "3",
	} {
		if got := b.js(expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	b.searchEmbedded("Standortdaten", "Wissen Sie, wo ich bin?")
	b.searchEmbedded("standrot", "Wissen Sie, wo ich bin?")
	b.searchEmbedded("loeschen", "lösche")
	b.picture("embedded")
	heard.check(t, r.base, foreign)
}

// searchEmbedded asks the search box on the foreign page, which must answer without leaving it.
func (b *browser) searchEmbedded(query, want string) {
	b.t.Helper()
	b.js(fmt.Sprintf(`(() => { const form = `+inside+`.querySelector("form"); form.q.value = %q; form.requestSubmit(); return "" })()`, "search", query))
	b.until("searching "+query, fmt.Sprintf(inside+`.querySelector("li a")?.textContent.includes(%q)`, "search", want))
}

// check holds that the browser complained only of what it must, and asked nobody but the two sites.
func (h *heard) check(t *testing.T, ours, foreign string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	refused := false
	for _, problem := range h.problems {
		if strings.Contains(problem, "frame-ancestors") {
			refused = true
			continue
		}
		// A topic that is not there; an icon that this page has not; a search that this server may not have.
		if !strings.Contains(problem, "/embed/de/topics/none") && !strings.Contains(problem, "favicon") && !strings.Contains(problem, "/api/v1/search") {
			t.Errorf("the browser says: %s", problem)
		}
	}
	if !refused {
		t.Errorf("a whole page may stand in a frame; the browser said: %v", h.problems)
	}
	for _, address := range h.asked { // the browser draws its own page in a frame that is refused
		if !strings.HasPrefix(address, "data:image/png") && !strings.HasPrefix(address, ours+"/") && !strings.HasPrefix(address, foreign+"/") {
			t.Errorf("the page asked %s", address)
		}
	}
	if len(h.cookies) > 0 {
		t.Errorf("cookies: %v", h.cookies)
	}
}
