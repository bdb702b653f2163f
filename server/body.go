package server

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

const (
	streamAbove = 64 << 10
	kilobyte    = 1 << 10
	bodyLimit   = 1 << 20
	// textLimit is for a policy with all its sections, which grows when a form encodes it.
	textLimit = 4 << 20
	// uploadLimit is for a picture of content.MaxUpload as base64, and what is sent with it.
	uploadLimit = 12 << 20
	// drainLimit is how much of a body that is too large is read all the same: a
	// browser shows the answer only after it has sent everything.
	drainLimit = 32 << 20
)

// limitOf is how large the body of a request to this path may be.
func limitOf(path string) int {
	path = strings.TrimSuffix(path, "/")
	if isUpload(path) {
		return uploadLimit
	}
	if strings.HasSuffix(path, "/revisions") || strings.HasSuffix(path, "/preview") || strings.HasSuffix(path, "/check") {
		return textLimit
	}
	return bodyLimit
}

func isUpload(path string) bool {
	return strings.HasSuffix(path, "/media") || strings.HasSuffix(path, "/pictures")
}

// readBody reads the body up to the limit of its path. One that is too large is
// read on and thrown away, so that the person gets an answer and not a dropped connection.
func readBody(c *fiber.Ctx) error {
	req := c.Request()
	if !req.IsBodyStream() {
		return c.Next()
	}
	limit, declared := limitOf(c.Path()), req.Header.ContentLength()
	stream := req.BodyStream()
	if declared > limit {
		return tooLarge(c, stream, limit)
	}
	body, err := io.ReadAll(io.LimitReader(stream, int64(limit)+1))
	switch {
	case err != nil:
		return brokenBody(c, err)
	case len(body) > limit:
		return tooLarge(c, stream, limit)
	case declared >= 0 && len(body) < declared:
		return brokenBody(c, io.ErrUnexpectedEOF) // half a text must not be saved as a whole one
	}
	req.SetBodyRaw(body)
	return c.Next()
}

func tooLarge(c *fiber.Ctx, rest io.Reader, limit int) error {
	if n, err := io.CopyN(io.Discard, rest, drainLimit); err == nil || !errors.Is(err, io.EOF) || n == drainLimit {
		c.Context().SetConnectionClose()
	}
	if isUpload(strings.TrimSuffix(c.Path(), "/")) {
		return content.Fail(content.Invalid, content.CodePictureLarge, content.Args{"Limit": content.MaxUpload >> 20})
	}
	return content.Fail(content.Invalid, web.CodeBodyTooLarge, content.Args{"Limit": limit / kilobyte})
}

func brokenBody(c *fiber.Ctx, err error) error {
	c.Context().SetConnectionClose()
	code := web.CodeBadRequest
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		code = web.CodeTooSlow
	}
	return &content.Error{Kind: content.Invalid, Code: code, Err: err}
}
