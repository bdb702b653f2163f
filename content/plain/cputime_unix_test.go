//go:build unix

package plain

import (
	"syscall"
	"time"
)

// processorTime is what this process has used so far, waiting left out.
func processorTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
