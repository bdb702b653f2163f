package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/server"
)

// listen runs the server on a real socket until the test ends.
func (w *world) listen() (address string) {
	w.t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(w.t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(w.t.Context()))
	done := make(chan error, 1)
	go func() { done <- w.server.Run(ctx, listener, 5*time.Second) }()
	w.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			w.t.Errorf("stop the server: %v", err)
		}
	})
	return listener.Addr().String()
}

// raw writes a request to the socket byte by byte and reads the answer.
func raw(t *testing.T, address string, write func(net.Conn) error) (*http.Response, string) {
	t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := write(conn); err != nil {
		t.Fatalf("the connection was dropped while sending: %v", err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

func TestLargeBodyGetsAnAnswer(t *testing.T) {
	w := newWorld(t)
	address := w.listen()
	five := strings.Repeat("a", 5<<20)
	head := "POST %s HTTP/1.1\r\nHost: " + host + "\r\nAccept-Language: de\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	for _, path := range []string{"/admin/login", "/admin/entries/1/revisions", "/admin/changes/1/preview"} {
		res, text := raw(t, address, func(conn net.Conn) error {
			_, err := fmt.Fprintf(conn, head+"Content-Length: %d\r\n\r\n%s", path, len(five), five)
			return err
		})
		if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text, "Das ist zu viel auf einmal") {
			t.Errorf("%s: %d %.200s", path, res.StatusCode, words(text))
		}
		res, text = raw(t, address, func(conn net.Conn) error {
			_, err := fmt.Fprintf(conn, head+"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", path, len(five), five)
			return err
		})
		if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text, "Das ist zu viel auf einmal") {
			t.Errorf("%s in chunks: %d %.200s", path, res.StatusCode, words(text))
		}
	}
	res, text := raw(t, address, func(conn net.Conn) error {
		_, err := fmt.Fprintf(conn, "POST /api/v1/entries HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s", host, len(five), five)
		return err
	})
	if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text, `"code":"body_too_large"`) {
		t.Errorf("API: %d %.200s", res.StatusCode, text)
	}
}

func TestBodyUnderTheLimitArrivesWhole(t *testing.T) {
	w := newWorld(t)
	address := w.listen()
	for _, size := range []int{0, 1, 70 << 10, 1<<20 - 100} {
		body := "email=" + strings.Repeat("b", size) + "&password=x"
		res, text := raw(t, address, func(conn net.Conn) error {
			_, err := fmt.Fprintf(conn, "POST /admin/login HTTP/1.1\r\nHost: %s\r\nSec-Fetch-Site: same-origin\r\n"+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", host, len(body), body)
			return err
		})
		got := strings.Count(text, "b") // the form keeps what was typed
		if res.StatusCode != http.StatusUnauthorized || got < size {
			t.Errorf("%d letters: %d, %d came back", size, res.StatusCode, got)
		}
	}
}

func TestHalfABodyIsNeverTaken(t *testing.T) {
	w := newWorld(t)
	address := w.listen()
	res, text := raw(t, address, func(conn net.Conn) error {
		_, err := fmt.Fprintf(conn, "POST /admin/login HTTP/1.1\r\nHost: %s\r\nSec-Fetch-Site: same-origin\r\n"+
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 200000\r\n\r\nemail=%s", host, strings.Repeat("a", 100000))
		return errors.Join(err, conn.(*net.TCPConn).CloseWrite())
	})
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("%d: %.200s", res.StatusCode, words(text))
	}
}

func TestSlowRequestsAreEnded(t *testing.T) {
	w := newWorld(t, func(d *server.Deps) { d.Limits.Read = 300 * time.Millisecond })
	address := w.listen()
	for name, begin := range map[string]string{
		"headers": "GET /admin/login HTTP/1.1\r\nHost: " + host + "\r\nX-",
		"short":   "POST /admin/login HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 100\r\n\r\nemail=",
		"long":    "POST /admin/login HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 300000\r\n\r\nemail=" + strings.Repeat("a", 20000),
		"chunked": "POST /admin/login HTTP/1.1\r\nHost: " + host + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nemail\r\n",
	} {
		start := time.Now()
		res, _ := raw(t, address, func(conn net.Conn) error {
			_, err := io.WriteString(conn, begin)
			return err
		})
		if res.StatusCode != http.StatusRequestTimeout {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: held for %v", name, took)
		}
	}
}

func TestAmbiguousRequestsAreRefused(t *testing.T) {
	w := newWorld(t)
	address := w.listen()
	for name, request := range map[string]string{
		"two lengths":     "POST /admin/login HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"no host":         "GET /admin/login HTTP/1.1\r\n\r\n",
		"two hosts":       "GET /admin/login HTTP/1.1\r\nHost: " + host + "\r\nHost: evil.example\r\n\r\n",
		"NUL":             "GET /admin/login HTTP/1.1\r\nHost: " + host + "\r\nX-A: a\x00b\r\n\r\n",
		"unknown coding":  "POST /admin/login HTTP/1.1\r\nHost: " + host + "\r\nTransfer-Encoding: xchunked\r\n\r\n",
		"unknown method":  "TRACE /admin/login HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
		"header too long": "GET /admin/login HTTP/1.1\r\nHost: " + host + "\r\nX-A: " + strings.Repeat("a", 20000) + "\r\n\r\n",
	} {
		res, text := raw(t, address, func(conn net.Conn) error {
			_, err := io.WriteString(conn, request)
			return err
		})
		if res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%s: %d %.200s", name, res.StatusCode, text)
		}
		if strings.Contains(text, "evil") {
			t.Errorf("%s: it comes back in the answer", name)
		}
	}
}

func TestHiddenSecondRequestIsNotServed(t *testing.T) {
	w := newWorld(t)
	address := w.listen()
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	hidden := "GET /admin/login HTTP/1.1\r\nHost: " + host + "\r\n\r\n"
	const request = "POST /admin/login HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n%s"
	if _, err := fmt.Fprintf(conn, request, host, 5+len(hidden), hidden); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(conn)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Logf("the connection ended with %v", err)
	}
	if n := strings.Count(string(all), "HTTP/1.1 "); n > 1 {
		t.Errorf("%d answers to one request", n)
	}
}

func TestShutdownWaitsForRunningRequests(t *testing.T) {
	w := newWorld(t)
	begun, goOn := make(chan struct{}), make(chan struct{})
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/slow", func(c *fiber.Ctx) error {
		close(begun)
		<-goOn
		return c.SendString("whole")
	})
	w.server.Replace(app)
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.server.Run(ctx, listener, 10*time.Second) }()
	got := make(chan string, 1)
	go func() {
		_, text := raw(t, listener.Addr().String(), func(conn net.Conn) error {
			_, err := io.WriteString(conn, "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			return err
		})
		got <- text
	}()
	<-begun
	stop()
	for { // until nobody new is let in
		var d net.Dialer
		conn, err := d.DialContext(t.Context(), "tcp", listener.Addr().String())
		if err != nil {
			break
		}
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case err := <-done:
		t.Errorf("Run returned while a request was running: %v", err)
		return
	default:
	}
	close(goOn)
	if text := <-got; text != "whole" {
		t.Errorf("the running request got %q", text)
	}
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
}
