package mastodon

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// keyed stands below go-mastodon and brings what the library has not: the
// idempotency key, and answers with their headers. Every answer but 200 becomes
// an error here, so that the library does not retry 429 for hours by itself, and
// takes no 202 for a post.
type keyed struct {
	key  string
	next http.RoundTripper
}

// RoundTrip sends the request once.
func (k *keyed) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.GetBody = nil // with the key net/http would repeat the post by itself
	if k.key != "" && req.Method == http.MethodPost {
		req.Header.Set("Idempotency-Key", k.key)
	}
	resp, err := k.next.RoundTrip(req)
	if err != nil {
		return nil, err //nolint:wrapcheck // http.Client wraps it with method and address
	}
	if resp.StatusCode == http.StatusOK {
		return resp, nil
	}
	defer func() { _ = resp.Body.Close() }()
	a := &AnswerError{Status: resp.StatusCode, Header: resp.Header}
	body, _ := io.ReadAll(resp.Body) // what can be read of a refusal is enough
	var said struct{ Error string }
	if json.Unmarshal(body, &said) == nil {
		a.Said = said.Error
	}
	return nil, a
}

// AnswerError is an answer of a server that is not 200.
type AnswerError struct {
	Status int
	Header http.Header
	Said   string // its "error", "" where the answer was no JSON
}

// Error is for logs.
func (a *AnswerError) Error() string {
	return fmt.Sprintf("the server answered %d %s", a.Status, publishers.Detail(a.Said))
}

// fate says what the answer means for a post.
func (a *AnswerError) fate(now time.Time) *publishers.FateError {
	f := &publishers.FateError{Fate: publishers.Never, Err: a, Reason: content.Reason{
		Code: content.CodePostRefused, Args: content.Args{"Status": a.Status}, Detail: publishers.Detail(a.Said),
	}}
	set := func(fate publishers.Fate, code content.Code) { f.Fate, f.Reason.Code = fate, code }
	switch {
	case a.Status >= 500:
		set(publishers.Unsure, content.CodePostServerError)
	case a.Status < 300:
		set(publishers.Unsure, content.CodePostNoID)
	case a.Status < 400:
		set(publishers.Paused, content.CodeChannelMoved)
	case a.Status == http.StatusTooManyRequests:
		set(publishers.Later, content.CodePostRate)
		f.At = reset(a.Header, now)
	case a.Status == http.StatusUnauthorized:
		set(publishers.Paused, content.CodeChannelToken)
	case a.Status == http.StatusForbidden:
		set(publishers.Paused, content.CodeChannelRights)
	case a.Status == http.StatusUnprocessableEntity && strings.Contains(strings.ToLower(a.Said), "not finished processing"):
		set(publishers.Later, content.CodePostBusy)
	case a.says("character limit", "too long", "exceeds"):
		set(publishers.Never, content.CodePostTooLong)
	}
	return f
}

func (a *AnswerError) says(words ...string) bool {
	said := strings.ToLower(a.Said)
	for _, w := range words {
		if strings.Contains(said, w) {
			return true
		}
	}
	return false
}

// reset is when the limit ends by the server's header; zero where it names no time.
func reset(h http.Header, now time.Time) time.Time {
	at, err := time.Parse(time.RFC3339Nano, h.Get("X-RateLimit-Reset"))
	if err != nil || !at.After(now) {
		return time.Time{}
	}
	return at
}
