package api

import (
	"encoding/json"
	"fmt"
	"mime"
	"reflect"

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

// readNothing accepts an empty body, or an object without fields.
func readNothing(h *Handlers, c *fiber.Ctx) error {
	if len(c.Request().Body()) == 0 {
		return nil
	}
	_, err := read[nothing](h, c)
	return err
}

func checkMedia(c *fiber.Ctx) error {
	given := c.Get(fiber.HeaderContentType)
	media, params, err := mime.ParseMediaType(given)
	charset := params["charset"]
	if err != nil || media != fiber.MIMEApplicationJSON || (charset != "" && charset != "utf-8" && charset != "UTF-8") {
		return content.Fail(content.Invalid, web.CodeMediaType, content.Args{"Value": given})
	}
	return nil
}
