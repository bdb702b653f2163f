package main

import (
	"context"
	"strings"
	"testing"
)

// Whoever starts the program on an empty folder must learn how to get in, and
// whoever has an account must not be told again.
func TestServeSaysHowToGetIn(t *testing.T) {
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, base: "http://" + address, dir: t.TempDir()}
	r.args = []string{"--data", r.dir, "--listen", address}

	if said := r.serveOnce(t); !strings.Contains(said, "klartext user add") {
		t.Errorf("the first start says nothing of an account:\n%s", said)
	}
	r.run(t, "user", "add", "mila@example.org", "--name", "Mila", "--role", "admin")
	if said := r.serveOnce(t); strings.Contains(said, "klartext user add") {
		t.Errorf("a start with an account still asks for one:\n%s", said)
	}
}

// serveOnce starts the program, stops it once it answers, and gives what it printed.
func (r *running) serveOnce(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	out, done := &safeBuffer{}, make(chan int, 1)
	go func() { done <- run(ctx, append([]string{"serve"}, r.args...), strings.NewReader(""), out, out) }()
	r.awaitReady(t, done, out)
	stop()
	if code := <-done; code != exitDone {
		t.Fatalf("serve ended with %d: %s", code, out)
	}
	return out.String()
}
