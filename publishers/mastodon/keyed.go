package mastodon

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
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
	key      string // for new posts alone; uploads and all else go without
	accepted bool   // 202 is a success, too: an upload that is still worked on
	next     http.RoundTripper
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
	if resp.StatusCode == http.StatusOK || k.accepted && resp.StatusCode == http.StatusAccepted {
		return resp, nil
	}
	defer func() { _ = resp.Body.Close() }()
	body, _ := io.ReadAll(resp.Body) // what can be read of a refusal is enough
	return nil, answerError(resp, body)
}

func answerError(resp *http.Response, body []byte) *AnswerError {
	a := &AnswerError{Status: resp.StatusCode, Header: resp.Header}
	var said struct {
		Error       string
		Description string `json:"error_description"` // of OAuth
	}
	a.JSON = json.Unmarshal(body, &said) == nil || len(bytes.TrimSpace(body)) == 0
	if a.Said = said.Error; said.Description != "" {
		a.Said += ": " + said.Description
	}
	return a
}

// AnswerError is an answer of a server that is not 200.
type AnswerError struct {
	Status int
	Header http.Header
	Said   string // its "error", "" where the answer was no JSON
	JSON   bool   // the server itself answered, not a proxy with a page; an empty answer counts
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

// gone tells whether the server itself says that there is no such post.
func gone(err error) bool {
	a, ok := errors.AsType[*AnswerError](err)
	return ok && a.JSON && (a.Status == http.StatusNotFound || a.Status == http.StatusGone)
}

// reset is when the limit ends by the server's header; zero where it names no
// time. Mastodon writes a date, GoToSocial seconds since 1970, proxies Retry-After.
func reset(h http.Header, now time.Time) time.Time {
	value := h.Get("X-RateLimit-Reset")
	at, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
			at = time.Unix(seconds, 0)
		}
	}
	if seconds, err := strconv.Atoi(h.Get("Retry-After")); err == nil && seconds > 0 && at.IsZero() {
		at = now.Add(time.Duration(min(seconds, 1<<20)) * time.Second)
	}
	if !at.After(now) {
		return time.Time{}
	}
	return at
}
