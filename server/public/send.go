package public

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"klartext/content"
)

// The usual Cache-Control: keep it, but ask before showing it again.
const revalidate = "public, max-age=0, must-revalidate"

// buildTime bounds the making of one page.
const buildTime = 10 * time.Second

// headerKey is what the headers of two pages may differ in, besides the ETag.
type headerKey struct {
	status      int
	contentType string
	encoding    encoding
	keep        string
	vary        string
	policy      string // "" for the usual one
}

// headerShelf holds each header once: ten lines for every page took more memory than the pages.
type headerShelf struct {
	mu      sync.Mutex
	headers map[headerKey]*fasthttp.ResponseHeader
}

func (s *headerShelf) of(key headerKey, fill func(*fasthttp.ResponseHeader, headerKey)) *fasthttp.ResponseHeader {
	s.mu.Lock()
	defer s.mu.Unlock()
	header, there := s.headers[key]
	if !there {
		if s.headers == nil {
			s.headers = map[headerKey]*fasthttp.ResponseHeader{}
		}
		header = &fasthttp.ResponseHeader{}
		fill(header, key)
		s.headers[key] = header
	}
	return header
}

func (h *Handlers) fillHeader(header *fasthttp.ResponseHeader, p headerKey) {
	h.setFrame(header)
	header.SetContentType(p.contentType)
	header.SetStatusCode(p.status)
	header.Set(fiber.HeaderVary, cmp.Or(p.vary, fiber.HeaderAcceptEncoding))
	if p.policy != "" {
		header.Set(fiber.HeaderContentSecurityPolicy, p.policy)
	}
	header.Set(fiber.HeaderCacheControl, cmp.Or(p.keep, revalidate))
	if name := p.encoding.String(); name != "" {
		header.Set(fiber.HeaderContentEncoding, name)
	}
}

// headerOf is a page's header in one encoding. One with lines of its own is its own; all others are shared.
func (h *Handlers) headerOf(p *page, s *snapshot, v *variant, e encoding) *fasthttp.ResponseHeader {
	key := headerKey{status: v.status, contentType: v.contentType, encoding: e, keep: p.keep, vary: p.vary}
	if s != nil && strings.HasPrefix(v.contentType, "text/html") { // nothing else has a style in it
		if key.policy = s.policy; p.scripted {
			key.policy = s.scriptPolicy
		}
	}
	if len(p.extra) == 0 {
		return h.headers.of(key, h.fillHeader)
	}
	header := &fasthttp.ResponseHeader{}
	h.fillHeader(header, key)
	setExtra(header, p.extra)
	return header
}

// setExtra sets what one page has besides.
func setExtra(header *fasthttp.ResponseHeader, lines []headerLine) {
	for _, line := range lines {
		if line.value == "" {
			header.Del(line.name)
			continue
		}
		header.Set(line.name, line.value)
	}
}

// anyOrigin lets scripts of other sites read an answer; there is nothing in it that is not public.
func anyOrigin() headerLine { return headerLine{fiber.HeaderAccessControlAllowOrigin, "*"} }

// setFrame sets what every answer to a reader has.
func (h *Handlers) setFrame(header *fasthttp.ResponseHeader) {
	for _, line := range h.frame {
		header.Set(line.name, line.value)
	}
}

// send answers with a page in the best encoding, or with 304 where the reader has it.
func (h *Handlers) send(c *fiber.Ctx, s *snapshot, p *page) error {
	r := c.Context()
	e := accepted(string(r.Request.Header.Peek(fiber.HeaderAcceptEncoding)))
	v := p.variants[e].Load()
	if v == nil {
		ctx, cancel := context.WithTimeout(c.UserContext(), buildTime)
		defer cancel()
		var err error
		if v, err = p.variant(ctx, h, s, e); err != nil {
			return err
		}
	}
	v.header.CopyTo(&r.Response.Header)
	r.Response.Header.Set(fiber.HeaderETag, v.etag)
	if v.status == fiber.StatusOK && matches(string(r.Request.Header.Peek(fiber.HeaderIfNoneMatch)), v.etag) {
		r.Response.Header.SetStatusCode(fiber.StatusNotModified)
		r.Response.Header.Del(fiber.HeaderContentEncoding)
		return nil
	}
	if known := r.Request.Header.Peek(fiber.HeaderIfMatch); len(known) > 0 && !strongly(string(known), v.etag) {
		r.Response.Header.SetStatusCode(fiber.StatusPreconditionFailed)
		r.Response.Header.Del(fiber.HeaderContentEncoding)
		return nil
	}
	if len(v.body.head) == 0 {
		r.Response.SetBodyRaw(v.body.rest)
		return nil
	}
	r.Response.AppendBody(v.body.head)
	r.Response.AppendBody(v.body.rest)
	return nil
}

// matches is whether an If-None-Match header names the tag.
func matches(header, etag string) bool {
	for header != "" {
		var item string
		item, header, _ = strings.Cut(header, ",")
		item = strings.TrimSpace(item)
		if strings.TrimPrefix(item, "W/") == etag || item == "*" {
			return true
		}
	}
	return false
}

// strongly is whether an If-Match header names the tag; a weak tag is none for it.
func strongly(header, etag string) bool {
	for item := range strings.SplitSeq(header, ",") {
		if item = strings.TrimSpace(item); item == etag || item == "*" {
			return true
		}
	}
	return false
}

// moved sends the reader on, for ever.
func (h *Handlers) moved(c *fiber.Ctx, path string) error {
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderCacheControl, revalidate)
	return c.Redirect(path, fiber.StatusMovedPermanently)
}

// now is what is published at this moment; before the first Refresh the reader must come back.
func (h *Handlers) now() (*snapshot, error) {
	s := h.current.Load()
	if s == nil {
		return nil, content.Fail(content.Unavailable, content.CodeBusy, nil)
	}
	if h.deps.Dev {
		return h.snapshot(s.site, nil), nil
	}
	return s, nil
}
