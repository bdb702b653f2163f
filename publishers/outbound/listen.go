package outbound

import (
	"context"
	"net/http"
	"strings"

	"klartext/content"
)

type listener struct{}

// Listen gives a context whose calls leave what their answers say besides their
// words in the Answer; of several the last one counts. Read it after the call.
func Listen(ctx context.Context) (context.Context, *content.Answer) {
	heard := &content.Answer{}
	return context.WithValue(ctx, listener{}, heard), heard
}

// maxHeard is the longest header kept.
const maxHeard = 100

// hear keeps status, limits and request ids of an answer; never cookies or tokens.
func hear(ctx context.Context, resp *http.Response) {
	heard, ok := ctx.Value(listener{}).(*content.Answer)
	if !ok {
		return
	}
	*heard = content.Answer{Status: resp.StatusCode}
	for name := range resp.Header {
		lower := strings.ToLower(name)
		value := resp.Header.Get(name)
		switch {
		case len(value) > maxHeard || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }):
		case strings.Contains(lower, "ratelimit") || strings.Contains(lower, "rate-limit") || strings.Contains(lower, "-limit-24hour-") || lower == "retry-after":
			heard.Rate = with(heard.Rate, lower, value)
		case lower == "x-request-id" || lower == "x-transaction-id" || lower == "x-transaction" || lower == "cf-ray":
			heard.References = with(heard.References, lower, value)
		}
	}
}

func with(m map[string]string, key, value string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value
	return m
}
