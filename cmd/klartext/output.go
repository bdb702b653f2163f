package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// say writes to standard output. That it cannot (a full disk, a closed pipe) is a
// failure: somebody waits for a link or a token.
func (p *program) say(format string, args ...any) error {
	if _, err := fmt.Fprintf(p.stdout, format, args...); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

// table writes rows in columns to standard output. No cell can drive the terminal.
func (p *program) table(rows [][]string) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = printable(cell)
		}
		if _, err := fmt.Fprintln(w, strings.Join(cells, "\t")); err != nil {
			return fmt.Errorf("write a table: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}

// printable keeps control characters of stored texts away from the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return '?'
		}
		return r
	}, s)
}
