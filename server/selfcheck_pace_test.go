package server

import (
	"testing"
	"time"
)

// Many pages are looked at every few hours, also where somebody publishes more often than that, and again in a minute where it failed.
func TestPaceOfLooks(t *testing.T) {
	t.Parallel()
	p := pace{seq: -1}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	ask := func(after time.Duration, newest int64, want int, well bool) {
		t.Helper()
		now = now.Add(after)
		limit := p.due(now, newest)
		if limit != want {
			t.Errorf("at %s %d pages are looked at, want %d", now.Format(time.TimeOnly), limit, want)
		}
		if limit > 0 {
			p.last = now
			if well {
				p.done(now, newest, limit)
			}
		}
	}
	ask(0, 1, sampled, false)
	ask(30*time.Second, 1, 0, true)
	ask(time.Minute, 1, sampled, true)
	ask(2*time.Minute, 1, 0, true)
	for seq := range int64(6) {
		ask(time.Hour-time.Minute, seq+2, resampled, true)
	}
	ask(time.Hour, 9, sampled, true)
	ask(time.Hour, 9, 0, true)
	ask(6*time.Hour, 9, sampled, false)
	ask(2*time.Minute, 9, sampled, true)
}
