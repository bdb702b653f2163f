package web

// Shown says that the answer's body tells the person already what is wrong,
// with all their input kept; only status and log are still to be made of the error.
type Shown struct{ Err error }

// Error is the error's own text, for logs.
func (s *Shown) Error() string { return s.Err.Error() }

// Unwrap gives the error.
func (s *Shown) Unwrap() error { return s.Err }
