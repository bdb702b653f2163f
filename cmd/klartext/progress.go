package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// progress is a bar on a terminal. Where errors go to a file or a pipe it shows nothing.
type progress struct {
	out   io.Writer // nil where there is no terminal
	what  string
	shown int // the percentage that is drawn, -1 before the first
}

// progress makes a bar for what is going on.
func (p *program) progress(what string) *progress {
	bar := &progress{what: what, shown: -1}
	if f, ok := p.stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar.out = f
	}
	return bar
}

const barWidth = 30

// Show draws how much is done, where that changes the picture.
func (b *progress) Show(done, total int) {
	if b.out == nil || total == 0 {
		return
	}
	percent := 100 * done / total
	if percent == b.shown {
		return
	}
	b.shown = percent
	full := barWidth * done / total
	_, _ = fmt.Fprintf(b.out, "\r%s [%s%s] %3d %%", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), percent)
}

// Clear takes the bar away again.
func (b *progress) Clear() {
	if b.out != nil && b.shown >= 0 {
		_, _ = fmt.Fprint(b.out, "\r\x1b[K")
	}
}
