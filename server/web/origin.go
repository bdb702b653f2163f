package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Origins turns addresses into names that hold for a day: enough to slow down
// guessing, nothing to find an address by. The key is never stored.
type Origins struct {
	mu  sync.Mutex
	day string
	key [32]byte
}

// NewOrigins begins with a key of its own: no other process gives the same names.
func NewOrigins() *Origins { return &Origins{} }

// Name is the same for all addresses that one household or one server commands: /64 of IPv6, /24 of IPv4.
func (o *Origins) Name(address string, now time.Time) string {
	prefix := address
	if ip, err := netip.ParseAddr(address); err == nil {
		bits := 64
		if ip = ip.Unmap(); ip.Is4() {
			bits = 24
		}
		if p, err := ip.WithZone("").Prefix(bits); err == nil {
			prefix = p.String()
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if day := now.UTC().Format(time.DateOnly); day != o.day {
		_, _ = rand.Read(o.key[:]) // crypto/rand never fails since Go 1.24
		o.day = day
	}
	mac := hmac.New(sha256.New, o.key[:])
	mac.Write([]byte(prefix))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Of names where a request comes from.
func (o *Origins) Of(c *fiber.Ctx, trusted []netip.Prefix, now time.Time) string {
	return o.Name(clientAddress(c.Context().RemoteIP().String(), c.Get(fiber.HeaderXForwardedFor), trusted), now)
}

// clientAddress believes the header only as far back as trusted proxies wrote it: the client itself may have begun it.
func clientAddress(remote, forwarded string, trusted []netip.Prefix) string {
	isTrusted := func(address string) bool {
		ip, err := netip.ParseAddr(address)
		if err != nil {
			return false
		}
		for _, p := range trusted {
			if p.Contains(ip.Unmap()) {
				return true
			}
		}
		return false
	}
	hops := strings.Split(forwarded, ",")
	address := remote
	for i := len(hops) - 1; i >= 0 && isTrusted(address); i-- {
		hop := strings.TrimSpace(hops[i])
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		address = hop
	}
	return address
}
