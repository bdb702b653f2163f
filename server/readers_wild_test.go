package server_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"klartext/server/public/publictest"
)

// wire is the app behind a real socket, for what no client library would send.
type wire struct {
	t       *testing.T
	address string
}

func newWire(t *testing.T) *wire {
	t.Helper()
	r := newReaders(t, publictest.Shop())
	listener := must((&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0"))(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx, listener, time.Second) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return &wire{t, listener.Addr().String()}
}

// raw sends bytes and reads the last of as many answers.
func (w *wire) raw(bytes string, answers int) (*http.Response, string) {
	w.t.Helper()
	conn := must((&net.Dialer{}).DialContext(w.t.Context(), "tcp", w.address))(w.t)
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		w.t.Fatal(err)
	}
	go func() { _, _ = io.WriteString(conn, bytes) }() // the answer may come before all is sent
	reader := bufio.NewReader(conn)
	for {
		resp, err := http.ReadResponse(reader, nil)
		if err != nil {
			w.t.Fatalf("%.60q: %v", bytes, err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if answers--; answers == 0 || err != nil {
			return resp, strings.ReplaceAll(string(body), "\u00a0", " ")
		}
	}
}

const (
	shopHost = "Host: daten.shop.example\r\n"
	german   = "Accept-Language: de\r\n"
	english  = "Accept-Language: en\r\n"
)

// TestMethodsNobodyKnows: 405 with what the address takes, in the reader's language.
func TestMethodsNobodyKnows(t *testing.T) {
	w := newWire(t)
	for _, method := range []string{"TRACE", "CONNECT", "PROPFIND", "FOO", "get", "Post", "PURGE"} {
		for path, allow := range map[string]string{
			"/de/": "GET, HEAD, OPTIONS", "/de/faq/nothing": "GET, HEAD, OPTIONS", "/de/ask": "GET, HEAD, OPTIONS, POST", "/healthz": "GET, HEAD, OPTIONS",
			"/api/v1/entries": "GET, HEAD, POST", "/api/v1/search": "GET, HEAD", "/admin": "GET, HEAD, POST", "/admin/login": "GET, HEAD, POST",
		} {
			for lang, says := range map[string]string{german: "Das geht unter dieser Adresse nicht.", english: "That is not possible at this address."} {
				if strings.HasPrefix(path, "/de/") && lang == english {
					continue // the address names a language
				}
				resp, text := w.raw(method+" "+path+" HTTP/1.1\r\n"+shopHost+lang+"\r\n", 1)
				if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != allow || !strings.Contains(text, says) || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
					t.Errorf("%s %s: %d, Allow %q: %.200s", method, path, resp.StatusCode, resp.Header.Get("Allow"), text)
				}
			}
		}
	}
	if resp, text := w.raw("FOO /api/v1/nothing HTTP/1.1\r\n"+shopHost+"\r\n", 1); resp.StatusCode != http.StatusNotFound || !strings.Contains(text, "no_route") {
		t.Errorf("an address that is not there: %d %s", resp.StatusCode, text)
	}
	if resp, _ := w.raw("GET /de HTTP/1.1\r\n"+shopHost+"\r\nFOO /de/ HTTP/1.1\r\n"+shopHost+"\r\nGET /de/ HTTP/1.1\r\n"+shopHost+"\r\n", 3); resp.StatusCode != http.StatusOK {
		t.Errorf("the connection does not live on: %d", resp.StatusCode)
	}
}

// TestRequestsThatAreNone are answered with a plain page, in a language that the reader can be taken to know.
func TestRequestsThatAreNone(t *testing.T) {
	w := newWire(t)
	long := strings.Repeat("a", 9000)
	for _, c := range []struct {
		request string
		status  int
		says    string
	}{
		{"GET /de/" + long + " HTTP/1.1\r\n" + shopHost + "\r\n", 414, "Diese Adresse ist zu lang."},
		{"GET /en/search?q=" + long + " HTTP/1.1\r\n" + shopHost + "\r\n", 414, "This address is too long."},
		{"GET /api/v1/search?lang=en&q=" + long + " HTTP/1.1\r\n" + shopHost + "\r\n", 414, `"code":"address_too_long"`},
		{long + " / HTTP/1.1\r\n" + shopHost + "\r\n", 414, "Diese Adresse ist zu lang."},
		{"GET /de/ HTTP/1.1\r\n" + shopHost + "X-A: " + long + "\r\n\r\n", 431, "zu lange Kopfzeilen"},
		{"GET /en/ HTTP/1.1\r\n" + shopHost + german + "X-A: " + long + "\r\n\r\n", 431, "headers of this request are too long"},
		{"GET / HTTP/1.1\r\n" + shopHost + english + "X-A: " + long + "\r\n\r\n", 431, "headers of this request are too long"},
		{"GET / HTTP/1.1\r\n" + shopHost + strings.Repeat("X-A: a\r\n", 2000) + "\r\n", 431, "zu lange Kopfzeilen"},
		{"GET /api/v1/entries HTTP/1.1\r\n" + shopHost + english + "X-A: " + long + "\r\n\r\n", 431, `"code":"header_too_large"`},
		{"GET /\r\n\r\n", 400, "nicht zu verstehen"},
		{"GET /en/ http/1.1\r\n" + shopHost + "\r\n", 400, "cannot be understood"},
		{"GET\t/de/\tHTTP/1.1\r\n" + shopHost + "\r\n", 400, "nicht zu verstehen"},
		{"GET  HTTP/1.1\r\n" + shopHost + "\r\n", 400, "nicht zu verstehen"},
		{"GET /de/a b HTTP/1.1\r\n" + shopHost + "\r\n", 400, "nicht zu verstehen"},
		{"GET /de/\x00 HTTP/1.1\r\n" + shopHost + "\r\n", 400, "nicht zu verstehen"},
		{"G\x00T /en/ HTTP/1.1\r\n" + shopHost + "\r\n", 400, "cannot be understood"},
		{"\x16\x03\x01\x02\x00\r\n\r\n", 400, "nicht zu verstehen"},
		{"GET * HTTP/1.1\r\n" + shopHost + "\r\n", 400, "nicht zu verstehen"},
		{"POST /de/ask HTTP/1.1\r\n" + shopHost + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, "nicht zu verstehen"},
		{"POST /de/ask HTTP/1.1\r\n" + shopHost + "Content-Length: -1\r\n\r\n", 400, "nicht zu verstehen"},
		{"POST /de/ask HTTP/1.1\r\n" + shopHost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "nicht zu verstehen"},
		{"POST /de/ask HTTP/1.1\r\n" + shopHost + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "nicht zu verstehen"},
	} {
		resp, text := w.raw(c.request, 1)
		if resp.StatusCode != c.status || !strings.Contains(text, c.says) || strings.Contains(text, "aaaa") {
			t.Errorf("%.70q: %d, want %d and %q: %.300s", c.request, resp.StatusCode, c.status, c.says, text)
		}
		if !resp.Close {
			t.Errorf("%.70q: the connection stays open", c.request)
		}
	}
}

// TestHostsAndTargets: whatever a request says of the host, links and redirects come from the site's own address.
func TestHostsAndTargets(t *testing.T) {
	w := newWire(t)
	for _, c := range []struct {
		target, headers string
		status          int
	}{
		{"/de", "", 400},
		{"/de", "Host: \r\n", 400},
		{"/de", shopHost + "Host: evil.example\r\n", 400},
		{"/de", "Host: evil.example\r\n" + shopHost, 400},
		{"/de", shopHost + shopHost, 400},
		{"/de", "Host: evil.example\r\n", 400},
		{"/de", "Host: daten.shop.example:81\r\n", 400},
		{"/de", "Host: daten.shop.example evil.example\r\n", 400},
		{"/de", "Host: daten.shop.example,evil.example\r\n", 400},
		{"/de", "Host: evil.example@daten.shop.example\r\n", 400},
		{"/de", "Host: daten.shop.example.\r\n", 400},
		{"/de", "Host: daten.shop.example\x00evil.example\r\n", 400},
		{"/de", "Host : daten.shop.example\r\n", 400},
		{"/de", "Host: daten.shop.example\r\n evil.example\r\n", 400},
		{"http://evil.example/de", shopHost, 400},
		{"https://evil.example/de", "Host: evil.example\r\n", 400},
		{"http://daten.shop.example/de", "Host: evil.example\r\n", 400},
		{"http://daten.shop.example/de", shopHost, 301},
		{"/de", "Host: DATEN.Shop.example\r\n", 301},
		{"/de", shopHost + "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Forwarded-Proto: http\r\nX-Forwarded-For: 1.2.3.4\r\n", 301},
		{"//evil.example/", shopHost, 404},
		{"/\\evil.example", shopHost, 404},
		{"/de/%2e%2e/admin", shopHost, 404},
		{"/de%2ffaq", shopHost, 404},
		{"/de/faq/%00", shopHost, 404},
		{"/de/faq/\xff\xfe", shopHost, 404},
		{"/de/faq/%ff%fe", shopHost, 404},
		{"/de/../de", shopHost, 404},
	} {
		resp, text := w.raw("GET "+c.target+" HTTP/1.1\r\n"+c.headers+german+"\r\n", 1)
		location := resp.Header.Get("Location")
		if resp.StatusCode != c.status || strings.Contains(text+location, "evil") || c.status == 301 && location != "/de/" {
			t.Errorf("%q with %q: %d to %q, want %d: %.200s", c.target, c.headers, resp.StatusCode, location, c.status, text)
		}
	}
	resp, text := w.raw("GET /de/faq/parcel HTTP/1.1\r\nHost: DATEN.SHOP.EXAMPLE\r\nX-Forwarded-Host: evil.example\r\n\r\n", 1)
	if resp.StatusCode != http.StatusOK || !strings.Contains(text, `rel=canonical href="`+readersBase+"/de/faq/parcel") && !strings.Contains(text, `rel="canonical" href="`+readersBase+"/de/faq/parcel") {
		t.Errorf("canonical is not the site's own address: %d", resp.StatusCode)
	}
}

// TestConditionsInAllForms adds what TestConditionsAndRanges leaves out: dates, HEAD, and headers that are said twice or are too long.
func TestConditionsInAllForms(t *testing.T) {
	w := newWire(t)
	resp, _ := w.raw("GET /de/ HTTP/1.1\r\n"+shopHost+"\r\n", 1)
	tag := resp.Header.Get("ETag")
	for _, c := range []struct {
		headers string
		status  int
	}{
		{"If-None-Match: \"a\"\r\nIf-None-Match: " + tag + "\r\n", 200},
		{"If-None-Match: w/" + tag + "\r\n", 200},
		{"If-None-Match: " + strings.Trim(tag, `"`) + "\r\n", 200},
		{"If-None-Match: \"*\"\r\n", 200},
		{"If-None-Match:\r\n", 200},
		{"If-None-Match: W/\"a\" , W/" + tag + "\r\n", 304},
		{"If-Modified-Since: Mon, 31 Feb 2035 00:00:00 GMT\r\n", 200},
		{"If-Modified-Since: yesterday\r\n", 200},
		{"If-Modified-Since: 99999999999999999999\r\n", 200},
		{"If-Modified-Since: Mon, 01 Jan 0000 00:00:00 GMT\r\n", 200},
		{"If-None-Match: \"a\"\r\nIf-Modified-Since: Mon, 01 Jan 2035 00:00:00 GMT\r\n", 200},
		{"Range: bytes=0-1,5-6\r\nIf-Range: " + tag + "\r\n", 200},
		{"Range: bytes=5-1\r\n", 200},
		{"Range: bytes=\r\n", 200},
		{"Range: bytes=0-\r\nIf-Range: Mon, 01 Jan 2001 00:00:00 GMT\r\n", 200},
		{"Accept-Language: " + strings.Repeat("xx,", 2600) + "\r\n", 200},
		{"Accept-Encoding: " + strings.Repeat("br;q=0,", 1000) + "\r\n", 200},
		{"Accept: " + strings.Repeat("a/b,", 1900) + "\r\n", 200},
		{"Cookie: " + strings.Repeat("a=b; ", 1500) + "\r\n", 200},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			request := method + " /de/ HTTP/1.0\r\n" + shopHost + c.headers + "\r\n"
			got, body := w.raw(request, 1)
			if got.StatusCode != c.status || c.status == 200 && got.Header.Get("ETag") != tag || got.Header.Get("Content-Range") != "" || (body == "") != (c.status != 200 || method == "HEAD") {
				t.Errorf("%s with %.60q: %d, %d bytes, ETag %q", method, c.headers, got.StatusCode, len(body), got.Header.Get("ETag"))
			}
		}
	}
}

func TestDaysAndVersionsThatAreNone(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for path, status := range map[string]int{
		"/de/as-of/2026-02-31/": 404, "/de/as-of/0000-01-01/": 404, "/de/as-of/9999-12-31/": 404, "/de/as-of/2026-2-1/": 404, "/de/as-of/-/": 404, "/de/as-of/2025-01-01T00:00/": 404,
		"/de/as-of?date=2026-02-31": 400, "/de/as-of?date=9999-12-31": 400, "/de/since?date=9999-12-31": 400, "/de/since?date=0000-00-00": 400, "/de/since?date=%00": 400,
		"/de/since?change=%ff": 404, "/de/since?date=2025-01-01&change=first": 200, "/de/since?date=": 200, "/de/since?date=2025-01-01&date=x": 200,
		"/de/faq/payment-data/v1...v1": 200, "/de/faq/payment-data/v2...v1": 200, "/de/faq/payment-data/v5...v1": 404, "/de/faq/payment-data/v01...v2": 404,
		"/de/faq/payment-data/v1...v2...v3": 404, "/de/faq/payment-data/v+1": 404, "/de/faq/payment-data/v1%20": 404, "/de/faq/payment-data/V1": 404, "/fr/": 404, "/fr/faq/parcel": 404, "/deu/": 404,
	} {
		page := r.page(t, path, status, "Accept-Language", "de")
		if page.Find("html").AttrOr("lang", "") != "de" || page.Find("h1").Text() == "" {
			t.Errorf("%s is no German page", path)
		}
		if (status == 400 || strings.Contains(path, "as-of")) && page.Find("[role=alert]").Length() != 1 {
			t.Errorf("%s does not say what is wrong", path)
		}
	}
}
