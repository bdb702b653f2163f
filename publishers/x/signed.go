package x

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/dghubble/oauth1"

	"klartext/publishers"
)

// signed makes a client that signs with the account's keys (OAuth 1.0a, user context).
func signed(base *http.Client, s Settings) *http.Client {
	ctx := context.WithValue(context.Background(), oauth1.HTTPClient, base)
	client := oauth1.NewConfig(s.APIKey, s.APISecret).Client(ctx, oauth1.NewToken(s.AccessToken, s.AccessSecret))
	client.Timeout, client.CheckRedirect = base.Timeout, base.CheckRedirect
	return client
}

// answered sends a request and reads the whole answer; what is no success is an *AnswerError.
func answered(client *http.Client, req *http.Request) (body []byte, err error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err = io.ReadAll(resp.Body)
	if refused := answerError(resp.StatusCode, resp.Header, body); refused != nil {
		return nil, refused
	}
	if err != nil {
		return nil, fmt.Errorf("read the answer to %s %s: %w", req.Method, req.URL.Path, err)
	}
	return body, nil
}

// fateOf says what an error of a call means for a post.
func fateOf(err error, now time.Time) error {
	if a, ok := errors.AsType[*AnswerError](err); ok {
		return a.fate(now)
	}
	return publishers.CallFailed(err)
}

// recorder stands below go-twitter: it brings the context that the library does
// not know, the configured address, and keeps the answer, because the library
// says "no error" for many refusals.
type recorder struct {
	ctx    context.Context //nolint:containedctx // the library has no way to hand one on
	base   string
	next   http.RoundTripper
	answer error // what the answer was, nil for a success
	asked  bool  // whether an answer came at all
}

// RoundTrip sends the request once and judges the answer.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(r.ctx)
	if r.base != DefaultURL {
		to, err := http.NewRequestWithContext(r.ctx, req.Method, r.base, http.NoBody)
		if err != nil {
			return nil, fmt.Errorf("address of X: %w", err)
		}
		req.URL.Scheme, req.URL.Host, req.Host = to.URL.Scheme, to.URL.Host, ""
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err //nolint:wrapcheck // http.Client wraps it with method and address
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	r.asked, r.answer = true, answerError(resp.StatusCode, resp.Header, body)
	if err != nil && r.answer == nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
