package markdown

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

var (
	// ErrBusy means that all rendering slots stayed taken; the caller may try again.
	ErrBusy = errors.New("markdown: busy")
	// ErrPanic means that the parser crashed on this text. The text itself is unharmed.
	ErrPanic = errors.New("markdown: cannot_render")
)

// GuardError says that a text is refused before it can cost too much, and why.
type GuardError struct {
	Reason string // a stable id: too_long, invalid_utf8, nul, nested_too_deep, output_too_long, too_many_...
	Limit  int    // the greatest number allowed
	Found  int    // what the text has; where counting stopped early, Limit+1
}

// Error is for logs; people read the sentence that belongs to Reason.
func (e *GuardError) Error() string {
	return fmt.Sprintf("markdown: %s: found %d, limit %d", e.Reason, e.Found, e.Limit)
}

const (
	maxSource  = 64 << 10
	maxImport  = 1 << 20
	maxOutput  = 1 << 20
	maxNesting = 32 // half of where the parser starts to drop text without a word
)

// counts are the characters of which a few are writing and thousands are an attack:
// each limit stops an input that was measured to be quadratic in the parser.
var counts = [...]struct {
	reason string
	marks  [2]string
	limit  int
}{
	{"too_many_brackets", [2]string{"["}, 600},
	{"too_many_declarations", [2]string{"<!", "<?"}, 100},
	{"too_many_backslashes", [2]string{`\`}, 2000},
	{"too_many_lines", [2]string{"\n"}, 3000},
	{"too_many_addresses", [2]string{"://"}, 500},
	{"too_many_code_fences", [2]string{"```", "~~~"}, 400},
	{"too_many_table_cells", [2]string{"|"}, 6000},
}

// Check says whether Render would take the text; it costs microseconds. The error
// is a *GuardError. Nesting of lists and emphasis shows only while parsing, so
// Render may still refuse what Check lets through.
func Check(source string) error {
	if err := checkBytes(source, maxSource); err != nil {
		return err
	}
	var t tally
	t.add(source)
	for i, c := range counts {
		if t.found[i] > c.limit {
			return &GuardError{c.reason, c.limit, t.found[i]}
		}
	}
	return checkQuotes(source)
}

// tally counts the size and the marks of a text that grows.
type tally struct {
	size  int
	found [len(counts)]int
}

func (t *tally) add(text string) {
	t.size += len(text)
	for i, c := range counts {
		for _, mark := range c.marks {
			if mark != "" {
				t.found[i] += strings.Count(text, mark)
			}
		}
	}
}

// over says whether the text is too much for one section.
func (t *tally) over() bool {
	for i, c := range counts {
		if t.found[i] > c.limit {
			return true
		}
	}
	return t.size > sectionSize
}

func checkBytes(source string, limit int) error {
	switch {
	case len(source) > limit:
		return &GuardError{"too_long", limit, len(source)}
	case !utf8.ValidString(source):
		return &GuardError{"invalid_utf8", 0, 1}
	case strings.IndexByte(source, 0) >= 0:
		return &GuardError{"nul", 0, strings.Count(source, "\x00")}
	}
	return nil
}

func checkQuotes(source string) error {
	for line := range strings.Lines(source) {
		depth := 0
		for i := 0; i < len(line) && (line[i] == '>' || line[i] == ' ' || line[i] == '\t'); i++ {
			if line[i] == '>' {
				depth++
			}
		}
		if depth > maxNesting {
			return &GuardError{"nested_too_deep", maxNesting, depth}
		}
	}
	return nil
}
