package main

import (
	"context"
	"io"
	"testing"
	"time"
)

// Whoever waits for a text that is typed must be able to give up.
func TestCtrlCEndsReadingFromATerminal(t *testing.T) {
	t.Setenv("KLARTEXT_DATA", t.TempDir())
	for _, args := range [][]string{{"check", "-"}, {"import", "-"}} {
		ctx, stop := context.WithCancel(t.Context())
		typed, terminal := io.Pipe()
		done := make(chan int)
		go func() { done <- run(ctx, args, typed, io.Discard, io.Discard) }()
		if _, err := terminal.Write([]byte("{")); err != nil { // it is reading now
			t.Fatal(err)
		}
		stop()
		select {
		case code := <-done:
			if code != exitFailed {
				t.Errorf("%v ends with %d", args, code)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%v goes on", args)
		}
		_ = terminal.Close()
	}
}
