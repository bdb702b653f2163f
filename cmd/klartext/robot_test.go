package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"klartext/publishers/publishertest"
)

// robot is a program that uses the API with a person's token.
type robot struct {
	t           *testing.T
	base, token string
}

type object = map[string]any

func (r *running) robot(t *testing.T, role string) *robot {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(r.run(t, "token", "add", "robot", "--user", role+"@example.org")), "\n")
	return &robot{t: t, base: r.base + "/api/v1", token: lines[len(lines)-1]}
}

// call wants a success and answers it.
func (r *robot) call(method, path string, body any) object {
	r.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		r.t.Fatal(err)
	}
	if body == nil {
		raw = nil
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.base+path, bytes.NewReader(raw))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= http.StatusMultipleChoices {
		r.t.Fatalf("%s %s: %d %s (%v)", method, path, res.StatusCode, text, err)
	}
	var answer object
	if err := json.Unmarshal(text, &answer); err != nil {
		r.t.Fatalf("%s %s: %v: %s", method, path, err, text)
	}
	return answer
}

// connect connects a Mastodon account for both languages and an X account for English.
func (r *robot) connect(mastodon *publishertest.Mastodon, x *publishertest.X) {
	r.t.Helper()
	r.call("POST", "/channels", object{
		"network": "mastodon", "name": "Mastodon des Ladens", "languages": []string{"de", "en"},
		"settings": object{"server": mastodon.URL, "access_token": mastodon.Token()},
	})
	apiKey, apiSecret, accessToken, accessSecret := x.Keys()
	r.call("POST", "/channels", object{
		"network": "x", "name": "X des Ladens", "languages": []string{"en"},
		"settings": object{"api_key": apiKey, "api_secret": apiSecret, "access_token": accessToken, "access_secret": accessSecret},
	})
}

// draft opens a change with one new entry in it.
func (r *robot) draft(slug string, summary object) (id string) {
	r.t.Helper()
	topics := r.call("GET", "/topics", nil)["items"].([]any)
	entry := r.call("POST", "/entries", object{"kind": "entry", "slug": slug, "topic": topics[0].(object)["id"]})["id"].(string)
	revision := r.call("POST", "/entries/"+entry+"/revisions", object{
		"lang": "en", "title": "Do you count my steps?", "short_answer": "Only if you want us to.", "body": "Our app asks first.",
	})["id"]
	return r.call("POST", "/changes", object{
		"slug": slug, "title": object{"de": "Wir zählen Schritte", "en": "We count steps"}, "summary": summary,
		"why": object{"de": "Viele fragten danach.", "en": "Many asked for it."}, "revisions": []any{revision},
	})["id"].(string)
}

// publish takes a change all the way; the author submitted nothing yet.
func (r *running) publish(t *testing.T, author *robot, change string) {
	t.Helper()
	hash := author.call("POST", "/changes/"+change+"/submit", nil)["hash"]
	approver := r.robot(t, "approver")
	approver.call("POST", "/changes/"+change+"/approve", object{"hash": hash})
	approver.call("POST", "/changes/"+change+"/publish", nil)
}
