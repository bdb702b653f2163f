package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// File is a file that was uploaded. Nothing on disk is ever named after it.
type File struct {
	Name  string
	Bytes []byte
}

const (
	maxUploadParts = 1000
	mimeMultipart  = "multipart/form-data"
)

// ReadUpload reads a multipart body: its fields, and the file in the field
// "file", empty where none was chosen.
func ReadUpload(c *fiber.Ctx) (Form, File, error) {
	form, file := Form{Values: url.Values{}}, File{}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != mimeMultipart {
		return form, file, content.Fail(content.Invalid, CodeMediaType, content.Args{"Value": kind})
	}
	parts := multipart.NewReader(bytes.NewReader(c.Request().Body()), params["boundary"])
	for n := 1; ; n++ {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return form, file, nil
		case err != nil:
			return form, file, &content.Error{Kind: content.Invalid, Code: CodeBadRequest, Err: err}
		case n > maxUploadParts:
			return form, file, content.Fail(content.Invalid, content.CodeTooMany, content.Args{"Count": n, "Limit": maxUploadParts})
		}
		value, err := io.ReadAll(part) // no more than the body, which has a limit
		if err != nil {
			return form, file, &content.Error{Kind: content.Invalid, Code: CodeBadRequest, Err: err}
		}
		name := part.FormName()
		if name == "file" {
			file = File{Name: part.FileName(), Bytes: value}
			continue
		}
		form.add(name, string(value))
	}
}

// IsUpload tells whether the body is multipart.
func IsUpload(c *fiber.Ctx) bool {
	return strings.HasPrefix(strings.ToLower(c.Get(fiber.HeaderContentType)), mimeMultipart)
}

// Langs collects a field that stands once per language, as "alt[de]" and "alt[en]".
func (f Form) Langs(name string) content.Text {
	text := content.Text{}
	for field, values := range f.Values {
		lang, ok := strings.CutPrefix(field, name+"[")
		if lang, closed := strings.CutSuffix(lang, "]"); ok && closed && len(values) > 0 {
			text[content.Lang(lang)] = values[0]
		}
	}
	return text
}
