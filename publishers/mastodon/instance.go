package mastodon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
			MaxCharacters int `json:"max_characters"`
		}
	}
	MaxTootChars int `json:"max_toot_chars"`
}

// limits asks for the longest post and the software, in the newer way and then in the older.
func limits(ctx context.Context, client *mastodon.Client) (limit int, software string, err error) {
	var i instance
	for _, path := range []string{"/api/v2/instance", "/api/v1/instance"} {
		var answer instance
		err = get(ctx, client, client.Config.Server+path, &answer)
		if err != nil {
			continue
		}
		if i.Version == "" {
			i = answer
		}
		if n := max(answer.Configuration.Statuses.MaxCharacters, answer.MaxTootChars); n > 0 {
			return n, cutVersion(answer.Version), nil
		}
	}
	if i.Version == "" {
		return 0, "", err
	}
	return defaultLimit, cutVersion(i.Version), nil
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
	req.Header.Set("User-Agent", userAgent)
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("ask the server: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		return fmt.Errorf("decode what the server says of itself: %w", err)
	}
	return nil
}
