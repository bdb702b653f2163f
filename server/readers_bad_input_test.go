package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/server/public/publictest"
)

// publicAddresses are one address of every kind that readers have.
var publicAddresses = []string{
	"/", "/de/", "/de/topics/orders", "/de/faq/payment-data", "/de/faq/postcards", "/de/faq/payment-data/versions", "/de/faq/payment-data/v1",
	"/de/faq/payment-data/v1...v2", "/de/policies/privacy", "/de/changes", "/de/changes/shorter", "/de/changes.atom", "/de/faq/payment-data.atom",
	"/de/search?q=zahlung", "/de/since", "/de/since?date=2025-01-01", "/de/since?change=first", "/de/as-of", "/de/as-of/2025-01-01/", "/de/as-of/2025-01-01/faq/parcel",
	"/de/as-of/2025-01-01/topics/orders", "/de/coverage", "/sitemap.xml", "/robots.txt", "/ledger.jsonl", "/de/nothing",
}

func TestEveryAddressKnowsItsMethods(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range publicAddresses {
		got := r.get(t, path)
		text := textOf(t, got)
		head := r.ask(t, http.MethodHead, path)
		if head.StatusCode != got.StatusCode || textOf(t, head) != "" || head.Header.Get("ETag") != got.Header.Get("ETag") || head.Header.Get("Content-Type") != got.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d %v, GET %d %v", path, head.StatusCode, head.Header, got.StatusCode, got.Header)
		}
		if text == "" && got.StatusCode/100 != 3 {
			t.Errorf("GET %s is empty", path)
		}
		if options := r.ask(t, http.MethodOptions, path); options.StatusCode != http.StatusNoContent || options.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("OPTIONS %s: %d, %q", path, options.StatusCode, options.Header.Get("Allow"))
		}
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			resp := r.ask(t, method, path)
			if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") == "" || !strings.Contains(textOf(t, resp), "</html>") {
				t.Errorf("%s %s: %d, Allow %q", method, path, resp.StatusCode, resp.Header.Get("Allow"))
			}
		}
		for name := range got.Header {
			if name == "Set-Cookie" || strings.HasPrefix(name, "Access-Control") {
				t.Errorf("GET %s sends %s", path, name)
			}
		}
	}
}

func TestConditionsAndRanges(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range []string{"/de/", "/de/faq/payment-data", "/de/faq/payment-data/v1...v2", "/de/search?q=zahlung", "/de/as-of/2025-01-01/", "/de/since", "/de/coverage", "/de/changes.atom"} {
		tag := r.get(t, path).Header.Get("ETag")
		for _, c := range []struct {
			header, value string
			status        int
		}{
			{"If-None-Match", tag, 304},
			{"If-None-Match", "W/" + tag, 304},
			{"If-None-Match", `"a", ` + tag + `,`, 304},
			{"If-None-Match", "*", 304},
			{"If-None-Match", `"a"`, 200},
			{"If-None-Match", `,,"`, 200},
			{"If-None-Match", strings.Repeat(`"a",`, 900), 200},
			{"If-Match", tag, 200},
			{"If-Match", "*", 200},
			{"If-Match", `"a"`, 412},
			{"If-Match", "W/" + tag, 412},
			{"If-Modified-Since", "Mon, 01 Jan 2035 00:00:00 GMT", 200},
			{"If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 200},
			{"Range", "bytes=0-10", 200},
			{"Range", "bytes=-0", 200},
			{"Range", "bytes=99999999-", 200},
			{"Range", "bytes=" + strings.Repeat("0-1,", 900) + "2-3", 200},
			{"Range", "cats=1-2", 200},
			{"If-Range", tag, 200},
		} {
			resp := r.get(t, path, c.header, c.value)
			if text := textOf(t, resp); resp.StatusCode != c.status || (text == "") != (c.status != 200) {
				t.Errorf("%s with %s %.20q: %d with %d bytes, want %d", path, c.header, c.value, resp.StatusCode, len(text), c.status)
			}
		}
	}
}

func TestWildAddresses(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range []string{
		"/de/faq%2Fpayment-data", "/de%2Ffaq/payment-data", "/de/faq/payment%2Ddata", "/de/./faq/payment-data", "/de/faq/../faq/payment-data", "/de/faq/..%2f..%2fetc%2fpasswd",
		"/de/faq/%", "/de/faq/%ff", "/de/faq/%00", "/de\\faq\\x", "/%64e/", "/xx/faq/payment-data", "/DE/", "/de/faq/payment-data/v0", "/de/faq/payment-data/v999999", "/de/faq/payment-data/v-1",
		"/de/faq/payment-data/v1...v0", "/de/faq/payment-data/v1...v999999", "/de/faq/payment-data/%76%31", "/" + strings.Repeat("a/", 3000), "/de/" + strings.Repeat("%41", 2000), "/%2fevil.example/..",
		"/de/as-of/2025-01-01/faq/payment-data/v1", "/de/as-of/2025-13-01/", "/de/as-of//", "/de/since/x", "/de/%E2%80%AE", "/;/", "/de;x=1/", "/~root", "/.git/config", "/.env", "/wp-login.php", "/de/search/../../admin",
		"//evil.example", "/\\evil.example/", "//evil.example/de/", "/de//faq/parcel", "///",
	} {
		resp := r.get(t, path, "Accept-Language", "de")
		text := textOf(t, resp)
		doc := must(goquery.NewDocumentFromReader(strings.NewReader(text)))(t)
		h1 := doc.Find("h1").Text()
		if resp.StatusCode != http.StatusNotFound || h1 != "Hier ist nichts" && doc.Find("[role=alert]").Length() == 0 || resp.Header.Get("Location") != "" {
			t.Errorf("%.60s: %d %q to %q", path, resp.StatusCode, h1, resp.Header.Get("Location"))
		}
		if strings.Contains(text, "evil.example") || strings.Contains(text, "passwd") {
			t.Errorf("%.60s: what was asked for comes back", path)
		}
	}
	if vary := r.get(t, "/nothing").Header.Get("Vary"); !strings.Contains(vary, "Accept-Language") {
		t.Errorf("the language of the answer depends on the reader, but Vary is %q", vary)
	}
}

// TestHeadersDoNotPoison: no header that a cache does not know changes what is answered.
func TestHeadersDoNotPoison(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range publicAddresses {
		plain := r.get(t, path)
		want, location := textOf(t, plain), plain.Header.Get("Location")
		for _, header := range [][2]string{
			{"X-Forwarded-Host", "evil.example"},
			{"X-Forwarded-Proto", "http"},
			{"X-Forwarded-Prefix", "/evil"},
			{"X-Forwarded-Port", "81"},
			{"Forwarded", "host=evil.example"},
			{"X-Original-URL", "/admin"},
			{"X-Rewrite-URL", "/admin"},
			{"X-Host", "evil.example"},
			{"X-HTTP-Method-Override", "DELETE"},
			{"Origin", "https://evil.example"},
			{"Referer", "https://evil.example/"},
			{"Cookie", "__Host-klartext=x; lang=en"},
			{"Authorization", "Bearer x"},
			{"User-Agent", "evil"},
			{"Sec-GPC", "1"},
			{"Save-Data", "on"},
		} {
			resp := r.get(t, path, header[0], header[1])
			if text := textOf(t, resp); text != want || resp.StatusCode != plain.StatusCode || resp.Header.Get("Location") != location {
				t.Errorf("%s with %s: %d to %q, %d bytes instead of %d", path, header[0], resp.StatusCode, resp.Header.Get("Location"), len(text), len(want))
			}
		}
	}
}

// TestForeignHostsAreRefused on every kind of page, before anything is looked up.
func TestForeignHostsAreRefused(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range publicAddresses {
		for _, host := range []string{"evil.example", "daten.shop.example.evil.example", "daten.shop.example:81", "daten.shop.example@evil.example", "", "[::1"} {
			req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, readersBase+path, nil))(t)
			req.Host = host
			if host == "" {
				req.Host = "x"
			}
			resp, err := r.App().Test(req, -1)
			if err != nil {
				continue // not even a request
			}
			if text := textOf(t, resp); resp.StatusCode != http.StatusBadRequest || strings.Contains(text, "evil.example") {
				t.Errorf("%s at %q: %d", path, host, resp.StatusCode)
			}
			_ = resp.Body.Close()
		}
	}
}

func TestAddressesOfFormsTakeThem(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range []string{"/de/ask", "/de/faq/payment-data/v1/vote"} {
		for method, status := range map[string]int{http.MethodOptions: http.StatusNoContent, http.MethodPut: http.StatusMethodNotAllowed} {
			if resp := r.ask(t, method, path); resp.StatusCode != status || resp.Header.Get("Allow") != "GET, HEAD, OPTIONS, POST" {
				t.Errorf("%s %s: %d, Allow %q", method, path, resp.StatusCode, resp.Header.Get("Allow"))
			}
		}
	}
}
