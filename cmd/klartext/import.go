package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"klartext/content"
	"klartext/content/history"
	"klartext/server/locale"
)

// importCommand takes content in, everything or nothing.
type importCommand struct {
	Format string `enum:"history" default:"history" help:"history: JSON Lines, one published state of one document a line."`
	Path   string `arg:"" help:"The file, or - for standard input."`
}

// Run imports and says in words what that made.
func (c *importCommand) Run(p *program) error {
	in, err := c.open(p.stdin)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	catalog, err := locale.Load()
	if err != nil {
		return err
	}
	printer := catalog.Printer("en")
	return p.with(func(s *services) error {
		bar := p.progress("Preparing the texts")
		importer := history.Importer{Store: s.store, Writer: s.editor, Now: p.now, Progress: bar.Show}
		summary, err := importer.Import(p.ctx, content.Operator(), in)
		bar.Clear()
		if err != nil {
			return refusedLines(err, printer)
		}
		return p.say("%s", tell(&summary, printer))
	})
}

func (c *importCommand) open(stdin io.Reader) (io.ReadCloser, error) {
	if c.Path == "-" {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(c.Path)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be opened: %w", err)
	}
	return f, nil
}

// refusedLines says what is wrong with each line, in the order of the file.
func refusedLines(err error, printer *locale.Printer) error {
	broken, ok := errors.AsType[*content.Error](err)
	if !ok || broken.Code != content.CodeImportBroken {
		return err
	}
	var b strings.Builder
	b.WriteString("the file cannot be taken in as it is. Nothing was imported.")
	for _, f := range broken.Fields {
		fmt.Fprintf(&b, "\n  line %v, %v: %s", f.Args["Line"], f.Args["Name"], printable(printer.T("error."+string(f.Code), f.Args)))
	}
	return errors.New(b.String())
}
