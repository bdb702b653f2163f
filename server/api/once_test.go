package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"klartext/content"
)

const topicBody = `{"slug":"location","title":{"de":"Standort"}}`

func (w *world) keyed(role content.Role, key, path, body string) answer {
	w.t.Helper()
	return w.send(request{method: "POST", path: "/api/v1" + path, role: role, body: body, header: map[string]string{"Idempotency-Key": key}})
}

func TestTheSameRequestHappensOnce(t *testing.T) {
	w := newWorld(t)
	first := w.keyed(content.Author, "k1", "/topics", topicBody)
	again := w.keyed(content.Author, "k1", "/topics", topicBody)
	if first.status != 201 || again.status != 201 || string(first.body) != string(again.body) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Fatalf("first %d %s, again %d %s", first.status, first.body, again.status, again.body)
	}
	other := w.keyed(content.Author, "k1", "/topics", strings.Replace(topicBody, "Standort", "Ort", 1))
	if other.status != 422 || other.text("code") != "key_other" {
		t.Errorf("another body: %d %s", other.status, other.body)
	}
	if elsewhere := w.keyed(content.Author, "k1", "/changes", topicBody); elsewhere.text("code") != "key_other" {
		t.Errorf("another address: %d %s", elsewhere.status, elsewhere.body)
	}
	// The key of another person is another key, and meets the slug that is taken.
	if theirs := w.keyed(content.Approver, "k1", "/topics", topicBody); theirs.status != 409 || theirs.text("code") != "slug_taken" {
		t.Errorf("another person: %d %s", theirs.status, theirs.body)
	}
	w.Time = w.Time.Add(25 * time.Hour)
	if late := w.keyed(content.Author, "k1", "/topics", topicBody); late.text("code") != "slug_taken" {
		t.Errorf("a day later: %d %s", late.status, late.body)
	}
	for _, key := range []string{"two words", strings.Repeat("k", 256), "schlüssel"} {
		if odd := w.keyed(content.Author, key, "/topics", topicBody); odd.status != 422 || odd.text("code") != "key_form" {
			t.Errorf("key %.20q: %d %s", key, odd.status, odd.body)
		}
	}
}

func TestWhatFailedCanBeSentAgain(t *testing.T) {
	s := newWorld(t).shop()
	path := "/changes/" + s.change + "/publish"
	if early := s.keyed(content.Approver, "p", path, ""); early.status != 409 {
		t.Fatalf("publish a draft: %d", early.status)
	}
	hash := s.do(content.Author, 200, "POST", "/changes/"+s.change+"/submit", nil).text("hash")
	s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/approve", object{"hash": hash})
	for range 2 {
		if a := s.keyed(content.Approver, "p", path, ""); a.status != 200 || a.text("state") != "published" {
			t.Fatalf("publish: %d %s", a.status, a.body)
		}
	}
	s.do(content.Approver, 409, "POST", path, nil)
}

func TestEightTimesAtOnceHappensOnce(t *testing.T) {
	w := newWorld(t)
	w.settle()
	answers := make([]answer, 8)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = w.keyed(content.Author, "k", "/topics", topicBody) })
	}
	group.Wait()
	seen := map[string]int{}
	for _, a := range answers {
		switch {
		case a.status == 201:
			seen[a.text("id")]++
		case a.status != 409 || a.text("code") != "key_running":
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
	if topics, err := w.Store.Topics(t.Context()); err != nil || len(topics) != 1 || len(seen) != 1 {
		t.Errorf("%d topics, %d different answers, %v", len(topics), len(seen), err)
	}
}

func TestARunningRequestIsNotRepeated(t *testing.T) {
	w := newWorld(t)
	topic := w.do(content.Author, 201, "POST", "/topics", object{"slug": "a", "title": object{"de": "A"}}).text("id")
	entry := w.do(content.Author, 201, "POST", "/entries", object{"kind": "entry", "slug": "a", "topic": topic}).text("id")
	hold := &waitingRenderer{begun: make(chan struct{}), goOn: make(chan struct{})}
	w.Editor.Renderer = hold
	body := `{"lang":"de","title":"A","body":"B","base_revision":null}`
	path := "/entries/" + entry + "/revisions"
	done := make(chan answer)
	go func() { done <- w.keyed(content.Author, "k", path, body) }()
	select {
	case <-hold.begun:
	case early := <-done:
		t.Fatalf("it was not held: %d %s", early.status, early.body)
	}
	if second := w.keyed(content.Author, "k", path, body); second.status != 409 || second.text("code") != "key_running" || second.header.Get("Retry-After") == "" {
		t.Errorf("while the first runs: %d %s", second.status, second.body)
	}
	close(hold.goOn)
	first := <-done
	if again := w.keyed(content.Author, "k", path, body); first.status != 201 || again.text("id") != first.text("id") {
		t.Errorf("first %d %s, again %d %s", first.status, first.body, again.status, again.body)
	}
}

func TestACutOffRequestIsNotRepeatedBlindly(t *testing.T) {
	w := newWorld(t)
	w.requests.broken.Store(true)
	if first := w.keyed(content.Author, "k", "/topics", topicBody); first.status != 201 {
		t.Fatalf("an answer that cannot be noted: %d %s", first.status, first.body)
	}
	w.requests.broken.Store(false)
	w.Time = w.Time.Add(2 * time.Minute)
	if again := w.keyed(content.Author, "k", "/topics", topicBody); again.status != 409 || again.text("code") != "key_unfinished" {
		t.Errorf("got %d %s", again.status, again.body)
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	w := newWorld(t)
	for i, path := range []string{"/tokens", "/users/" + w.Author.UserID + "/login-link"} {
		body := ""
		if path == "/tokens" {
			body = `{"name":"build"}`
		}
		key := fmt.Sprint("k", i)
		first := w.keyed(content.Admin, key, path, body)
		again := w.keyed(content.Admin, key, path, body)
		if first.status != 201 || again.status != 409 || again.text("code") != "key_secret" {
			t.Errorf("%s: first %d, again %d %s", path, first.status, again.status, again.body)
		}
		again.lacks(first.text("token"), "token=")
		kept, _, err := w.Store.BeginKeyed(t.Context(), content.KeyedRequest{Actor: w.Admin.UserID, Key: key}, time.Time{})
		if err != nil || kept.Status != 201 || kept.Answer != "" {
			t.Errorf("kept: %+v, %v", kept, err)
		}
	}
}
