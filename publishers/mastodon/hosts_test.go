package mastodon

import (
	"slices"
	"testing"

	"klartext/content"
)

func TestPostsStandOnTheAccountsServer(t *testing.T) {
	var d content.Located = New(nil, false)
	for url, want := range map[string][]string{
		"https://Social.example/@shop": {"social.example"}, "http://127.0.0.1:4000/@shop": {"127.0.0.1:4000"}, "": nil,
	} {
		if got := d.Hosts(content.Account{URL: url, Handle: "@shop@example.org"}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", url, got, want)
		}
	}
}
