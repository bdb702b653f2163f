package restraint

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
)

// From is the address from which the program asks for its own pages: one that is for
// documentation only (RFC 5737), so that it can come from nowhere else.
const From = "192.0.2.44"

// Log passes lines on and looks whether one of them holds From.
type Log struct {
	slog.Handler
	seen *seen
}

type seen struct{ lines, leaks atomic.Int64 }

// Watch puts itself before a log.
func Watch(to slog.Handler) Log { return Log{to, &seen{}} }

// Handle looks at a line and passes it on.
func (l Log) Handle(ctx context.Context, line slog.Record) error {
	l.seen.lines.Add(1)
	leak := strings.Contains(line.Message, From)
	line.Attrs(func(a slog.Attr) bool {
		leak = leak || strings.Contains(fmt.Sprint(a.Value.Any()), From)
		return true
	})
	if leak {
		l.seen.leaks.Add(1)
	}
	return l.Handler.Handle(ctx, line) //nolint:wrapcheck // it only stands between
}

// WithAttrs keeps looking.
func (l Log) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		if strings.Contains(fmt.Sprint(a.Value.Any()), From) {
			l.seen.leaks.Add(1)
		}
	}
	return Log{l.Handler.WithAttrs(attrs), l.seen}
}

// WithGroup keeps looking.
func (l Log) WithGroup(name string) slog.Handler { return Log{l.Handler.WithGroup(name), l.seen} }

// Seen is how many lines there were, and how many of them held the address.
func (l Log) Seen() (lines, leaks int) {
	if l.seen == nil {
		return 0, 0
	}
	return int(l.seen.lines.Load()), int(l.seen.leaks.Load())
}
