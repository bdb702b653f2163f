package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"klartext/content/storetest"
	"klartext/server/restraint"
)

// marks are an address, browser and origin that stand nowhere but in our own requests.
var marks = map[string]string{
	"X-Forwarded-For": "203.0.113.77", "X-Real-Ip": "203.0.113.78", "Forwarded": "for=203.0.113.79", "Cf-Connecting-Ip": "2001:db8::4242",
	"User-Agent": "Marked-Browser/77", "Referer": "https://where-i-come-from.example/secret", "Cookie": "marked=cookie77", "From": "me77@example.org",
}

// TestNothingAboutReadersIsKept asks for everything as readers do, also wrongly, with every header that speaks of them, and then
// reads the whole log and every value in every table.
func TestNothingAboutReadersIsKept(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := database(t)
			log := askForEverything(t, address)
			for line := range strings.Lines(log) {
				if mark := markIn(line); mark != "" {
					t.Errorf("the log holds %q: %s", mark, line)
				}
			}
			if n := storetest.EveryValue(t, address, func(column, value string) {
				if mark := markIn(value); mark != "" {
					t.Errorf("%s holds %q: %.200s", column, mark, value)
				}
			}); n < 500 {
				t.Errorf("only %d values were read", n)
			}
		})
	}
}

// markIn is what in a text speaks of the reader; the port of the connection does, too.
func markIn(text string) string {
	for _, mark := range marks {
		if strings.Contains(text, mark) {
			return mark
		}
	}
	for _, part := range []string{"203.0.113.7", "where-i-come-from", "cookie77", "2001:db8", `"127.0.0.1"`, restraint.From} {
		if strings.Contains(text, part) {
			return part
		}
	}
	return ""
}

// askForEverything serves the demo site on a database, asks, stops, and gives the log.
func askForEverything(t *testing.T, database string) string {
	t.Helper()
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, base: "http://" + address, dir: t.TempDir()}
	r.args = []string{"--data", r.dir, "--listen", address, "--database-url", database, "--trusted-proxies", "127.0.0.0/8", "--log", "debug"}
	r.run(t, "demo")
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	out, log, done := &safeBuffer{}, &safeBuffer{}, make(chan int, 1)
	go func() { done <- run(ctx, append([]string{"serve"}, r.args...), strings.NewReader(""), out, log) }()
	r.awaitReady(t, done, log)
	for _, path := range []string{
		"/", "/de/", "/en/", "/de/faq/location", "/de/faq/location/v1...v2", "/de/faq/location.atom", "/de/changes", "/de/changes.ics", "/de/topics/visiting.json",
		"/de/about-this-site", "/embed.js", "/embed/de/topics/visiting.html", "/embed/de/search.json", "/oembed?url=x", "/ledger.jsonl", "/sitemap.xml",
		"/de/nothing", "/de/faq/location/v0", "/%2e%2e/x", "/de/search?q=secret", "/de/faq/location/versions?from=2&to=1", "/admin/", "/api/v1/changes", "/api/v1/nothing",
	} {
		r.ask(t, http.MethodGet, path, nil)
	}
	for range 7 { // until the login slows down
		r.ask(t, http.MethodPost, "/admin/login", url.Values{"email": {"author@example.org"}, "password": {"wrong"}})
	}
	r.ask(t, http.MethodPost, "/api/v1/entries", url.Values{"x": {"y"}})
	r.ask(t, http.MethodPost, "/de/faq/location", url.Values{"x": {"y"}})
	stop()
	if code := <-done; code != exitDone {
		t.Fatalf("serve ended with %d: %s", code, log)
	}
	return log.String()
}

func (r *running) ask(t *testing.T, method, path string, form url.Values) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, r.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range marks {
		request.Header.Set(name, value)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(path, "/admin") && answer.Header.Get("Set-Cookie") != "" {
		t.Errorf("%s sets a cookie: %s", path, answer.Header.Get("Set-Cookie"))
	}
	// One page names the address from which the site looks at itself.
	if mark := markIn(fmt.Sprint(answer.Header) + strings.ReplaceAll(string(body), restraint.From, "")); mark != "" {
		t.Errorf("%s answers with %q", path, mark)
	}
}
