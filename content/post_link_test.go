package content

import (
	"errors"
	"testing"
)

type located struct {
	Network
	hosts []string
}

func (l located) Hosts(Account) []string { return l.hosts }

func TestALinkMustLeadToTheChannelsHost(t *testing.T) {
	s := &Deliveries{Networks: map[string]Network{
		"home": located{hosts: []string{"shop.example", "old.example:8443"}}, "unasked": located{}, "anywhere": Network(nil),
	}}
	for _, c := range []struct {
		network, link string
		want          Code
	}{
		{"home", "https://shop.example/@shop/1", ""},
		{"home", "https://SHOP.example/@shop/1", ""},
		{"home", "https://old.example:8443/@shop/1", ""},
		{"home", "https://old.example/@shop/1", CodePostHost},
		{"home", "https://shop.example.evil.example/@shop/1", CodePostHost},
		{"home", "https://other.example/@shop@shop.example/1", CodePostHost},
		{"home", "https://shop.example@evil.example/1", CodePostHost},
		{"unasked", "https://other.example/1", ""},
		{"anywhere", "https://other.example/1", ""},
		{"anywhere", "http://other.example/1", CodePostHTTPS},
	} {
		err := s.checkHost(Channel{Name: "Shop", Network: c.network}, c.link)
		var got Code
		if e, ok := errors.AsType[*Error](err); ok {
			got = e.Fields[0].Code
			if got == CodePostHost && e.Fields[0].Args["Host"] != "shop.example" {
				t.Errorf("%s does not name the host: %+v", c.link, e.Fields[0].Args)
			}
		}
		if got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.link, c.network, got, c.want)
		}
	}
}
