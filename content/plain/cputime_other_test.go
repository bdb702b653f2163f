//go:build !unix

package plain

import "time"

var begun = time.Now()

// processorTime is wall time where the system does not tell better.
func processorTime() time.Duration { return time.Since(begun) }
