package publishertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
)

// reply is an answer before it is written.
type reply struct {
	status int
	header map[string]string
	body   any // nil for none, a string as it is, all else as JSON
}

// call is one request, read.
type call struct {
	body []byte
	key  string
	mood Mood
}

// maxBody is the longest request taken; all networks take less.
const maxBody = 16 << 20

// act plays one call: do carries it out under the lock and answers, unless the mood decides otherwise.
func (f *Fake) act(w http.ResponseWriter, r *http.Request, route Route, key string, do func(call) reply) {
	mood, released := f.turn(r, route, key)
	if mood.Act == Reset && !mood.Store {
		raw(w, "", true) // before the body was read
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		write(w, f.refusal(http.StatusRequestEntityTooLarge))
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	usual := f.carryOut(route, call{body, key, mood}, do)
	if mood.bends() || mood.Store && usual.status >= http.StatusBadRequest {
		write(w, usual)
		return
	}
	f.misbehave(w, r, route, mood, usual, released)
}

// turn writes the request down and takes its mood.
func (f *Fake) turn(r *http.Request, route Route, key string) (Mood, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, Request{Method: r.Method, Path: r.URL.Path, Route: route, Key: key, At: f.Now()})
	mood := f.always[route]
	if queue := f.next[route]; len(queue) > 0 {
		mood, f.next[route] = queue[0], queue[1:]
	}
	return mood, f.released
}

func (f *Fake) carryOut(route Route, c call, do func(call) reply) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.requests) - 1; i >= 0; i-- {
		if at := &f.requests[i]; at.Route == route && at.Key == c.key && at.Body == "" {
			at.Body = shownBody(route, c.body)
			break
		}
	}
	if !c.mood.bends() && !c.mood.Store {
		return reply{status: http.StatusOK, body: ""}
	}
	usual := do(c)
	rates := f.rates(route, usual.status, 0)
	maps.Copy(rates, usual.header)
	usual.header = rates
	return usual
}

// shownBody is what may be seen of a body: sign-in carries secrets, pictures are only weighed.
func shownBody(route Route, body []byte) string {
	switch {
	case route == SignIn:
		return "(secret)"
	case route == Upload && len(body) > 1<<10:
		return fmt.Sprintf("(%d bytes)", len(body))
	}
	return string(body)
}

func (f *Fake) misbehave(w http.ResponseWriter, r *http.Request, route Route, mood Mood, usual reply, released <-chan struct{}) {
	body := text(usual.body)
	switch mood.Act {
	case Answer:
		write(w, f.moody(route, mood))
	case Cut:
		head(w, usual, len(body))
		raw(w, body[:len(body)/2], false)
	case Drip:
		head(w, usual, len(body)+1)
		_, _ = io.WriteString(w, body[:min(1, len(body))])
		_ = http.NewResponseController(w).Flush()
		go f.hush()
		wait(r, released)
		raw(w, "", true)
	case Silence:
		if !mood.Long {
			go f.hush()
		}
		wait(r, released)
		raw(w, "", true)
	case Huge:
		head(w, usual, hugeBody)
		for part := make([]byte, 1<<20); ; {
			if _, err := w.Write(part); err != nil {
				return // the client left, or all was sent
			}
		}
	default: // Reset
		raw(w, "", true)
	}
}

const hugeBody = 64 << 20

// moody is the answer that stands in the mood, with the headers that go with it.
func (f *Fake) moody(route Route, mood Mood) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	answer := reply{mood.Status, mood.Header, mood.Body}
	if mood.Own {
		answer = f.refusal(mood.Status)
	}
	if mood.Status >= http.StatusInternalServerError {
		return answer // such pages come from a proxy, which knows of no limits
	}
	rates := f.rates(route, mood.Status, mood.Wait)
	maps.Copy(rates, answer.header)
	answer.header = rates
	return answer
}

func wait(r *http.Request, released <-chan struct{}) {
	select {
	case <-released:
	case <-r.Context().Done():
	}
}

func head(w http.ResponseWriter, usual reply, length int) {
	headers(w, usual)
	w.Header().Set("Content-Length", fmt.Sprint(length))
	w.WriteHeader(usual.status)
}

func headers(w http.ResponseWriter, answer reply) {
	if _, isText := answer.body.(string); !isText && answer.body != nil {
		w.Header().Set("Content-Type", jsonType)
	}
	for name, value := range answer.header {
		w.Header().Set(name, value)
	}
}

// raw writes what is left and closes the connection, with a reset where asked.
func raw(w http.ResponseWriter, rest string, reset bool) {
	controller := http.NewResponseController(w)
	if rest != "" {
		_, _ = io.WriteString(w, rest)
		_ = controller.Flush()
	}
	conn, _, err := controller.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // the next best way to break off
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

func text(body any) string {
	switch body := body.(type) {
	case nil:
		return ""
	case string:
		return body
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Errorf("publishertest: an answer does not encode: %w", err))
	}
	return string(encoded)
}

func write(w http.ResponseWriter, answer reply) {
	headers(w, answer)
	w.WriteHeader(answer.status)
	_, _ = io.WriteString(w, text(answer.body))
}
