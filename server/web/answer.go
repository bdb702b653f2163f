package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// Codes of what can be wrong with a request before any handler understands it. Their sentences stand beside the domain's.
const (
	CodeMediaType       content.Code = "media_type"
	CodeContentEncoding content.Code = "content_encoding"
	CodeBodyTooLarge    content.Code = "body_too_large"
	CodeHeaderTooLarge  content.Code = "header_too_large"
	CodeAddressTooLong  content.Code = "address_too_long"
	CodeTooSlow         content.Code = "too_slow"
	CodeBadRequest      content.Code = "bad_request"
	CodeHostUnknown     content.Code = "host_unknown"
	CodeMethod          content.Code = "method"
	CodeForged          content.Code = "forged"
)

// ProblemError adds members to the problem+json that an error becomes; people's pages do not show them.
type ProblemError struct {
	Err   error
	Extra map[string]any
}

// Error is the error's own text, for logs.
func (p *ProblemError) Error() string { return p.Err.Error() }

// Unwrap gives the error.
func (p *ProblemError) Unwrap() error { return p.Err }

// SeeOther sends the browser on after a form was accepted. note, where it is
// not "", names a message "note.<note>" that the next page shows.
func SeeOther(c *fiber.Ctx, path, note string) error {
	if note != "" {
		path, fragment, _ := strings.Cut(path, "#")
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		path += join + "note=" + url.QueryEscape(note)
		if fragment != "" {
			path += "#" + fragment
		}
		return c.Redirect(path, fiber.StatusSeeOther)
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

// Note is the sentence that SeeOther asked for, or "". Only messages of the
// program can be shown, so an address cannot put words into the page.
func Note(c *fiber.Ctx) string {
	name := c.Query("note")
	if name == "" || len(name) > 40 || !Printer(c).Has("note."+name) {
		return ""
	}
	return Printer(c).T("note." + name)
}

// LocalPath is next where it is a path on this site under /admin, else fallback:
// no address elsewhere, however it is spelled, can be smuggled in.
func LocalPath(next, fallback string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || u.User != nil {
		return fallback
	}
	if !strings.HasPrefix(next, "/admin/") || strings.ContainsAny(next, "\\\r\n\t\x00") || strings.Contains(u.Path, "..") {
		return fallback
	}
	return next
}
