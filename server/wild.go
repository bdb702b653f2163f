package server

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"klartext/content"
	"klartext/server/api"
	"klartext/server/web"
)

// methodUnknown stands for every method that no address takes. Fiber answers
// methods that it was not told of by itself, with a line in English; so it is
// told of this one, and all others become it.
const methodUnknown = fiber.MethodTrace

func methods() []string {
	return []string{
		fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, fiber.MethodPut,
		fiber.MethodPatch, fiber.MethodDelete, fiber.MethodOptions, methodUnknown,
	}
}

// tame lets requests that are not even HTTP be answered as all others are.
func (s *Server) tame() {
	server := s.app.Server()
	handle, fail := server.Handler, server.ErrorHandler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		switch string(ctx.Method()) {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete, fiber.MethodOptions:
		default:
			ctx.Request.Header.SetMethod(methodUnknown)
		}
		handle(ctx)
	}
	server.ErrorHandler = func(ctx *fasthttp.RequestCtx, err error) {
		start := beginning(err)
		s.recall(ctx, start)
		if _, long := errors.AsType[*fasthttp.ErrSmallBuffer](err); !long || strings.Contains(start, "\n") {
			fail(ctx, err)
			return
		}
		c := s.app.AcquireCtx(ctx)
		defer s.app.ReleaseCtx(c)
		if err := s.fail(c, content.Fail(content.Invalid, web.CodeAddressTooLong, nil)); err != nil {
			fail(ctx, err)
		}
	}
}

// beginning are the first bytes of a request that fasthttp could not read; it tells them in its error only.
func beginning(err error) string {
	_, contents, _ := strings.Cut(err.Error(), "contents: ")
	quoted, err := strconv.QuotedPrefix(contents)
	if err != nil {
		return ""
	}
	start, err := strconv.Unquote(quoted)
	if err != nil {
		return ""
	}
	return start
}

// recall puts back what of a broken request decides how it is answered: its
// path and the reader's language, or else the site's.
func (s *Server) recall(ctx *fasthttp.RequestCtx, start string) {
	header := &ctx.Request.Header
	line, rest, _ := strings.Cut(start, "\n")
	if parts := strings.Fields(line); len(parts) > 1 && strings.HasPrefix(parts[1], "/") {
		path, _, _ := strings.Cut(parts[1], "?")
		ctx.Request.SetRequestURI(path)
	}
	for line := range strings.Lines(rest) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(name, fiber.HeaderAcceptLanguage) {
			header.Set(fiber.HeaderAcceptLanguage, strings.TrimSpace(value))
		}
	}
	if len(header.Peek(fiber.HeaderAcceptLanguage)) > 0 || s.deps.Public == nil {
		return
	}
	if site := s.deps.Public.Site(); site != nil {
		header.Set(fiber.HeaderAcceptLanguage, string(site.Languages()[0]))
	}
}

// refuseUnknown answers methods that nobody knows where the readers' handlers do not, before anybody is asked who they are.
func refuseUnknown(h *api.Handlers) fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch {
		case c.Method() != methodUnknown:
			return c.Next()
		case isAPI(c):
			return h.NoRoute(c)
		}
		c.Set(fiber.HeaderAllow, "GET, HEAD, POST")
		return fiber.ErrMethodNotAllowed
	}
}

// oneLength refuses a body that has its length told in two ways: what stands
// before this server may believe the other one.
func oneLength(c *fiber.Ctx) error {
	header := &c.Request().Header
	if header.ContentLength() != -1 { // not in chunks
		return c.Next()
	}
	for line := range strings.Lines(string(header.RawHeaders())) {
		if name, _, _ := strings.Cut(line, ":"); strings.EqualFold(strings.TrimSpace(name), fiber.HeaderContentLength) {
			c.Context().SetConnectionClose()
			return content.Fail(content.Invalid, web.CodeBadRequest, nil)
		}
	}
	return c.Next()
}
