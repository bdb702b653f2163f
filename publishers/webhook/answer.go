package webhook

import (
	"net/http"
	"strconv"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// fateOf says what a receiver's answer means; nil where it took the message.
func fateOf(resp *http.Response, said string, now time.Time) error {
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return nil
	}
	f := &publishers.FateError{Fate: publishers.Never, Reason: content.Reason{
		Code: content.CodePostRefused, Args: content.Args{"Status": resp.StatusCode}, Detail: publishers.Detail(said),
	}}
	set := func(fate publishers.Fate, code content.Code) error {
		f.Fate, f.Reason.Code = fate, code
		return f
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		f.At = retryAfter(resp.Header, now)
		return set(publishers.Later, content.CodePostRate)
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly:
		return set(publishers.Later, content.CodePostBusy)
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden:
		return set(publishers.Paused, content.CodeChannelRights)
	case http.StatusGone:
		return set(publishers.Paused, content.CodeChannelAddress)
	}
	switch {
	case resp.StatusCode >= 500:
		return set(publishers.Unsure, content.CodePostServerError)
	case resp.StatusCode < 400:
		return set(publishers.Paused, content.CodeChannelMoved)
	}
	return f
}

// retryAfter reads seconds or a date; zero where the receiver names no time.
func retryAfter(h http.Header, now time.Time) time.Time {
	value := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil && seconds > 0 {
		return now.Add(time.Duration(min(seconds, 1<<20)) * time.Second)
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at
	}
	return time.Time{}
}
