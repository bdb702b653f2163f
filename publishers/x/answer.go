package x

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// AnswerError is an answer of X that is no success.
type AnswerError struct {
	Status  int
	Header  http.Header
	Problem Problem
	OAuth   struct { // how the token endpoints say it
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
}

// Problem is how X says what is wrong, in either of its two forms.
type Problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Type   string `json:"type"`
	Errors []struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"errors"`
}

// Error is for logs.
func (a *AnswerError) Error() string {
	return fmt.Sprintf("X answered %d %s", a.Status, publishers.Detail(a.said()))
}

// said is what X says, for people.
func (a *AnswerError) said() string {
	for _, s := range []string{a.Problem.Detail, a.Problem.Title, a.OAuth.Description, a.OAuth.Error} {
		if s != "" {
			return s
		}
	}
	for _, e := range a.Problem.Errors {
		if e.Message != "" {
			return e.Message
		}
	}
	return http.StatusText(a.Status)
}

// kind is the last part of the problem's type, whose host has changed before.
func (a *AnswerError) kind() string {
	if kind := path.Base(a.Problem.Type); kind != "." && kind != "/" {
		return kind
	}
	return ""
}

func (a *AnswerError) has(codes ...int) bool {
	for _, e := range a.Problem.Errors {
		if slices.Contains(codes, e.Code) {
			return true
		}
	}
	return false
}

func (a *AnswerError) says(words ...string) bool {
	said := strings.ToLower(a.said())
	for _, w := range words {
		if strings.Contains(said, w) {
			return true
		}
	}
	return false
}

// answerError reads an answer; nil where it is a success.
func answerError(status int, header http.Header, body []byte) error {
	if status >= 200 && status < 300 {
		return nil
	}
	a := &AnswerError{Status: status, Header: header}
	_ = json.Unmarshal(body, &a.OAuth)
	_ = json.Unmarshal(body, &a.Problem) // a page in HTML says nothing that could be used
	return a
}

// Codes of API v1.1 that v2 still sends at times.
const (
	codeSuspended = 64
	codeRate      = 88
	codeTooLong   = 186
	codeDuplicate = 187
	codeBadAuth   = 32
	codeBadToken  = 89
	codeLocked    = 326
	codeNoAccess  = 453
	codeNoStatus  = 144 // no post with this id
	codeNoPage    = 34  // no such page
)

// fate says what the answer means for a post.
func (a *AnswerError) fate(now time.Time) *publishers.FateError {
	f := &publishers.FateError{Fate: publishers.Never, Err: a, Reason: content.Reason{
		Code: content.CodePostRefused, Args: content.Args{"Status": a.Status}, Detail: publishers.Detail(a.said()),
	}}
	set := func(fate publishers.Fate, code content.Code) { f.Fate, f.Reason.Code = fate, code }
	switch {
	case a.Status >= 500:
		set(publishers.Unsure, content.CodePostServerError)
	case a.Status == http.StatusTooManyRequests && a.kind() == "usage-capped":
		set(publishers.Paused, content.CodeChannelCap)
	case a.Status == http.StatusTooManyRequests, a.has(codeRate):
		set(publishers.Later, content.CodePostRate)
		f.At = reset(a.Header, now)
	case a.Status == http.StatusUnauthorized, a.has(codeBadAuth, codeBadToken):
		set(publishers.Paused, content.CodeChannelToken)
	case a.Status == http.StatusPaymentRequired:
		set(publishers.Paused, content.CodeChannelCredit)
	case a.Status == http.StatusForbidden:
		a.forbidden(f, set)
	case a.Status >= 300 && a.Status < 400:
		set(publishers.Paused, content.CodeChannelMoved)
	}
	return f
}

// forbidden tells the many meanings of 403 apart.
func (a *AnswerError) forbidden(f *publishers.FateError, set func(publishers.Fate, content.Code)) {
	switch {
	case a.has(codeDuplicate) || a.says("duplicate content"):
		set(publishers.Unsure, content.CodePostDuplicate)
		f.Duplicate = true
	case a.has(codeNoAccess):
		set(publishers.Paused, content.CodeChannelNoV1)
	case a.has(codeTooLong):
		set(publishers.Never, content.CodePostTooLong)
	case a.kind() == "usage-capped":
		set(publishers.Paused, content.CodeChannelCap)
	case a.says("not permitted to perform this action"):
		set(publishers.Never, content.CodePostRefused)
	case a.kind() != "" && a.Problem.Type != "about:blank", a.has(codeSuspended, codeLocked), a.says("suspended", "locked", "not permitted", "permission"):
		set(publishers.Paused, content.CodeChannelRights)
	}
}

// minRateWait is the shortest wait after 429: X names resets in whole seconds, and sometimes ones that are past.
const minRateWait = time.Minute

// reset is the latest end of a limit that is used up.
func reset(h http.Header, now time.Time) time.Time {
	at := now.Add(minRateWait)
	for _, limit := range []string{"X-Rate-Limit-", "X-App-Limit-24hour-", "X-User-Limit-24hour-"} {
		seconds, err := strconv.ParseInt(h.Get(limit+"Reset"), 10, 64)
		if err != nil || h.Get(limit+"Remaining") != "0" && limit != "X-Rate-Limit-" {
			continue
		}
		if end := time.Unix(seconds, 0); end.After(at) {
			at = end
		}
	}
	return at
}
