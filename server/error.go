package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// status is the one place where errors become numbers.
func status(e *content.Error) int {
	switch e.Code {
	case content.CodeDiskFull:
		return fiber.StatusInsufficientStorage
	case content.CodeLoginSlow, content.CodeVoicesSlow:
		return fiber.StatusTooManyRequests
	case web.CodeBodyTooLarge:
		return fiber.StatusRequestEntityTooLarge
	case web.CodeMediaType, web.CodeContentEncoding:
		return fiber.StatusUnsupportedMediaType
	case web.CodeHeaderTooLarge:
		return fiber.StatusRequestHeaderFieldsTooLarge
	case web.CodeAddressTooLong:
		return fiber.StatusRequestURITooLong
	case web.CodeTooSlow:
		return fiber.StatusRequestTimeout
	case web.CodeBadRequest, web.CodeHostUnknown:
		return fiber.StatusBadRequest
	case web.CodeMethod:
		return fiber.StatusMethodNotAllowed
	default: // the kind decides
	}
	switch e.Kind {
	case content.Invalid:
		return fiber.StatusUnprocessableEntity
	case content.NotFound:
		return fiber.StatusNotFound
	case content.Conflict:
		return fiber.StatusConflict
	case content.Forbidden:
		return fiber.StatusForbidden
	case content.Unknown:
		return fiber.StatusUnauthorized
	case content.Unavailable:
		return fiber.StatusServiceUnavailable
	case content.Internal:
	}
	return fiber.StatusInternalServerError
}

// told makes the error that a person is told of the one that happened.
func told(err error) *content.Error {
	if e, ok := errors.AsType[*content.Error](err); ok {
		return e
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return &content.Error{Kind: content.Unavailable, Code: content.CodeBusy, Err: err}
	}
	if e, ok := errors.AsType[*fiber.Error](err); ok {
		return &content.Error{Kind: content.Invalid, Code: codeOf(e.Code), Err: err}
	}
	return &content.Error{Kind: content.Internal, Code: content.CodeInternal, Err: err}
}

// codeOf names what Fiber itself refuses.
func codeOf(number int) content.Code {
	switch number {
	case fiber.StatusRequestEntityTooLarge:
		return web.CodeBodyTooLarge
	case fiber.StatusRequestHeaderFieldsTooLarge:
		return web.CodeHeaderTooLarge
	case fiber.StatusRequestTimeout:
		return web.CodeTooSlow
	case fiber.StatusMethodNotAllowed:
		return web.CodeMethod
	}
	return web.CodeBadRequest
}

// fail answers every error: with a page, or with a problem for programs. It
// logs what is our own fault, once, under a number that the person can quote.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	e := told(err)
	if e.Code == web.CodeBodyTooLarge && e.Args == nil {
		e.Args = content.Args{"Limit": bodyLimit / kilobyte}
	}
	number, reference := status(e), ""
	if e.Kind == content.Internal || e.Kind == content.Unavailable && e.Err != nil {
		reference = strings.ToLower(rand.Text()[:8])
		s.deps.Log.Error("request failed", slog.String("reference", reference), slog.String("method", c.Method()),
			slog.String("route", c.Route().Path), slog.Int("status", number), slog.Any("error", err))
	}
	c.Status(number)
	s.setSecure(c)
	c.Set(fiber.HeaderCacheControl, "no-store")
	switch {
	case e.Code == content.CodeLoginSlow:
		c.Set(fiber.HeaderRetryAfter, fmt.Sprint(e.Args["Seconds"]))
	case number == fiber.StatusServiceUnavailable:
		c.Set(fiber.HeaderRetryAfter, "5")
	case number == fiber.StatusUnauthorized && isAPI(c):
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
	}
	if _, shown := errors.AsType[*web.ShownError](err); shown {
		return nil
	}
	p := s.printer(c)
	if isAPI(c) {
		return sendProblem(c, p, number, e, err, reference)
	}
	return s.sendPage(c, p, number, e, reference)
}

func isAPI(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), "/api/") }

// printer speaks the language of the address where it names one, else the reader's own.
func (s *Server) printer(c *fiber.Ctx) *locale.Printer {
	web.SetCatalog(c, s.deps.Catalog)
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Path(), "/"), "/")
	for _, lang := range s.deps.Catalog.Langs() {
		if string(lang) == first {
			return s.deps.Catalog.Printer(lang)
		}
	}
	return web.Printer(c)
}

// problem is RFC 9457.
func sendProblem(c *fiber.Ctx, p *locale.Printer, number int, e *content.Error, cause error, reference string) error {
	body := map[string]any{
		"type": "about:blank", "title": p.T("error_page." + string(e.Kind)), "status": number,
		"detail": p.Error(e), "code": e.Code,
	}
	if len(e.Fields) > 0 {
		fields := make([]map[string]any, len(e.Fields))
		for i, f := range e.Fields {
			fields[i] = map[string]any{"field": f.Field, "code": f.Code, "detail": p.Problem(f.Code, f.Args)}
		}
		body["errors"] = fields
	}
	if reference != "" {
		body["instance"] = "urn:klartext:error:" + reference
	}
	if more, ok := errors.AsType[*web.ProblemError](cause); ok {
		maps.Copy(body, more.Extra)
	}
	out, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode a problem: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/problem+json; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, string(p.Lang))
	return c.Send(out)
}

func (s *Server) sendPage(c *fiber.Ctx, p *locale.Printer, number int, e *content.Error, reference string) error {
	page := view.ErrorPage{
		Admin:   view.Admin{Lang: p.Lang, Title: p.T("error_page." + string(e.Kind)), SiteName: "Klartext"},
		Status:  number,
		Message: p.Error(e), Reference: reference,
	}
	if user, ok := web.User(c); ok {
		page.User, page.CSRF = &user, web.CSRFToken(c)
	} else {
		page.Door = strings.HasPrefix(c.Path(), "/admin")
	}
	if advice := "error_page.advice_" + string(e.Kind); p.Has(advice) {
		page.Advice = p.T(advice)
	}
	for _, f := range e.Fields {
		page.Fields = append(page.Fields, p.Problem(f.Code, f.Args))
	}
	var b bytes.Buffer
	if err := s.deps.Views.Render(&b, p.Lang, "admin/error", page); err != nil {
		s.deps.Log.Error("render the error page", slog.Any("error", err))
		return c.SendString(strconv.Itoa(number) + " " + page.Message)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(b.Bytes())
}
