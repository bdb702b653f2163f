package main

import (
	"context"
	"io"
)

// stoppable ends a read when the command is told to stop: nothing else ends one from a terminal.
type stoppable struct {
	ctx context.Context //nolint:containedctx // the command's own, for its whole life
	in  io.Reader
}

// Read answers the context's error when that ends first. What arrives later is lost, and with it the command is over.
func (s *stoppable) Read(p []byte) (int, error) {
	type read struct {
		n   int
		err error
	}
	part, done := make([]byte, len(p)), make(chan read, 1)
	go func() {
		n, err := s.in.Read(part)
		done <- read{n, err}
	}()
	select {
	case r := <-done:
		return copy(p, part[:r.n]), r.err
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	}
}
