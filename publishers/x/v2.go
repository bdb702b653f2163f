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
	body, err := answered(a.signed, req)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("decode the answer to %s: %w", path, err)
	}
	return nil
}

// post sends text and nothing else: X refuses keys that it does not know.
func (a *apiV2) post(ctx context.Context, text string) (string, error) {
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		return "", fmt.Errorf("encode a post: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/2/tweets", bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("address of X: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	raw, err := answered(a.signed, req)
	if err != nil {
		return "", err
	}
	var answer struct{ Data struct{ ID string } }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return "", fmt.Errorf("decode the answer to a post: %w", err)
	}
	return answer.Data.ID, nil
}

// timeline is a page of an account's own posts.
type timeline struct {
	Data []struct {
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
			}
		}
	}
	Meta struct {
		NextToken string `json:"next_token"`
	}
}

// maxPages bounds a look; posts since the attempt fit into one page nearly always.
const maxPages = 5

func (a *apiV2) own(ctx context.Context, id string, since time.Time) ([]status, error) {
	query := url.Values{
		"max_results": {"100"}, "start_time": {since.UTC().Format(time.RFC3339)}, "tweet.fields": {"created_at,entities,note_tweet"},
	}
	var list []status
	for range maxPages {
		var page timeline
		if err := a.get(ctx, "/2/users/"+url.PathEscape(id)+"/tweets", query, &page); err != nil {
			return nil, err
		}
		list = append(list, page.statuses()...)
		if page.Meta.NextToken == "" {
			break
		}
		query.Set("pagination_token", page.Meta.NextToken)
	}
	return list, nil
}

func (t *timeline) statuses() []status {
	list := make([]status, 0, len(t.Data))
	for _, d := range t.Data {
		s := status{id: d.ID, text: d.Text}
		if d.NoteText.Text != "" {
			s.text = d.NoteText.Text
		}
		for _, u := range d.Entities.URLs {
			s.text = strings.ReplaceAll(s.text, u.URL, u.ExpandedURL)
			s.links = append(s.links, u.ExpandedURL, u.UnwoundURL)
		}
		list = append(list, s)
	}
	return list
}
