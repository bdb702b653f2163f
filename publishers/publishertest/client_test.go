package publishertest

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// answer is what a test got.
type answer struct {
	status int
	header http.Header
	body   string
	err    error
}

// client does not follow redirects and keeps no connection.
func client() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func mustRequest(t *testing.T, method, url, contentType, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	return r
}

func do(r *http.Request) answer {
	resp, err := client().Do(r)
	if err != nil {
		return answer{err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(body), err}
}

func mustDecode[T any](t *testing.T, a answer) (v T) {
	t.Helper()
	if a.err != nil {
		t.Fatal(a.err)
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("decode %d %.200q: %v", a.status, a.body, err)
	}
	return v
}

const formType = "application/x-www-form-urlencoded"

func (m *Mastodon) call(t *testing.T, method, path, key, body string) answer {
	t.Helper()
	contentType := formType
	if strings.HasPrefix(body, "{") {
		contentType = "application/json"
	}
	r := mustRequest(t, method, m.URL+path, contentType, body)
	r.Header.Set("Authorization", "Bearer "+m.Token())
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	return do(r)
}

func (x *X) call(t *testing.T, method, path, body string) answer {
	t.Helper()
	contentType := "application/json"
	if strings.HasPrefix(path, "/1.1/") {
		contentType = formType
	}
	return x.callAs(t, method, path, contentType, body)
}

func (x *X) callAs(t *testing.T, method, path, contentType, body string) answer {
	t.Helper()
	r := mustRequest(t, method, x.URL+path, contentType, body)
	header := map[string]string{
		"oauth_consumer_key": x.keys.api, "oauth_token": x.keys.access, "oauth_signature_method": "HMAC-SHA1",
		"oauth_timestamp": strconv.FormatInt(x.Now().Unix(), 10), "oauth_nonce": rand.Text(),
	}
	list, err := requestPairs(r, []byte(body), header)
	if err != nil {
		t.Fatal(err)
	}
	header["oauth_signature"] = signature(method, x.URL+r.URL.Path, list, x.keys.apiSecret, x.keys.accessSecret)
	var parts []string
	for name, value := range header {
		parts = append(parts, name+`="`+percent(value)+`"`)
	}
	r.Header.Set("Authorization", "OAuth "+strings.Join(parts, ", "))
	return do(r)
}

// clock is a time that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 11, 23, 16, 2, 3, 0, time.UTC)} }
