package server

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// rescue turns a panic into an error: fasthttp would let it end the process.
func (s *Server) rescue(c *fiber.Ctx) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return c.Next()
}

// allowedHosts are the names under which the site answers: the public one, and
// the address listened on with its loopback names.
func allowedHosts(base *url.URL, listen string) map[string]bool {
	hosts := map[string]bool{strings.ToLower(base.Host): true}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return hosts
	}
	hosts[strings.ToLower(listen)] = true
	ip := net.ParseIP(host)
	if host == "" || host == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
			hosts[net.JoinHostPort(name, port)] = true
		}
	}
	return hosts
}

// checkHost refuses requests for another name, so that no foreign name gets
// into a link, a cache or a cookie. A load balancer asks for health by address.
func (s *Server) checkHost(c *fiber.Ctx) error {
	// The header as it came and, for "GET http://host/path", the address: both must fit.
	if s.knows(c.Request().Header.Host()) && s.knows(c.Request().URI().Host()) {
		return c.Next()
	}
	if path := c.Path(); path == "/healthz" || path == "/readyz" {
		return c.Next()
	}
	return content.Fail(content.Invalid, web.CodeHostUnknown, nil)
}

func (s *Server) knows(host []byte) bool {
	return s.hosts[string(host)] || s.hosts[strings.ToLower(string(host))]
}

// refuseEncoded refuses compressed bodies: Fiber unpacks them without any
// limit, 970 kB became 4.8 GB.
func refuseEncoded(c *fiber.Ctx) error {
	if len(c.Request().Header.ContentEncoding()) > 0 {
		return content.Fail(content.Invalid, web.CodeContentEncoding, nil)
	}
	return c.Next()
}

// deadline ends a handler's work: Fiber does not notice when a client leaves.
func deadline(work time.Duration) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), work)
		defer cancel()
		c.SetUserContext(ctx)
		return c.Next()
	}
}

// secure sets the headers of every answer that is no public page; those carry them ready-made.
func (s *Server) secure(c *fiber.Ctx) error {
	s.setSecure(c)
	return c.Next()
}

func (s *Server) setSecure(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, web.Policy(""))
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	// Not no-referrer: with it a browser sends "Origin: null" on our own forms.
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=()")
	if s.https {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000; includeSubDomains")
	}
}

func notFound(*fiber.Ctx) error { return content.Fail(content.NotFound, content.CodeNotFound, nil) }
