package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"reflect"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// nothing is the body of calls that need none; an empty object is fine too.
type nothing struct{}

// read decodes the body. It answers Invalid with each field that is unknown, missing or of the wrong type.
func read[T any](h *Handlers, c *fiber.Ctx) (T, error) {
	var into T
	want, known := h.bodies[reflect.TypeFor[T]()]
	if !known {
		return into, fmt.Errorf("no operation of the API takes a %T", into)
	}
	body := c.Request().Body()
	if len(body) > 0 {
		if err := checkMedia(c); err != nil {
			return into, err
		}
	}
	if err := h.requests.Check(body, want); err != nil {
		return into, err
	}
	if err := json.Unmarshal(body, &into); err != nil {
		return into, fmt.Errorf("decode a body that fits its schema: %w", err)
	}
	return into, nil
}

// readAt is read for calls about what stands in the path, whose id it gives too.
func readAt[T any](h *Handlers, c *fiber.Ctx, unknown content.Code) (string, T, error) {
	id, err := id(c, unknown)
	if err != nil {
		var none T
		return "", none, err
	}
	in, err := read[T](h, c)
	return id, in, err
}

// readNothing accepts an empty body, or an object without fields.
func readNothing(h *Handlers, c *fiber.Ctx) error {
	if len(c.Request().Body()) == 0 {
		return nil
	}
	_, err := read[nothing](h, c)
	return err
}

// readIfAny is read for calls whose body may be missing.
func readIfAny[T any](h *Handlers, c *fiber.Ctx) (T, error) {
	if len(c.Request().Body()) == 0 {
		var none T
		return none, nil
	}
	return read[T](h, c)
}

// checkMedia refuses what says that it is no JSON. No type at all is fine, and so is the one that curl gives to whatever
// it sends: a token in the header proves who asks, so no form of a foreign page can reach this.
func checkMedia(c *fiber.Ctx) error {
	given := c.Get(fiber.HeaderContentType)
	if given == "" {
		return nil
	}
	media, params, err := mime.ParseMediaType(given)
	charset := params["charset"]
	isJSON := media == fiber.MIMEApplicationJSON || (strings.HasPrefix(media, "application/") && strings.HasSuffix(media, "+json")) ||
		(media == fiber.MIMEApplicationForm && startsAsJSON(c.Request().Body()))
	if err != nil || !isJSON || (charset != "" && !strings.EqualFold(charset, "utf-8")) {
		return content.Fail(content.Invalid, web.CodeMediaType, content.Args{"Value": given})
	}
	return nil
}

func startsAsJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}
