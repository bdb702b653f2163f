package content

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind says what sort of failure an Error is, so that each way in (HTTP, command) can answer it once.
type Kind string

// The kinds of Error. Everything that is not an Error is Internal.
const (
	Invalid     Kind = "invalid"     // the input breaks a rule; Fields says which
	NotFound    Kind = "not_found"   // there is no such thing
	Conflict    Kind = "conflict"    // somebody else was faster, or the state does not allow it
	Forbidden   Kind = "forbidden"   // this actor may not do that
	Unknown     Kind = "unknown"     // nobody is logged in, or the credentials are wrong
	Unavailable Kind = "unavailable" // try again later: busy, disk full, locked
	Internal    Kind = "internal"    // our own fault; the cause is for the log only
)

// Error is the one error type that reaches a person. The sentence shown is
// looked up by Code in the locale of the reader and filled with Args; Err is
// the cause, for the log, never for strangers.
type Error struct {
	Kind   Kind
	Code   Code
	Args   Args
	Fields []FieldError
	Err    error
}

// Args fill the placeholders of a message.
type Args map[string]any

// FieldError says what is wrong with one field. Field is the name in the API, for instance "why.de" or "sections.3.body".
type FieldError struct {
	Field string
	Code  Code
	Args  Args
}

// Error is for logs; people read the localised message.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Code)
	writeArgs(&b, e.Args)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Field, f.Code)
		writeArgs(&b, f.Args)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

func writeArgs(b *strings.Builder, args Args) {
	names := make([]string, 0, len(args))
	for name := range args {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(b, " %s=%.80s", name, fmt.Sprint(args[name]))
	}
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf tells the kind of any error; what is no *Error is Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Fail makes an Error without fields.
func Fail(kind Kind, code Code, args Args) *Error {
	return &Error{Kind: kind, Code: code, Args: args}
}

// problems collects field errors while input is checked.
type problems []FieldError

func (p *problems) add(field string, code Code, args Args) {
	*p = append(*p, FieldError{Field: field, Code: code, Args: args})
}

// err is nil where nothing was added.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: CodeInvalid, Fields: p}
}

// addErr takes over the reason of a renderer's refusal for one field.
func (p *problems) addErr(field string, err error) {
	if e, ok := errors.AsType[*Error](err); ok {
		p.add(field, e.Code, e.Args)
		return
	}
	p.add(field, CodeCannotRender, nil)
}
