package publishertest

import (
	"context"
	"io"
	"net/http"
	"time"
)

// callTimeout is how long clients of subjects wait for an answer. It is never reached: whoever waits for a fake that is
// silent on purpose is told so, because tests that wait for clocks are slow, and fail on busy machines.
const callTimeout = 10 * time.Second

// Client is the HTTP client that subjects give to their drivers: it gives up on this fake as soon as the fake is silent.
func (f *Fake) Client(base *http.Client) *http.Client {
	short := *base
	short.Timeout = callTimeout
	short.Transport = &impatient{next: base.Transport, silences: f.silences}
	return &short
}

// hush tells the one who waits, if anybody does, that no answer will come.
func (f *Fake) hush() {
	select {
	case f.silences <- struct{}{}:
	case <-time.After(callTimeout): // another kind of client, with a timeout of its own
	}
}

// impatient ends a request when its network falls silent, with the error of one that took too long.
type impatient struct {
	next     http.RoundTripper
	silences <-chan struct{}
}

// RoundTrip sends the request; its answer may fall silent, too.
func (i *impatient) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	over := make(chan struct{})
	go func() {
		select {
		case <-i.silences:
			cancel(context.DeadlineExceeded)
		case <-over:
		}
	}()
	resp, err := i.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		close(over)
		return nil, err //nolint:wrapcheck // it stands where the transport stands
	}
	resp.Body = &waited{ReadCloser: resp.Body, over: over}
	return resp, nil
}

// waited is a body that may fall silent until it is closed.
type waited struct {
	io.ReadCloser
	over chan struct{}
}

// Close ends the wait.
func (w *waited) Close() error {
	select {
	case <-w.over:
	default:
		close(w.over)
	}
	return w.ReadCloser.Close() //nolint:wrapcheck // it stands where the body stands
}
