package web

// ShownError says that the answer's body tells the person already what is wrong,
// with all their input kept; only status and log are still to be made of the error.
type ShownError struct{ Err error }

// Error is the error's own text, for logs.
func (s *ShownError) Error() string { return s.Err.Error() }

// Unwrap gives the error.
func (s *ShownError) Unwrap() error { return s.Err }
