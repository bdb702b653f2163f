package outbound

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// ErrAddress says that what was typed is no address of a server.
var ErrAddress = errors.New("not the address of a server")

// Server reads the name of a server as people type or paste it, "example.social"
// or "https://example.social/", and answers its address without a path. Ports,
// http and IP addresses are for private networks only.
func Server(typed string, allowPrivate bool) (*url.URL, error) {
	u, err := parse(typed, allowPrivate)
	if err != nil {
		return nil, err
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return nil, ErrAddress
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

// Address reads a whole address, such as that of a webhook, by the same rules.
func Address(typed string, allowPrivate bool) (*url.URL, error) {
	if !strings.Contains(typed, "://") {
		return nil, ErrAddress
	}
	return parse(typed, allowPrivate)
}

func parse(typed string, allowPrivate bool) (*url.URL, error) {
	typed = strings.TrimSpace(typed)
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.User != nil || u.Fragment != "" || u.Opaque != "" || u.Host == "" {
		return nil, ErrAddress
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "https" && (u.Scheme != "http" || !allowPrivate) {
		return nil, ErrAddress
	}
	if allowPrivate {
		return u, nil
	}
	host, err := publicName(u)
	if err != nil {
		return nil, err
	}
	u.Host = host
	return u, nil
}

// publicName is the host in the form that DNS knows; it must be a name with a dot, without port.
func publicName(u *url.URL) (string, error) {
	if port := u.Port(); port != "" && port != "443" {
		return "", ErrAddress
	}
	host, err := idna.Lookup.ToASCII(strings.TrimSuffix(u.Hostname(), "."))
	if err != nil {
		return "", ErrAddress
	}
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return "", ErrAddress
	}
	labels := strings.Split(host, ".")
	if slices.Contains(labels, "") || numeric(labels[len(labels)-1]) {
		return "", ErrAddress // 127.1, 0x7f.1: resolvers read these as IP addresses
	}
	return host, nil
}

func numeric(label string) bool {
	if strings.HasPrefix(label, "0x") {
		return true
	}
	return strings.Trim(label, "0123456789") == ""
}
