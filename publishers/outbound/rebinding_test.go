package outbound

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// nameServer answers questions for IPv4 and IPv6 addresses. What it answers changes when tests turn it.
type nameServer struct {
	mu      sync.Mutex
	answers [][]net.IP
}

func (s *nameServer) now(v6 bool) (list []net.IP) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ip := range s.answers[0] {
		if (ip.To4() == nil) == v6 {
			list = append(list, ip)
		}
	}
	return list
}

// turn goes on to the next answers; the last ones stay.
func (s *nameServer) turn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
}

// resolver asks the name server instead of the system's.
func (s *nameServer) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go s.serve(conn)
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (s *nameServer) serve(conn net.PacketConn) {
	for buffer := make([]byte, 512); ; {
		n, from, err := conn.ReadFrom(buffer)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buffer[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Additionals = true, nil
		q := m.Questions[0]
		for _, ip := range s.now(q.Type == dnsmessage.TypeAAAA) {
			r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}}
			if q.Type == dnsmessage.TypeAAAA {
				r.Body = &dnsmessage.AAAAResource{AAAA: [16]byte(ip.To16())}
			} else {
				r.Body = &dnsmessage.AResource{A: [4]byte(ip.To4())}
			}
			m.Answers = append(m.Answers, r)
		}
		if packed, err := m.Pack(); err == nil {
			_, _ = conn.WriteTo(packed, from)
		}
	}
}

func ips(list ...string) (out []net.IP) {
	for _, s := range list {
		out = append(out, net.ParseIP(s))
	}
	return out
}

// errSeen stands for a connection: the tests reach no network.
var errSeen = errors.New("seen")

// A name that is public when it is typed and private when it is called, or both at once, connects to nothing private.
func TestNamesThatLeadInside(t *testing.T) {
	for name, c := range map[string]struct {
		answers [][]net.IP
		want    []string // let through, over two calls
	}{
		"public":               {[][]net.IP{ips("93.184.216.34")}, []string{"93.184.216.34:443", "93.184.216.34:443"}},
		"rebound":              {[][]net.IP{ips("93.184.216.34"), ips("127.0.0.1")}, []string{"93.184.216.34:443"}},
		"loopback":             {[][]net.IP{ips("127.0.0.1")}, nil},
		"loopback by IPv6":     {[][]net.IP{ips("::1")}, nil},
		"private":              {[][]net.IP{ips("10.0.0.5", "172.16.3.4", "192.168.1.1", "100.64.0.1")}, nil},
		"the cloud's metadata": {[][]net.IP{ips("169.254.169.254", "fd00:ec2::254")}, nil},
		"inside and outside":   {[][]net.IP{ips("10.0.0.5", "93.184.216.34", "fe80::1")}, []string{"93.184.216.34:443", "93.184.216.34:443"}},
		"NAT64 and 6to4":       {[][]net.IP{ips("64:ff9b::7f00:1", "2002:7f00:1::")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			server := &nameServer{answers: c.answers}
			var through []string
			client := New(Options{Timeout: 2 * time.Second, Resolver: server.resolver(t), Control: func(_, address string) error {
				through = append(through, address)
				return errSeen
			}})
			for range 2 {
				_, err := get(t, client, "https://social.example.com/api")
				var refused *AddressError
				if err == nil || !errors.Is(err, errSeen) && !errors.As(err, &refused) {
					t.Errorf("call: %v", err)
				}
				server.turn()
			}
			if !slices.Equal(through, c.want) {
				t.Errorf("connected to %v, want %v", through, c.want)
			}
		})
	}
}

// Where a server of the outside sends the client on is not looked at, so it cannot lead inside; and what was asked first
// does not stay open for a second call under another name.
func TestNothingLeadsOn(t *testing.T) {
	var paths []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.Host+r.URL.Path)
		w.Header().Set("Location", "http://"+r.Host+"/inside")
		w.Header().Set("Refresh", "0; url=http://"+r.Host+"/inside")
		w.WriteHeader(http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	client := New(Options{AllowPrivate: true})
	for range 2 {
		if resp, err := get(t, client, server.URL+"/outside"); err != nil || resp.StatusCode != http.StatusTemporaryRedirect || !resp.Close {
			t.Errorf("%v, %v", resp, err)
		}
	}
	if strings.Contains(strings.Join(paths, " "), "inside") || len(paths) != 2 {
		t.Errorf("called %v", paths)
	}
}

// What the operator's environment says of proxies is not for addresses that people type: the check would see the proxy.
func TestNoProxyStandsBetween(t *testing.T) {
	asked := false
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer proxy.Close()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	server := &nameServer{answers: [][]net.IP{ips("127.0.0.1")}}
	if _, err := get(t, New(Options{Timeout: time.Second, Resolver: server.resolver(t)}), "https://social.example.com/"); err == nil || asked {
		t.Errorf("error %v, the proxy was asked: %v", err, asked)
	}
}
