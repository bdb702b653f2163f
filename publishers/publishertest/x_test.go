package publishertest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

type xAnswer struct {
	Title, Detail, Type string
	Data                struct{ ID, Text string }
}

type xTimeline struct {
	Data []struct {
		ID, Text string
		Entities struct{ URLs []xLink }
	}
	Meta struct {
		Count int    `json:"result_count"`
		Next  string `json:"next_token"`
	}
}

func startX(t *testing.T, options XOptions) *X {
	t.Helper()
	x := NewX(options)
	x.Start(t)
	return x
}

func body(t *testing.T, text string) string {
	t.Helper()
	encoded, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestXTakesAPostOnce(t *testing.T) {
	x := startX(t, XOptions{Now: newClock().now})
	a := x.call(t, http.MethodPost, "/2/tweets", body(t, "New & clear:\n\nhttps://example.com/de/changes/1"))
	post := mustDecode[xAnswer](t, a)
	if a.status != 201 || post.Data.ID == "" || !strings.HasPrefix(post.Data.Text, "New &amp; clear:\n\nhttps://t.co/") {
		t.Errorf("answer %d %s", a.status, a.body)
	}
	if got := a.header.Get("x-rate-limit-remaining") + " " + a.header.Get("x-rate-limit-reset"); got != "99 1795450500" {
		t.Errorf("limits: %s", got)
	}
	again := x.call(t, http.MethodPost, "/2/tweets", body(t, "New & clear:\n\nhttps://example.com/de/changes/1 "))
	if p := mustDecode[xAnswer](t, again); again.status != 403 || p.Type != "about:blank" || !strings.Contains(p.Detail, "duplicate content") || strings.Contains(again.body, post.Data.ID) {
		t.Errorf("the same text again: %d %s", again.status, again.body)
	}
	if n := x.Copies("https://example.com/de/changes/1"); n != 1 {
		t.Errorf("%d copies", n)
	}
}

func TestXRefuses(t *testing.T) {
	x := startX(t, XOptions{})
	for _, c := range []struct {
		name, body string
		status     int
		kind       string
	}{
		{"unknown key", `{"text":"a","language":"de"}`, 400, problemURL + "invalid-request"},
		{"no JSON", `text=a`, 400, problemURL + "invalid-request"},
		{"empty", `{"text":" "}`, 400, problemURL + "invalid-request"},
		{"281", body(t, strings.Repeat("a", 281)), 403, "about:blank"},
		{"141 wide letters", body(t, strings.Repeat("字", 141)), 403, "about:blank"},
		{"a stranger's post", `{"text":"a","reply":{"in_reply_to_tweet_id":"1"}}`, 403, "about:blank"},
		{"280", body(t, strings.Repeat("a", 280)), 201, ""},
		{"link is 23", body(t, strings.Repeat("b", 256)+" https://example.com/"+strings.Repeat("c", 200)), 201, ""},
	} {
		a := x.call(t, http.MethodPost, "/2/tweets", c.body)
		if p := mustDecode[xAnswer](t, a); a.status != c.status || p.Type != c.kind {
			t.Errorf("%s: %d %s", c.name, a.status, a.body)
		}
	}
	if n := len(x.Posts()); n != 2 {
		t.Errorf("%d posts are held, want 2", n)
	}
}

func TestXWantsAGoodSignature(t *testing.T) {
	x := startX(t, XOptions{})
	a := do(mustRequest(t, http.MethodPost, x.URL+"/2/tweets", "application/json", body(t, "a")))
	if p := mustDecode[xAnswer](t, a); a.status != 401 || p.Title != "Unauthorized" || len(x.Posts()) != 0 {
		t.Errorf("without a signature: %d %s", a.status, a.body)
	}
}

func TestXTimeline(t *testing.T) {
	clock := newClock()
	x := startX(t, XOptions{Now: clock.now})
	x.Hold(Held{Text: "old", At: clock.at.Add(-time.Hour)})
	for _, text := range []string{"one", "two", "three", "four", "five", "six https://example.com/6"} {
		x.Hold(Held{Text: text})
	}
	query := url.Values{"max_results": {"5"}, "start_time": {clock.at.Add(-time.Minute).Format(time.RFC3339)}, "tweet.fields": {"created_at,entities"}}
	path := "/2/users/" + x.AccountID() + "/tweets?"
	first := mustDecode[xTimeline](t, x.call(t, http.MethodGet, path+query.Encode(), ""))
	if first.Meta.Count != 5 || len(first.Data[0].Entities.URLs) != 1 || first.Data[0].Entities.URLs[0].Expanded != "https://example.com/6" {
		t.Fatalf("first page: %+v", first)
	}
	if l := first.Data[0].Entities.URLs[0]; first.Data[0].Text[l.Start:l.End] != l.URL {
		t.Errorf("the link is not at its place: %+v", first.Data[0])
	}
	query.Set("pagination_token", first.Meta.Next)
	second := mustDecode[xTimeline](t, x.call(t, http.MethodGet, path+query.Encode(), ""))
	if second.Meta.Count != 1 || second.Data[0].Text != "one" || second.Meta.Next != "" {
		t.Errorf("second page: %+v", second)
	}
	for _, wrong := range []string{"max_results=4", "max_results=101", "start_time=yesterday", "limit=5"} {
		if a := x.call(t, http.MethodGet, path+wrong, ""); a.status != 400 {
			t.Errorf("%s: %d", wrong, a.status)
		}
	}
	none := x.call(t, http.MethodGet, path+"since_id="+first.Data[0].ID, "")
	if none.body != `{"meta":{"result_count":0}}` {
		t.Errorf("no posts: %s", none.body)
	}
}

func TestXDeletes(t *testing.T) {
	x := startX(t, XOptions{})
	path := "/2/tweets/" + x.Hold(Held{Text: "a"}).ID
	if a := x.call(t, http.MethodDelete, path, ""); a.body != `{"data":{"deleted":true}}` || len(x.Posts()) != 0 {
		t.Errorf("deleting: %s", a.body)
	}
	if a := x.call(t, http.MethodDelete, path, ""); a.status != 404 {
		t.Errorf("deleting again: %d", a.status)
	}
}

func TestV11IsClosedUnlessAllowed(t *testing.T) {
	for _, allowed := range []bool{false, true} {
		x := startX(t, XOptions{AllowV11: allowed})
		a := x.call(t, http.MethodPost, "/1.1/statuses/update.json", form("status", "a b+c ü https://example.com/x"))
		got := mustDecode[struct {
			ID     string `json:"id_str"`
			Errors []struct{ Code int }
		}](t, a)
		if allowed && (a.status != 200 || got.ID == "") || !allowed && (a.status != 403 || got.Errors[0].Code != 453) {
			t.Errorf("allowed %v: %d %s", allowed, a.status, a.body)
		}
		if allowed != (x.Copies("b+c ü") == 1) {
			t.Errorf("allowed %v: %d copies", allowed, x.Copies("b+c ü"))
		}
	}
}
