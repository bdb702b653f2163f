package publishertest

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Listen serves the network at an address such as "127.0.0.1:18081" until Close.
func (f *Fake) Listen(address string) error {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	f.URL = "http://" + listener.Addr().String()
	f.server = &http.Server{Handler: f.mux, ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet()}
	go func() { _ = f.server.Serve(listener) }()
	return nil
}

// Start serves the network on a free port for the length of a test.
func (f *Fake) Start(t testing.TB) {
	t.Helper()
	if err := f.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
}

// Close ends every silence and the server, and breaks open connections; calls
// to its address are refused from then on.
func (f *Fake) Close() {
	f.Release()
	_ = f.server.Close()
}

// Untrusted serves the same network over TLS, for the length of a test, under
// a certificate that nobody trusts, and answers with its address.
func (f *Fake) Untrusted(t testing.TB) string {
	t.Helper()
	server := httptest.NewUnstartedServer(f.mux)
	server.Config.ErrorLog = quiet()
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

// quiet: handshakes and connections fail here on purpose.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
