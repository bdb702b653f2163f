// Package server is the way in by HTTP: the Fiber app, its routes, what every
// request must pass, and what errors become. It does not know SQL or networks.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/locale"
	"klartext/server/public"
	"klartext/server/view"
	"klartext/server/web"
)

// Deps is what a Server is made of.
type Deps struct {
	Public  *public.Handlers
	Admin   *admin.Handlers
	API     *api.Handlers
	Views   *view.Views
	Catalog *locale.Catalog
	Log     *slog.Logger
	// BaseURL is the address that readers see, without a slash at the end.
	BaseURL string
	// Listen is the address listened on, "127.0.0.1:8080"; requests for it are answered too.
	Listen string
	// Limits may be zero for the defaults.
	Limits Limits
}

// Limits bound what one request may take.
type Limits struct {
	Read  time.Duration // for the whole request to arrive
	Write time.Duration // for the whole answer to leave
	Idle  time.Duration // between two requests of a connection
	Work  time.Duration // for a handler's use of database and networks
}

func (l Limits) orDefault() Limits {
	or := func(d, otherwise time.Duration) time.Duration {
		if d > 0 {
			return d
		}
		return otherwise
	}
	return Limits{
		Read: or(l.Read, 10*time.Second), Write: or(l.Write, 30*time.Second),
		Idle: or(l.Idle, time.Minute), Work: or(l.Work, 30*time.Second),
	}
}

// Server answers HTTP.
type Server struct {
	deps  Deps
	app   *fiber.App
	hosts map[string]bool
	https bool
}

// New builds the app with all its routes. It answers an error where the base URL is none.
func New(deps Deps) (*Server, error) {
	base, err := url.Parse(deps.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || strings.Trim(base.Path, "/") != "" {
		return nil, fmt.Errorf("the base URL %q is not an address like https://data.example.org", deps.BaseURL)
	}
	s := &Server{deps: deps, hosts: allowedHosts(base, deps.Listen), https: base.Scheme == "https"}
	limits := deps.Limits.orDefault()
	s.app = fiber.New(fiber.Config{
		AppName:   "Klartext",
		Immutable: true, StrictRouting: true, CaseSensitive: true,
		ReadTimeout: limits.Read, WriteTimeout: limits.Write, IdleTimeout: limits.Idle,
		Concurrency: 4096, ReadBufferSize: 8192,
		// A body arrives as a stream, so that one that is too large can be read
		// to its end and answered; readBody sets the real limits.
		StreamRequestBody: true, BodyLimit: streamAbove, DisablePreParseMultipartForm: true,
		// Nobody's X-Forwarded-Host or -Proto is believed: links come from BaseURL.
		EnableTrustedProxyCheck: true, EnableIPValidation: true,
		RequestMethods:        methods(),
		DisableStartupMessage: true, DisableDefaultDate: false,
		ErrorHandler: s.fail,
	})
	s.routes(limits)
	s.tame()
	return s, nil
}

// routes lays the way of a request: what all must pass, then readers, then the rest.
func (s *Server) routes(limits Limits) {
	s.app.Use(s.rescue, s.checkHost, refuseEncoded, oneLength, readBody)
	publicRoutes(s.app, s.deps.Public)
	inside := s.app.Group("", s.secure, web.Speak(s.deps.Catalog), refuseUnknown(s.deps.API), deadline(limits.Work))
	apiRoutes(inside, s.deps.API)
	adminRoutes(inside, s.deps.Admin)
	s.app.Use(notFound)
}

// App is the Fiber app, for tests.
func (s *Server) App() *fiber.App { return s.app }

// Run answers requests on the listener until ctx ends, then lets running
// requests finish for as long as grace. It returns when none is left.
func (s *Server) Run(ctx context.Context, listener net.Listener, grace time.Duration) error {
	served := make(chan error, 1)
	go func() { served <- s.app.Listener(listener) }()
	select {
	case err := <-served:
		if err != nil {
			return fmt.Errorf("listen on %s: %w", listener.Addr(), err)
		}
		return errors.New("the listener was closed")
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := s.app.ShutdownWithContext(stop); err != nil {
		return fmt.Errorf("stop answering requests: %w", err)
	}
	return <-served
}
