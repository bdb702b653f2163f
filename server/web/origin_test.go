package web

import (
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestOriginIsOneForANeighbourhoodAndADay(t *testing.T) {
	o := NewOrigins()
	day := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	same := [][2]string{
		{"192.0.2.1", "192.0.2.254"}, {"2001:db8::1", "2001:db8::ffff:1:2:3"}, {"::ffff:192.0.2.1", "192.0.2.9"}, {"fe80::1%eth0", "fe80::2%eth1"},
	}
	for _, pair := range same {
		if o.Name(pair[0], day) != o.Name(pair[1], day) {
			t.Errorf("%s and %s are told apart", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"192.0.2.1", "192.0.3.1"}, {"2001:db8::1", "2001:db8:0:1::1"}} {
		if o.Name(pair[0], day) == o.Name(pair[1], day) {
			t.Errorf("%s and %s are one", pair[0], pair[1])
		}
	}
	name := o.Name("192.0.2.1", day)
	if strings.Contains(name, "192") && strings.Contains(name, "0.2") || len(name) != 32 {
		t.Errorf("the name is %q", name)
	}
	if o.Name("192.0.2.1", day.Add(24*time.Hour)) == name || NewOrigins().Name("192.0.2.1", day) == name {
		t.Error("the name holds longer than a day, or in another process")
	}
}

func TestClientAddressBelievesProxiesOnly(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, line := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1", "", "192.0.2.1"},
		{"192.0.2.1", "198.51.100.7", "192.0.2.1"},
		{"10.0.0.1", "", "10.0.0.1"},
		{"10.0.0.1", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"},
		{"10.0.0.1", "203.0.113.9, 198.51.100.7, 10.2.3.4", "198.51.100.7"},
		{"10.0.0.1", "rubbish", "10.0.0.1"},
		{"10.0.0.1", "203.0.113.9, rubbish", "10.0.0.1"},
		{"::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"},
	} {
		if got := clientAddress(line.remote, line.forwarded, proxies); got != line.want {
			t.Errorf("%s with %q: %s, want %s", line.remote, line.forwarded, got, line.want)
		}
	}
}
