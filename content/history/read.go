package history

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"klartext/content"
)

// Rules are what a line is held against.
type Rules struct {
	Languages []content.Lang // of the site
	Now       time.Time      // nothing can have been published after it
}

// maxLine is the longest line in bytes, without its end.
const maxLine = 2 << 20

// Read reads a whole history and answers with its states by date. A byte order mark,
// CRLF and empty lines are fine, unknown fields are ignored. Where lines are broken the
// error is a *content.Error of kind Invalid with one field error for each of the first
// twenty, and there are no states.
func Read(r io.Reader, rules Rules) ([]State, error) {
	f := file{rules: rules, lines: map[StateKey]int{}, kinds: map[string]firstUse{}}
	in := bufio.NewReaderSize(r, 64<<10)
	for number := 1; !f.broken.full(); number++ {
		line, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLineLong) {
			return nil, fmt.Errorf("read line %d: %w", number, err)
		}
		if errors.Is(err, errLineLong) {
			f.broken.add(number, "line", content.CodeImportLineLong, content.Args{"Limit": maxLine >> 20})
			continue
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			f.take(number, line)
		}
		if err != nil {
			break
		}
	}
	if err := f.broken.err(); err != nil {
		return nil, err
	}
	sortByTime(f.states)
	return f.states, nil
}

var errLineLong = errors.New("history: line too long")

// readLine reads up to the next line end. A line that is too long is read to its end
// but not kept, so that the lines after it still have their right numbers.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		piece, err := in.ReadSlice('\n')
		if long = long || len(line)+len(piece) > maxLine+2; !long {
			line = append(line, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLineLong
		}
		return line, err
	}
}

// file is what is known of a history while it is read.
type file struct {
	rules  Rules
	states []State
	lines  map[StateKey]int
	kinds  map[string]firstUse
	broken broken
}

// firstUse is where a key first stood, and as what.
type firstUse struct {
	kind content.EntryKind
	line int
}

// take reads one line and holds it against the lines before it.
func (f *file) take(number int, line []byte) {
	s, ok := parseLine(number, line, f.rules, &f.broken)
	if !ok {
		return
	}
	if first, known := f.lines[s.ID()]; known {
		f.broken.add(number, "date", content.CodeImportTwice, content.Args{"First": first})
		return
	}
	f.lines[s.ID()] = number
	if first, known := f.kinds[s.Key]; !known {
		f.kinds[s.Key] = firstUse{s.Kind, number}
	} else if first.kind != s.Kind {
		f.broken.add(number, "kind", content.CodeImportKindDiffers, content.Args{"Value": string(s.Kind), "First": first.line})
		return
	}
	f.states = append(f.states, s)
}

// langs lists the languages that the states are in, sorted.
func langs(states []*Prepared) []content.Lang {
	found := make([]content.Lang, 0, 2)
	for _, s := range states {
		found = append(found, s.Lang)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
