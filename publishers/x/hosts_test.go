package x

import (
	"net/url"
	"slices"
	"testing"

	"klartext/content"
)

func TestPostsStandOnX(t *testing.T) {
	var d content.Located = New("", nil)
	own, err := url.Parse(postURL("42"))
	if err != nil {
		t.Fatal(err)
	}
	hosts := d.Hosts(content.Account{})
	for host, want := range map[string]bool{own.Host: true, "twitter.com": true, "mobile.twitter.com": true, "x.com.example": false, "t.co": false, "api.x.com": false} {
		if slices.Contains(hosts, host) != want {
			t.Errorf("%s: %v", host, !want)
		}
	}
	if fake := New("http://127.0.0.1:4000", nil).Hosts(content.Account{}); fake[0] != "x.com" || !slices.Contains(fake, "127.0.0.1:4000") {
		t.Errorf("with an API of one's own: %v", fake)
	}
}
