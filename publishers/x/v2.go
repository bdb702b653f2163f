package x

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// apiV2 speaks API v2.
type apiV2 struct {
	base   string
	signed *http.Client
}

func (a *apiV2) me(ctx context.Context) (user, error) {
	var answer struct{ Data user }
	err := a.get(ctx, "/2/users/me", nil, &answer)
	return answer.Data, err
}

func (a *apiV2) get(ctx context.Context, path string, query url.Values, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+path+"?"+query.Encode(), http.NoBody)
	if err != nil {
		return fmt.Errorf("address of X: %w", err)
	}
	return a.do(req, into)
}

// do sends a request and decodes the answer.
func (a *apiV2) do(req *http.Request, into any) error {
	body, err := answered(a.signed, req)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("decode the answer to %s: %w", req.URL.Path, err)
	}
	return nil
}

// send posts JSON.
func (a *apiV2) send(ctx context.Context, path string, what, into any) error {
	body, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("encode what goes to %s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("address of X: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	return a.do(req, into)
}

// post sends what is there and nothing else: X refuses keys that it does not know.
func (a *apiV2) post(ctx context.Context, d draft) (string, error) {
	tweet := map[string]any{"text": d.text}
	if d.replyTo != "" {
		tweet["reply"] = map[string]any{"in_reply_to_tweet_id": d.replyTo}
	}
	if len(d.pictures) > 0 {
		tweet["media"] = map[string]any{"media_ids": d.pictures}
	}
	var answer struct{ Data struct{ ID string } }
	err := a.send(ctx, "/2/tweets", tweet, &answer)
	return answer.Data.ID, err
}

// timeline is a page of an account's own posts.
type timeline struct {
	Data []tweet
	Meta struct {
		NextToken string `json:"next_token"`
	}
}

// tweet is a post as X gives it back.
type tweet struct {
	ID       string
	Text     string
	NoteText struct {
		Text string
	} `json:"note_tweet"`
	Entities struct {
		URLs []struct {
			URL         string
			ExpandedURL string `json:"expanded_url"`
			UnwoundURL  string `json:"unwound_url"`
			DisplayURL  string `json:"display_url"`
			MediaKey    string `json:"media_key"`
		}
	}
	Attachments struct {
		MediaKeys []string `json:"media_keys"`
	}
	Referenced []struct {
		Type string
		ID   string
	} `json:"referenced_tweets"`
}

// fields are what a post must bring along to be recognised.
const fields = "created_at,entities,note_tweet,referenced_tweets,attachments"

// maxPages bounds a look; posts since the attempt fit into one page nearly always.
const maxPages = 5

func (a *apiV2) own(ctx context.Context, id string, since time.Time) ([]status, error) {
	query := url.Values{"max_results": {"100"}, "start_time": {since.UTC().Format(time.RFC3339)}, "tweet.fields": {fields}}
	var list []status
	for range maxPages {
		var page timeline
		if err := a.get(ctx, "/2/users/"+url.PathEscape(id)+"/tweets", query, &page); err != nil {
			return nil, err
		}
		for _, t := range page.Data {
			list = append(list, t.status())
		}
		if page.Meta.NextToken == "" {
			break
		}
		query.Set("pagination_token", page.Meta.NextToken)
	}
	return list, nil
}

// status writes the links of a post out and takes away those that stand for its pictures.
func (t *tweet) status() status {
	s := status{id: t.ID, text: t.Text, pictures: len(t.Attachments.MediaKeys)}
	if t.NoteText.Text != "" {
		s.text = t.NoteText.Text
	}
	for _, u := range t.Entities.URLs {
		if u.MediaKey != "" || strings.HasPrefix(u.DisplayURL, "pic.") {
			s.text = strings.ReplaceAll(s.text, u.URL, "")
			continue
		}
		s.text = strings.ReplaceAll(s.text, u.URL, u.ExpandedURL)
		s.links = append(s.links, u.ExpandedURL, u.UnwoundURL)
	}
	for _, r := range t.Referenced {
		if r.Type == "replied_to" {
			s.replyTo = r.ID
		}
	}
	return s
}
