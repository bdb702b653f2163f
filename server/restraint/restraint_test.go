package restraint

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

func answer(kind, body string, headers ...string) Page {
	page := Page{Address: "/x", Status: http.StatusOK, Header: http.Header{}, Body: []byte(body)}
	page.Header.Set("Content-Type", kind)
	page.Header.Set("Referrer-Policy", "same-origin")
	for i := 0; i+1 < len(headers); i += 2 {
		page.Header.Set(headers[i], headers[i+1])
	}
	return page
}

const here = "https://data.example.org"

func TestCleanPages(t *testing.T) {
	for _, body := range []string{
		`<link rel="canonical" href="https://elsewhere.example/x"><link rel="alternate" href="https://elsewhere.example/feed"><a href="https://elsewhere.example/">x</a>`,
		`<link rel="icon" href="/static/1/favicon.svg"><img src="/media/a.png"><img src="https://data.example.org/media/a.png"><style>p{background:url(/a.png)}</style>`,
		`<p>Wir nutzen weder document.cookie noch localStorage, und laden nichts von //cdn.example.</p>`, `<img src="data:image/png;base64,AA">`, ``,
		`<script type="application/ld+json">{"@context":"https://schema.org"}</script><form action="/de/search"></form>`,
	} {
		if r := Look([]Page{answer("text/html; charset=utf-8", body)}, here); !r.Clean() || r.Scripts != 0 || r.Pages != 1 {
			t.Errorf("%s: %+v", body, r)
		}
	}
}

func TestAScriptOfManyPagesIsOne(t *testing.T) {
	one, two := answer("text/html", `<script src="/a.js"></script><script>a()</script>`), answer("text/html", `<script src="/a.js"></script><script src="/b.js"></script>`)
	if r := Look([]Page{one, two}, here); r.Scripts != 3 {
		t.Errorf("there are %d scripts", r.Scripts)
	}
}

func TestWhatIsFound(t *testing.T) {
	found := func(r Report) int { return len(r.Foreign) }
	for body, where := range map[string]func(Report) int{
		`<script src="https://cdn.example/x.js"></script>`:             found,
		`<img src="//cdn.example/x.png">`:                              found,
		`<img src="HTTPS://cdn.example/x.png">`:                        found,
		`<img src="https://data.example.org.evil.example/x.png">`:      found,
		`<img srcset="/a.png 1x, https://cdn.example/b.png 2x">`:       found,
		`<link rel="stylesheet" href="https://fonts.example/css">`:     found,
		`<link rel="dns-prefetch" href="//fonts.example">`:             found,
		`<style>@import "https://fonts.example/css";</style>`:          found,
		`<p style="background: url('https://cdn.example/a.png')">`:     found,
		`<a href="/x" ping="https://count.example/">x</a>`:             found,
		`<iframe src="https://video.example/1"></iframe>`:              found,
		`<object data="https://video.example/1"></object>`:             found,
		`<svg><image href="https://cdn.example/a.png"></image></svg>`:  found,
		`<video poster="https://cdn.example/a.png"></video>`:           found,
		`<script>localStorage.setItem("a", 1)</script>`:                func(r Report) int { return len(r.Storing) },
		`<script>document . cookie = "a=1"</script>`:                   func(r Report) int { return len(r.Storing) },
		`<script>/* @stores-on-request */ localStorage.a = 1</script>`: func(r Report) int { return len(r.Asking) },
	} {
		if r := Look([]Page{answer("text/html", body)}, here); where(r) != 1 || r.Clean() == (len(r.Asking) == 0) {
			t.Errorf("%s: %+v", body, r)
		}
	}
	for name, page := range map[string]Page{
		"cookie": answer("text/plain", "", "Set-Cookie", "id=1; Path=/"), "no policy": answer("text/plain", "", "Referrer-Policy", ""),
		"unsafe policy": answer("text/plain", "", "Referrer-Policy", "unsafe-url"), "script": answer("text/javascript; charset=utf-8", "// fine\nindexedDB.open('x')"),
		"style": answer("text/css", "p { background: url(https://cdn.example/a.png) }"), "broken": {Address: "/x", Status: 503, Header: http.Header{"Referrer-Policy": {"same-origin"}}},
	} {
		if r := Look([]Page{page}, here); r.Clean() {
			t.Errorf("%s is not found", name)
		}
	}
	if r := Look([]Page{answer("text/html", `<script src="/a.js"></script><link rel="stylesheet" href="https://data.example.org/b.css">`)}, here); strings.Join(r.Own, " ") != "/a.js /b.css" {
		t.Errorf("its own parts: %v", r.Own)
	}
	if r := Look([]Page{answer("text/javascript", "// uses no localStorage\n/* nor\ncaches.open */ let a = 1")}, here); !r.Clean() {
		t.Errorf("a comment stores nothing: %+v", r)
	}
}

func TestSchema(t *testing.T) {
	var r Report
	r.Schema([]string{"users.email", "deliveries.remote_id", "channels.settings", "sessions.token_hash", "versions.recipient", "posts.description"})
	if !r.Clean() || r.Tables != 6 || r.Columns != 6 {
		t.Errorf("%+v", r)
	}
	for _, column := range []string{"visits.ip", "a.remote_addr", "a.user_agent", "a.client_address", "a.last_ip", "a.Referer", "a.device_id"} {
		var r Report
		r.Schema([]string{column})
		if r.Clean() {
			t.Errorf("%s is not found", column)
		}
	}
}

func TestWatchedLog(t *testing.T) {
	var out strings.Builder
	watch := Watch(slog.NewTextHandler(&out, nil))
	log := slog.New(watch)
	log.Info("served", "route", "/de/")
	log.WithGroup("g").With("a", 1).Info("fine")
	if lines, leaks := watch.Seen(); lines != 2 || leaks != 0 {
		t.Errorf("%d lines, %d leaks", lines, leaks)
	}
	log.Info("asked", "by", From)
	log.With("a", 1).Info("asked by " + From)
	log.With("by", From)
	if lines, leaks := watch.Seen(); lines != 4 || leaks != 3 || strings.Count(out.String(), "\n") != 4 {
		t.Errorf("%d lines, %d leaks: %s", lines, leaks, out.String())
	}
}
