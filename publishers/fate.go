package publishers

import (
	"errors"
	"fmt"
	"time"

	"klartext/content"
)

// Fate is what a failed call means for the post.
type Fate string

// The fates.
const (
	Later  Fate = "later"  // surely not out: send again, at a named time or after a pause that grows
	Never  Fate = "never"  // refused for good: show why
	Paused Fate = "paused" // the channel needs a person; its queue is kept
	Unsure Fate = "unsure" // perhaps out: look first
)

// FateError is how a Publisher says what a failure means.
type FateError struct {
	Fate   Fate
	Reason content.Reason // for people: what happened and what to do
	At     time.Time      // with Later: not before then; zero where the network named no time
	// Duplicate marks an Unsure that is the network's refusal of a text it has already.
	Duplicate bool
	// Expired marks a Paused that new credentials may cure (see content.Renewer).
	Expired bool
	Err     error // the cause, for the log
}

// Error is for logs.
func (f *FateError) Error() string {
	msg := fmt.Sprintf("%s: %s", f.Fate, f.Reason.Code)
	if f.Reason.Detail != "" {
		msg += fmt.Sprintf(" (%s)", f.Reason.Detail)
	}
	if f.Err != nil {
		msg += ": " + f.Err.Error()
	}
	return msg
}

// Unwrap gives the cause.
func (f *FateError) Unwrap() error { return f.Err }

// FateOf turns any error into its fate. What no Publisher has judged may be out.
func FateOf(err error) *FateError {
	if f, ok := errors.AsType[*FateError](err); ok {
		return f
	}
	return &FateError{Fate: Unsure, Reason: content.Reason{Code: content.CodePostInternal}, Err: err}
}

// CallFailed judges an error that came instead of an answer: where no connection
// was made nothing can be out; after that anything can.
func CallFailed(err error) *FateError {
	var private interface{ Private() bool }
	var unsent interface{ Unsent() bool }
	switch {
	case errors.As(err, &private) && private.Private():
		return &FateError{Fate: Paused, Reason: content.Reason{Code: content.CodeChannelAddress}, Err: err}
	case errors.As(err, &unsent) && unsent.Unsent():
		return &FateError{Fate: Later, Reason: content.Reason{Code: content.CodePostUnreachable, Detail: cut(rootOf(err))}, Err: err}
	}
	return &FateError{Fate: Unsure, Reason: content.Reason{Code: content.CodePostNoAnswer}, Err: err}
}

// rootOf is the innermost cause, which says most in the fewest words.
func rootOf(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// Detail is what a network said, on one line and short enough for a table.
func Detail(said string) string { return cut(said) }
