package publishertest

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

func mustMood(t *testing.T, name string) Mood {
	t.Helper()
	mood, ok := Named(name)
	if !ok {
		t.Fatalf("there is no mood %q", name)
	}
	return mood
}

func (m *Mastodon) try(t *testing.T, key string) answer {
	t.Helper()
	return m.call(t, http.MethodPost, "/api/v1/statuses", key, form("status", "mark", "visibility", "public"))
}

func TestMoodsAnswerAndStoreAsTheySay(t *testing.T) {
	for _, mood := range Moods() {
		t.Run(mood.Name, func(t *testing.T) {
			t.Parallel()
			m := startMastodon(t, MastodonOptions{})
			m.Next(Publish, mood)
			if mood.Act == Silence || mood.Act == Drip {
				m.releaseAfterArrival()
			}
			a := m.try(t, "k")
			wantCopies := 0
			if mood.Store || mood.bends() && mood.Act != Drop {
				wantCopies = 1
			}
			if got := m.Copies("mark"); got != wantCopies {
				t.Errorf("%d copies, want %d", got, wantCopies)
			}
			broken := mood.Act == Cut || mood.Act == Reset || mood.Act == Silence || mood.Act == Drip
			if (a.err != nil) != broken {
				t.Errorf("error is %v", a.err)
			}
			if mood.Act == Answer && a.status != mood.Status {
				t.Errorf("status %d, want %d", a.status, mood.Status)
			}
			if mood.Act == Huge && len(a.body) != hugeBody {
				t.Errorf("%d bytes", len(a.body))
			}
			if next := m.try(t, "other"); next.status != 200 {
				t.Errorf("the call after it: %d %s", next.status, next.body)
			}
		})
	}
}

// releaseAfterArrival ends a silence as soon as somebody waits in it.
func (m *Mastodon) releaseAfterArrival() {
	silent := m.Now
	m.Now = func() time.Time {
		go m.Release() // gets the lock when the call has been carried out or is about to wait
		return silent()
	}
}

func TestSilenceEndsWhenTheClientLeaves(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	m.Next(Publish, mustMood(t, "silence after storing"))
	ctx, leave := context.WithCancel(t.Context())
	r := mustRequest(t, http.MethodPost, m.URL+"/api/v1/statuses", formType, "status=mark").WithContext(ctx)
	r.Header.Set("Authorization", "Bearer "+m.Token())
	done := make(chan answer)
	go func() { done <- do(r) }()
	for m.Copies("mark") == 0 {
		select {
		case a := <-done:
			t.Fatalf("answered: %+v", a)
		default:
			runtime.Gosched()
		}
	}
	leave()
	if a := <-done; a.err == nil {
		t.Errorf("answered %d", a.status)
	}
}

func TestBentMoods(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	m.Next(Publish, Mood{}, mustMood(t, "500 on replay"), Mood{}, mustMood(t, "key ignored"), mustMood(t, "unlisted"))
	got := []int{}
	for _, key := range []string{"a", "a", "a", "a"} {
		got = append(got, m.try(t, key).status)
	}
	if got[0] != 200 || got[1] != 500 || got[2] != 200 || got[3] != 200 || m.Copies("mark") != 2 {
		t.Errorf("statuses %v, %d copies", got, m.Copies("mark"))
	}
	if s := mustDecode[mastodonStatus](t, m.try(t, "b")); s.Visibility != "unlisted" {
		t.Errorf("visibility %s", s.Visibility)
	}
	m.Next(Publish, mustMood(t, "drop"))
	s := mustDecode[mastodonStatus](t, m.try(t, "c"))
	if a := m.call(t, http.MethodGet, "/api/v1/statuses/"+s.ID, "", ""); s.ID == "" || a.status != 404 {
		t.Errorf("a dropped post %q answers %d", s.ID, a.status)
	}
}

func TestLimitsInHeaders(t *testing.T) {
	clock := newClock()
	m := startMastodon(t, MastodonOptions{Now: clock.now})
	m.Next(Publish, mustMood(t, "429"), mustMood(t, "429 reset past"), Mood{})
	for _, want := range []string{"0 2026-11-23T18:00:00.000000Z", "0 2026-11-23T15:02:03.000000Z", "297 2026-11-23T18:00:00.000000Z"} {
		h := m.try(t, "").header
		if got := h.Get("X-RateLimit-Remaining") + " " + h.Get("X-RateLimit-Reset"); got != want {
			t.Errorf("limits %s, want %s", got, want)
		}
	}
	x := startX(t, XOptions{Now: clock.now})
	for range 100 {
		x.Next(Publish, mustMood(t, "402"))
		x.call(t, http.MethodPost, "/2/tweets", "{}")
	}
	if a := x.call(t, http.MethodPost, "/2/tweets", body(t, "a")); a.status != 429 || len(x.Posts()) != 0 {
		t.Errorf("post 101 in a quarter of an hour: %d", a.status)
	}
}

func TestControl(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	set := func(contentType, body string) int {
		return do(mustRequest(t, http.MethodPost, m.URL+"/_fake/mood", contentType, body)).status
	}
	if got := set("application/json", `{"route":"publish","mood":"503 after storing","always":true}`); got != 204 {
		t.Fatalf("setting a mood: %d", got)
	}
	if got := [2]int{m.try(t, "a").status, m.try(t, "b").status}; got != [2]int{503, 503} {
		t.Errorf("statuses %v", got)
	}
	if got := set(formType, "mood="); got != 303 || m.try(t, "c").status != 200 {
		t.Errorf("calm: %d", got)
	}
	for _, wrong := range []string{`{"route":"publish","mood":"merry"}`, `{"route":"dance","mood":"401"}`} {
		if got := set("application/json", wrong); got != 404 {
			t.Errorf("%s: %d", wrong, got)
		}
	}
	var posts []Held
	if err := json.Unmarshal([]byte(do(mustRequest(t, http.MethodGet, m.URL+"/_fake/posts", "", "")).body), &posts); err != nil || len(posts) != 3 {
		t.Errorf("%d posts: %v", len(posts), err)
	}
	if page := do(mustRequest(t, http.MethodGet, m.URL+"/", "", "")); !strings.Contains(page.body, "Posts held here: 3") {
		t.Errorf("page: %s", page.body)
	}
	do(mustRequest(t, http.MethodPost, m.URL+"/_fake/reset", "", ""))
	if len(m.Posts())+len(m.Requests()) != 0 {
		t.Error("reset left something")
	}
}

func TestConnectionsThatFail(t *testing.T) {
	m := startMastodon(t, MastodonOptions{})
	if a := do(mustRequest(t, http.MethodPost, m.Untrusted(t)+"/api/v1/statuses", formType, "status=mark")); a.err == nil || !strings.Contains(a.err.Error(), "certificate") {
		t.Errorf("over a TLS that nobody trusts: %v", a.err)
	}
	m.Close()
	if a := m.try(t, ""); a.err == nil || !strings.Contains(a.err.Error(), "refused") {
		t.Errorf("after Close: %v", a.err)
	}
	if len(m.Requests()) != 0 {
		t.Errorf("requests %+v", m.Requests())
	}
}
