package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"time"
)

// Limits of one call.
const (
	Timeout     = 10 * time.Second
	MaxBody     = 1 << 20
	maxHeader   = 64 << 10
	dialTimeout = 5 * time.Second
)

// Options of a client.
type Options struct {
	// AllowPrivate lets the client reach private and loopback addresses, other ports and http: for intranets, tests
	// and addresses that the operator configured.
	AllowPrivate bool
	Timeout      time.Duration  // of a whole call, its answer read; 0 is Timeout
	RootCAs      *x509.CertPool // nil: the system's
	// Control is called before each connection that the own check lets through; tests use it. May be nil.
	Control func(network, address string) error
	// Resolver finds the addresses of names; tests use it. nil: the system's.
	Resolver *net.Resolver
}

// New makes a client. Its requests go out at most once: no connection is
// reused, because net/http repeats a request that carries an idempotency key
// when a reused connection breaks, and the caller would see one success while
// the network has two posts.
func New(o Options) *http.Client {
	timeout := o.Timeout
	if timeout == 0 {
		timeout = Timeout
	}
	dialer := &net.Dialer{
		Timeout:  min(dialTimeout, timeout),
		Resolver: o.Resolver,
		ControlContext: func(_ context.Context, network, address string, _ rawConn) error {
			if !o.AllowPrivate {
				if err := checkDial(network, address); err != nil {
					return err
				}
			}
			if o.Control != nil {
				return o.Control(network, address)
			}
			return nil
		},
	}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &transport{https: !o.AllowPrivate, base: &http.Transport{
			Proxy:                  nil, // behind a proxy the check would see the proxy's address
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.RootCAs},
			TLSHandshakeTimeout:    min(dialTimeout, timeout),
			DisableKeepAlives:      true,
			DisableCompression:     true, // a small answer cannot unpack to a huge one
			MaxResponseHeaderBytes: maxHeader,
		}},
	}
}

// transport tells errors before the request was written from those after it, and caps bodies.
type transport struct {
	base  *http.Transport
	https bool
}

// RoundTrip sends the request once.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.https && req.URL.Scheme != "https" {
		closeBody(req)
		return nil, &AddressError{Reason: "not https"}
	}
	connected := false
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected = true },
	})
	once := req.Clone(ctx)
	once.GetBody = nil // without it net/http cannot send the body again
	resp, err := t.base.RoundTrip(once)
	if err != nil {
		if !connected {
			return nil, &UnsentError{Err: err}
		}
		return nil, err //nolint:wrapcheck // http.Client wraps it with method and address
	}
	hear(req.Context(), resp)
	resp.Body = &capped{body: resp.Body, left: MaxBody}
	return resp, nil
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// UnsentError says that no connection was made: the network cannot have seen the request.
type UnsentError struct{ Err error }

// Error is for logs.
func (u *UnsentError) Error() string { return "not sent: " + u.Err.Error() }

// Unwrap gives the cause.
func (u *UnsentError) Unwrap() error { return u.Err }

// Unsent is true: it lets others recognise the error without this package.
func (u *UnsentError) Unsent() bool { return true }

// ErrTooLong says that an answer is longer than MaxBody.
var ErrTooLong = errors.New("the answer is too long")

// capped answers ErrTooLong after the limit, so that a cut answer is never taken for a whole one.
type capped struct {
	body io.ReadCloser
	left int64
}

// Read reads up to the limit.
func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		var one [1]byte
		if n, err := c.body.Read(one[:]); n == 0 {
			return 0, err //nolint:wrapcheck // a reader hands io.EOF on as it is
		}
		return 0, ErrTooLong
	}
	n, err := c.body.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err //nolint:wrapcheck // a reader hands io.EOF on as it is
}

// Close closes the answer.
func (c *capped) Close() error {
	if err := c.body.Close(); err != nil {
		return fmt.Errorf("close the answer: %w", err)
	}
	return nil
}
