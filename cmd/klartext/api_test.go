package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

type object = map[string]any

// caller is a program with a token of its own.
type caller struct {
	t     *testing.T
	base  string
	token string
}

// program makes a token for somebody of the demo.
func (r *running) program(t *testing.T, role string) *caller {
	t.Helper()
	said := strings.Fields(r.run(t, "token", "add", "test", "--user", role+"@example.org"))
	return &caller{t: t, base: r.base, token: said[len(said)-1]}
}

// call wants a call to work and answers what came.
func (c *caller) call(method, path string, body any) object {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+"/api/v1"+path, bytes.NewReader(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode > 299 {
		c.t.Fatalf("%s %s: %d %s %v", method, path, resp.StatusCode, said, err)
	}
	var answer object
	if err := json.Unmarshal(said, &answer); err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer
}

// announced publishes a change with one announcement in German and answers its id.
func (c *caller) announced(slug, channel, text string) (change string) {
	c.t.Helper()
	topics := c.call(http.MethodGet, "/topics", nil)["items"].([]any)                                                                     //nolint:forcetypeassert // the API's shape
	entry := c.call(http.MethodPost, "/entries", object{"kind": "entry", "slug": slug, "topic": topics[0].(object)["id"]})["id"].(string) //nolint:forcetypeassert // the API's shape
	revision := c.call(http.MethodPost, "/entries/"+entry+"/revisions", object{"lang": "de", "title": "Was ist neu?", "short_answer": "Dies.", "body": "Wir sagen es hier."})
	made := c.call(http.MethodPost, "/changes", object{
		"slug": slug, "title": object{"de": "Etwas Neues"}, "why": object{"de": "Viele haben danach gefragt."}, "materiality": "material",
		"revisions": []any{revision["id"]},
	})
	change = made["id"].(string) //nolint:forcetypeassert // the API's shape
	c.call(http.MethodPut, "/changes/"+change+"/announcements", []object{{"channel": channel, "lang": "de", "text": text, "link": true}})
	c.call(http.MethodPost, "/changes/"+change+"/submit", object{})
	c.call(http.MethodPost, "/changes/"+change+"/publish", object{})
	return change
}
