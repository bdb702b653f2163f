package publishertest

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"time"
)

// limits is how often a network may be called, and how its headers say so.
type limits struct {
	prefix string // of the header names; "" where there are none
	form   func(time.Time) string
	quotas map[Route]quota
	usual  quota // of all other routes
}

// quota is how many calls fit into a window; windows begin at round times.
type quota struct {
	calls  int
	window time.Duration
}

func (l limits) of(route Route) quota {
	if q, ok := l.quotas[route]; ok {
		return q
	}
	return l.usual
}

// Generous lifts the network's limits, for tests that post more than anybody would.
func (f *Fake) Generous() {
	f.mu.Lock()
	defer f.mu.Unlock()
	const plenty = 1_000_000
	f.limits.usual.calls = plenty
	for route, q := range f.limits.quotas {
		f.limits.quotas[route] = quota{plenty, q.window}
	}
}

// rates are the headers that tell of the limit, under the lock. wait moves the
// end of the window that a 429 tells of to now plus wait.
func (f *Fake) rates(route Route, status int, wait time.Duration) map[string]string {
	header := map[string]string{}
	if f.reference != "" {
		header[f.reference] = rand.Text()
	}
	if f.limits.prefix == "" {
		return header
	}
	limit, used, end := f.used(route)
	left := max(0, limit-used)
	if status == http.StatusTooManyRequests {
		left = 0
	}
	if wait != 0 {
		end = f.Now().Add(wait)
	}
	header[f.limits.prefix+"Limit"] = strconv.Itoa(limit)
	header[f.limits.prefix+"Remaining"] = strconv.Itoa(left)
	header[f.limits.prefix+"Reset"] = f.limits.form(end.UTC())
	return header
}

// used counts the calls of a route in this window, and answers when it ends.
func (f *Fake) used(route Route) (limit, used int, end time.Time) {
	q := f.limits.of(route)
	begin := f.Now().Truncate(q.window)
	for _, r := range f.requests {
		if r.Route == route && !r.At.Before(begin) {
			used++
		}
	}
	return q.calls, used, begin.Add(q.window)
}

// exhausted tells under the lock whether the limit of a route is used up.
func (f *Fake) exhausted(route Route) bool {
	if f.limits.prefix == "" {
		return false
	}
	limit, used, _ := f.used(route)
	return used > limit
}
