package publishertest

import (
	"net/http"
	"strconv"
	"time"
)

// limits is how often a network may be called, and how its headers say so.
type limits struct {
	prefix string // of the header names; "" where there are none
	form   func(time.Time) string
	posts  int           // per window
	window time.Duration // they begin at round times
}

const otherCalls = 300 // allowed per window, for all routes but Publish

// rates are the headers that tell of the limit, under the lock. wait moves the
// end of the window that a 429 tells of to now plus wait.
func (f *Fake) rates(route Route, status int, wait time.Duration) map[string]string {
	header := map[string]string{}
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
	begin := f.Now().Truncate(f.limits.window)
	for _, r := range f.requests {
		if r.Route == route && !r.At.Before(begin) {
			used++
		}
	}
	limit = otherCalls
	if route == Publish {
		limit = f.limits.posts
	}
	return limit, used, begin.Add(f.limits.window)
}

// exhausted tells under the lock whether the limit of a route is used up.
func (f *Fake) exhausted(route Route) bool {
	limit, used, _ := f.used(route)
	return f.limits.prefix != "" && used > limit
}
