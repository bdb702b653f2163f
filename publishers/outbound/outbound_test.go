package outbound

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func get(t *testing.T, c *http.Client, url string) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(req)
	if err == nil {
		t.Cleanup(func() { _ = resp.Body.Close() })
	}
	return resp, err
}

func TestPrivateAddressesAreNeverConnected(t *testing.T) {
	var connections atomic.Int32
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { connections.Add(1) }))
	defer server.Close()
	client := New(Options{Timeout: 300 * time.Millisecond})
	for _, url := range []string{
		server.URL, "https://127.0.0.1/", "https://127.1/", "https://0x7f.1/", "https://2130706433/", "https://0177.0.0.1/",
		"https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
		"https://[fe80::1%25lo]/", "https://10.0.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://0.0.0.0/",
		"https://100.64.0.1/", "https://①②⑦.⓪.⓪.①/", "https://user@127.0.0.1/", "https://localhost/", "https://[fd00::1]/", "https://[::]/",
		"https://198.51.100.1/", "http://127.0.0.1/", "https://0x7f000001/", "https://017700000001/", "https://0177.0x0.1/", "https://127.0.0.1./",
		"https://127。0。0。1/", "https://127.0.0.1%2e/", "https://127%2e0%2e0%2e1/", "https://[::127.0.0.1]/", "https://[::ffff:7f00:1]/",
		"https://[0:0:0:0:0:ffff:127.0.0.1]/", "https://[64:ff9b:1::7f00:1]/", "https://[2001:0:7f00:1::]/", "https://[fec0::1]/", "https://[ff02::1]/",
		"https://[::1%25lo]/", "https://example.com:443@127.0.0.1/", "https://127.0.0.1:443\\@example.com/", "https://localhost./", "https://ip6-localhost/",
		"https://[5f00::1]/", "https://[100::1]/", "https://224.0.0.1/", "https://255.255.255.255/", "https://192.0.0.192/", "https://198.18.0.1/",
	} {
		if _, err := get(t, client, url); err == nil {
			t.Errorf("%s: connected", url)
		}
	}
	if n := connections.Load(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"8.8.8.8": true, "172.15.255.255": true, "172.16.0.1": false, "172.32.0.1": true, "192.0.2.7": false, "224.0.0.1": false, "255.255.255.255": false,
		"2a00:1450::1": true, "2001:db8::1": false, "fe80::1": false, "::1": false, "2002::1": false, "3fff::1": false, "::ffff:8.8.8.8": true,
		"::ffff:10.1.1.1": false, "64:ff9b::808:808": false,
	} {
		if got := public(netip.MustParseAddr(addr)); got != want {
			t.Errorf("public(%s) = %v", addr, got)
		}
	}
}

func TestServer(t *testing.T) {
	for typed, want := range map[string]string{
		"example.social": "https://example.social", " https://example.social/ ": "https://example.social", "Bücher.example": "https://xn--bcher-kva.example",
		"https://example.social:443": "https://example.social", "EXAMPLE.social.": "https://example.social",
	} {
		if u, err := Server(typed, false); err != nil || u.String() != want {
			t.Errorf("Server(%q) = %v, %v; want %s", typed, u, err, want)
		}
	}
	for _, typed := range []string{
		"", "http://example.social", "example.social:8443", "127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::1]", "localhost", "user@example.social",
		"0x7f000001", "017700000001", "127。0。0。1", "127.0.0.1.", "example.social:80", "//example.social", "example.social#x", "https:example.social",
		"example.social/../x", "example.social\\@127.0.0.1", "example.social%2f.local", "exa\tmple.social", "example..social", "[::ffff:127.0.0.1]", "0177.0.0.1",
		"example.social/path", "example.social?x=1", "ftp://example.social", "https://", "a b.example", "①②⑦.⓪.⓪.①", "javascript:alert(1)", "[fe80::1%25eth0]",
	} {
		if u, err := Server(typed, false); err == nil {
			t.Errorf("Server(%q) = %v, want an error", typed, u)
		}
	}
	if u, err := Server("http://127.0.0.1:8081", true); err != nil || u.String() != "http://127.0.0.1:8081" {
		t.Errorf("with private networks allowed: %v, %v", u, err)
	}
	if _, err := Address("example.com/hook", false); err == nil {
		t.Error("a webhook's address without scheme was taken")
	}
	if u, err := Address("https://example.com/hook?a=b", false); err != nil || u.String() != "https://example.com/hook?a=b" {
		t.Errorf("Address = %v, %v", u, err)
	}
}

func TestNoRedirectIsFollowed(t *testing.T) {
	var second atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/second" {
			second.Add(1)
		}
		http.Redirect(w, r, "/second", http.StatusMovedPermanently)
	}))
	defer server.Close()
	resp, err := get(t, New(Options{AllowPrivate: true}), server.URL)
	if err != nil || resp.StatusCode != http.StatusMovedPermanently || second.Load() != 0 {
		t.Errorf("status %v, %v, followed %d times", resp, err, second.Load())
	}
}

func TestUnsentIsToldFromPerhapsSent(t *testing.T) {
	client, hasty := New(Options{AllowPrivate: true}), New(Options{AllowPrivate: true, Timeout: 300 * time.Millisecond})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	var unsent *UnsentError
	if _, err := get(t, hasty, "http://"+address); err == nil || errors.As(err, &unsent) {
		t.Errorf("a server that accepts and is silent: %v, want an error that is not UnsentError", err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t, client, "http://"+address); !errors.As(err, &unsent) {
		t.Errorf("a closed port: %v, want UnsentError", err)
	}
	if _, err := get(t, client, "http://no-such-host.invalid"); !errors.As(err, &unsent) {
		t.Errorf("no such host: %v, want UnsentError", err)
	}
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = nil
	if _, err := get(t, client, secure.URL); !errors.As(err, &unsent) {
		t.Errorf("an unknown certificate: %v, want UnsentError", err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(secure.Certificate())
	if resp, err := get(t, New(Options{AllowPrivate: true, RootCAs: pool}), secure.URL); err != nil || resp.StatusCode != http.StatusNotFound {
		t.Errorf("a known certificate: %v, %v", resp, err)
	}
}

func TestNothingIsSentTwice(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if requests.Add(1) > 1 {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}
	}))
	defer server.Close()
	client := New(Options{AllowPrivate: true})
	for range 2 {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, server.URL, strings.NewReader("status=x"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Idempotency-Key", "k")
		if resp, err := client.Do(req); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	}
	if n := requests.Load(); n != 2 {
		t.Errorf("two calls made %d requests", n)
	}
}

func TestBodyIsCapped(t *testing.T) {
	size := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("x"), size))
	}))
	defer server.Close()
	client := New(Options{AllowPrivate: true})
	for _, c := range []struct {
		size int
		err  error
	}{{MaxBody, nil}, {MaxBody + 1, ErrTooLong}, {8 * MaxBody, ErrTooLong}} {
		size = c.size
		resp, err := get(t, client, server.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close() // the server waits for it
		if !errors.Is(err, c.err) || len(body) != min(c.size, MaxBody) {
			t.Errorf("%d bytes: read %d, %v", c.size, len(body), err)
		}
	}
}
