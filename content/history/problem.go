package history

import (
	"errors"
	"fmt"
	"maps"

	"klartext/content"
)

// maxProblems is how many broken lines are told at once; a person mends these first.
const maxProblems = 20

// broken collects what is wrong with a file, line by line.
type broken []content.FieldError

// add notes one problem. Args "Line" and "Name" say where it is, because a sentence
// about a file of a thousand lines must.
func (b *broken) add(line int, name string, code content.Code, args content.Args) {
	full := content.Args{"Line": line, "Name": name}
	maps.Copy(full, args)
	*b = append(*b, content.FieldError{Field: fmt.Sprintf("line.%d.%s", line, name), Code: code, Args: full})
}

// refused takes over what an editor would have been told about the same text.
func (b *broken) refused(s *State, err error) error {
	e, ok := errors.AsType[*content.Error](err)
	if !ok || e.Kind != content.Invalid {
		return fmt.Errorf("prepare line %d (%s, %s): %w", s.Line, s.Key, s.Lang, err)
	}
	for _, f := range e.Fields {
		name := "markdown"
		if f.Field == "title" {
			name = "title"
		}
		b.add(s.Line, name, f.Code, f.Args)
	}
	if len(e.Fields) == 0 {
		b.add(s.Line, "markdown", e.Code, e.Args)
	}
	return nil
}

func (b *broken) full() bool { return len(*b) >= maxProblems }

// err is nil where nothing is wrong. Its Fields name every line that is, in the order of the file.
func (b broken) err() error {
	if len(b) == 0 {
		return nil
	}
	return &content.Error{
		Kind: content.Invalid, Code: content.CodeImportBroken,
		Args: content.Args{"Line": b[0].Args["Line"], "Count": len(b)}, Fields: b,
	}
}
