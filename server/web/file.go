package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// ReadFile reads the file that a form of type multipart/form-data sent in this
// field; nothing where none was chosen. The body's own limit bounds it.
func ReadFile(c *fiber.Ctx, field string) ([]byte, error) {
	kind, params, err := mime.ParseMediaType(string(c.Request().Header.ContentType()))
	if err != nil || kind != fiber.MIMEMultipartForm {
		return nil, content.Fail(content.Invalid, CodeMediaType, content.Args{"Value": kind})
	}
	reader := multipart.NewReader(bytes.NewReader(c.Request().Body()), params["boundary"])
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, &content.Error{Kind: content.Invalid, Code: CodeBadRequest, Err: err}
		}
		if part.FormName() != field {
			continue
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			return nil, fmt.Errorf("read the file %s: %w", field, err)
		}
		return raw, nil
	}
}
