package mastodon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/mattn/go-mastodon"
)

// instance is what both versions of the instance call say about limits.
type instance struct {
	Version       string
	Configuration struct {
		Statuses struct {
			MaxCharacters int  `json:"max_characters"`
			MaxMedia      *int `json:"max_media_attachments"`
		}
	}
	MaxTootChars int  `json:"max_toot_chars"`
	MaxMedia     *int `json:"max_media_attachments"` // of Pleroma
}

func (i *instance) limit() int {
	if n := max(i.Configuration.Statuses.MaxCharacters, i.MaxTootChars); n > 0 {
		return n
	}
	return defaultLimit
}

// pictures is how many a post may have.
func (i *instance) pictures() int {
	for _, n := range []*int{i.Configuration.Statuses.MaxMedia, i.MaxMedia} {
		if n != nil {
			return max(*n, 0)
		}
	}
	return usualPictures
}

// limits asks for the longest post and the software, in the newer way and then in the older.
func limits(ctx context.Context, client *mastodon.Client) (known instance, err error) {
	for _, path := range []string{"/api/v2/instance", "/api/v1/instance"} {
		var answer instance
		err = get(ctx, client, client.Config.Server+path, &answer)
		if err != nil {
			continue
		}
		if known.Version == "" {
			known = answer
		}
		if max(answer.Configuration.Statuses.MaxCharacters, answer.MaxTootChars) > 0 {
			return answer, nil
		}
	}
	if known.Version == "" {
		return instance{}, err
	}
	return known, nil
}

// nodeinfo asks which software a server runs: "mastodon 4.6.1".
func nodeinfo(ctx context.Context, client *mastodon.Client) (string, error) {
	var index struct {
		Links []struct{ Rel, Href string }
	}
	if err := get(ctx, client, client.Config.Server+"/.well-known/nodeinfo", &index); err != nil {
		return "", err
	}
	for _, link := range index.Links {
		if !strings.Contains(link.Rel, "nodeinfo.diaspora.software/ns/schema/2") || !sameHost(link.Href, client.Config.Server) {
			continue
		}
		var node struct {
			Software struct{ Name, Version string }
		}
		if err := get(ctx, client, link.Href, &node); err != nil {
			return "", err
		}
		if node.Software.Name != "" {
			return cutVersion(node.Software.Name + " " + node.Software.Version), nil
		}
	}
	return "", errors.New("the server's nodeinfo names no software")
}

// sameHost: nodeinfo of another host says nothing about this one, and the token must not go there.
func sameHost(a, b string) bool {
	ua, errA := url.Parse(a)
	ub, errB := url.Parse(b)
	return errA == nil && errB == nil && ua.Host == ub.Host && ua.Scheme == ub.Scheme
}

// get reads what is public, without the token.
func get(ctx context.Context, client *mastodon.Client, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return fmt.Errorf("address of the server: %w", err)
	}
	return decoded(client, req, into)
}

func decoded(client *mastodon.Client, req *http.Request, into any) error {
	body, err := call(client, req)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("decode what the server says: %w", err)
	}
	return nil
}

// call makes a request that go-mastodon does not know, and reads the whole answer.
func call(client *mastodon.Client, req *http.Request) ([]byte, error) {
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask the server: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("read the server's answer: %w", err)
	}
	return body, nil
}
