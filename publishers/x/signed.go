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

// bearer sends an access token of OAuth 2.0.
type bearer struct {
	token string
	next  http.RoundTripper
}

// RoundTrip sends the request with the token.
func (b *bearer) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+b.token)
	return b.next.RoundTrip(req) //nolint:wrapcheck // http.Client wraps it with method and address
}

// borne makes a client that sends the account's token.
func borne(base *http.Client, token string) *http.Client {
	client := *base
	client.Transport = &bearer{token: token, next: base.Transport}
	return &client
}

// answered sends a request and reads the whole answer; what is no success is an *AnswerError.
func answered(client *http.Client, req *http.Request) ([]byte, error) {
	body, _, err := exchanged(client, req)
	return body, err
}

// exchanged is answered with the headers of the answer.
func exchanged(client *http.Client, req *http.Request) (body []byte, header http.Header, err error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", req.Method, req.URL.Path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err = io.ReadAll(resp.Body)
	if refused := answerError(resp.StatusCode, resp.Header, body); refused != nil {
		return nil, nil, refused
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the answer to %s %s: %w", req.Method, req.URL.Path, err)
	}
	return body, resp.Header, nil
}

// fateOf says what an error of a call means for a post. A token that ended can be renewed where there is something to renew it with.
func fateOf(err error, settings Settings, now time.Time) *publishers.FateError {
	if judged, ok := errors.AsType[*publishers.FateError](err); ok {
		return judged
	}
	a, ok := errors.AsType[*AnswerError](err)
	if !ok {
		return publishers.CallFailed(err)
	}
	fate := a.fate(now)
	fate.Expired = a.Status == http.StatusUnauthorized && settings.granted() && settings.RefreshToken != ""
	return fate
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
