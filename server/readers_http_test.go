package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"klartext/content"
	"klartext/server/public/publictest"
)

func unpack(t *testing.T, encoding string, body io.Reader) string {
	t.Helper()
	switch encoding {
	case "br":
		body = brotli.NewReader(body)
	case "zstd":
		decoder := must(zstd.NewReader(body))(t)
		defer decoder.Close()
		body = decoder
	case "gzip":
		body = must(gzip.NewReader(body))(t)
	}
	return string(must(io.ReadAll(body))(t))
}

func TestEncodingsEtagsAndHead(t *testing.T) {
	for _, path := range []string{"/de/", "/de/faq/payment-data", "/de/faq/payment-data/v1...v2", "/de/changes.atom", "/sitemap.xml", "/robots.txt"} {
		r := newReaders(t, publictest.Shop())
		tags, plain := map[string]bool{}, ""
		// Identity comes last and so is unpacked from another encoding.
		for _, asked := range [][2]string{
			{"gzip, deflate, br, zstd", "br"},
			{"gzip;q=0, zstd;q=0.5", "zstd"},
			{"gzip, br;q=0", "gzip"},
			{"*", "gzip"},
			{"deflate", ""},
			{"", ""},
			{"br;q=0.000", ""},
		} {
			resp := r.get(t, path, "Accept-Encoding", asked[0])
			if got := resp.Header.Get("Content-Encoding"); resp.StatusCode != http.StatusOK || got != asked[1] {
				t.Fatalf("%s with %q: %d in %q, want %q", path, asked[0], resp.StatusCode, got, asked[1])
			}
			text := unpack(t, asked[1], resp.Body)
			if plain == "" {
				plain = text
			}
			if text != plain || text == "" {
				t.Errorf("%s differs in %q", path, asked[1])
			}
			tag := resp.Header.Get("ETag")
			tags[tag] = true
			checkCaching(t, r, path, asked[0], tag, resp)
		}
		if len(tags) != 4 {
			t.Errorf("%s has %d ETags for 4 encodings", path, len(tags))
		}
	}
}

func checkCaching(t *testing.T, r *readers, path, accept, tag string, resp *http.Response) {
	t.Helper()
	if !strings.HasPrefix(tag, `"`) || resp.Header.Get("Vary") != "Accept-Encoding" || !strings.Contains(resp.Header.Get("Content-Type"), "charset=utf-8") {
		t.Errorf("%s: ETag %s Vary %q Content-Type %q", path, tag, resp.Header.Get("Vary"), resp.Header.Get("Content-Type"))
	}
	for _, known := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		again := r.get(t, path, "Accept-Encoding", accept, "If-None-Match", known)
		if again.StatusCode != http.StatusNotModified || textOf(t, again) != "" || again.Header.Get("ETag") != tag || again.Header.Get("Cache-Control") == "" {
			t.Errorf("%s with If-None-Match %s: %d", path, known, again.StatusCode)
		}
	}
	if other := r.get(t, path, "Accept-Encoding", accept, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
		t.Errorf("%s with another tag: %d", path, other.StatusCode)
	}
	head := r.ask(t, http.MethodHead, path, "Accept-Encoding", accept)
	if head.StatusCode != http.StatusOK || textOf(t, head) != "" || head.Header.Get("ETag") != tag || head.ContentLength != resp.ContentLength {
		t.Errorf("HEAD %s: %d, %d bytes announced, want %d", path, head.StatusCode, head.ContentLength, resp.ContentLength)
	}
}

func TestHeadersOfReaders(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	for _, path := range []string{"/", "/de", "/de/", "/de/faq/postcards", "/de/nothing", "/ledger.jsonl", "/de/faq/payment-data/v1", "/de/changes.atom"} {
		resp := r.get(t, path, "Cookie", "klartext_session=x")
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=31536000; includeSubDomains", "Set-Cookie": "", "Server": "",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if policy := resp.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "script-src") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestAssetsMayBeKept(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	icon := r.page(t, "/de/", http.StatusOK).Find("link[rel=icon]").AttrOr("href", "")
	resp := r.get(t, icon, "Accept-Encoding", "br")
	if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") || resp.Header.Get("Content-Encoding") != "br" {
		t.Errorf("%s: %d %v", icon, resp.StatusCode, resp.Header)
	}
	parts := strings.Split(icon, "/")
	parts[2] = "0123456789abcdef"
	if old := r.get(t, strings.Join(parts, "/")); old.StatusCode != http.StatusOK || strings.Contains(old.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("an old address: %d %q", old.StatusCode, old.Header.Get("Cache-Control"))
	}
	for _, path := range []string{"/static/", "/static/x/../../go.mod", "/static/x/static.go", "/static/x/%2e%2e/go.mod"} {
		if resp := r.get(t, path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestLedgerAsJSONLines(t *testing.T) {
	store := publictest.Shop()
	for range 700 { // more than one batch
		store.Publish(content.Change{Slug: "more", PublishedAt: publictest.At("2026-01-01")})
	}
	r := newReaders(t, store)
	for _, encoding := range []string{"", "gzip", "zstd", "br"} {
		resp := r.get(t, "/ledger.jsonl", "Accept-Encoding", encoding)
		lines := json.NewDecoder(bytes.NewReader([]byte(unpack(t, resp.Header.Get("Content-Encoding"), resp.Body))))
		want := int64(1)
		for ; lines.More(); want++ {
			var line struct {
				Seq  int64
				At   time.Time
				Body content.LedgerBody
			}
			if err := lines.Decode(&line); err != nil {
				t.Fatal(err)
			}
			if line.Seq != want || line.At.IsZero() || line.Body.Change == "" {
				t.Fatalf("row %d is %+v", want, line)
			}
		}
		if want < 700 {
			t.Errorf("only %d rows came in %q", want, encoding)
		}
		if again := r.get(t, "/ledger.jsonl", "If-None-Match", resp.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("the ledger again: %d", again.StatusCode)
		}
	}
	if head := r.ask(t, http.MethodHead, "/ledger.jsonl"); head.StatusCode != http.StatusOK || textOf(t, head) != "" {
		t.Errorf("HEAD: %d", head.StatusCode)
	}
}
