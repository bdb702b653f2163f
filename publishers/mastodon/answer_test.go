package mastodon

import (
	"net/http"
	"testing"
	"time"
)

// Mastodon names the end of a limit as a date, GoToSocial in seconds since 1970, proxies how long to wait.
func TestReset(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		header http.Header
		want   time.Time
	}{
		"a date":           {http.Header{"X-Ratelimit-Reset": {"2026-03-01T10:00:00.000000Z"}}, now.Add(time.Hour)},
		"seconds":          {http.Header{"X-Ratelimit-Reset": {"1772359200"}}, now.Add(time.Hour)},
		"how long":         {http.Header{"Retry-After": {"30"}}, now.Add(30 * time.Second)},
		"a wrong clock":    {http.Header{"X-Ratelimit-Reset": {"2026-03-01T08:00:00.000000Z"}}, time.Time{}},
		"seconds, past":    {http.Header{"X-Ratelimit-Reset": {"1772350000"}}, time.Time{}},
		"nothing":          {http.Header{}, time.Time{}},
		"nonsense":         {http.Header{"X-Ratelimit-Reset": {"soon"}, "Retry-After": {"-1"}}, time.Time{}},
		"date before wait": {http.Header{"X-Ratelimit-Reset": {"2026-03-01T10:00:00Z"}, "Retry-After": {"30"}}, now.Add(time.Hour)},
	} {
		if got := reset(c.header, now); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
