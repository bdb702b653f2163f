package web

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// SendPicture answers with a picture that somebody uploaded: as nothing but that,
// whatever a browser makes of it, and as a file where it is opened by itself.
func SendPicture(c *fiber.Ctx, m content.Media) error {
	extension := ".png"
	if m.Type == "image/jpeg" {
		extension = ".jpg"
	}
	c.Set(fiber.HeaderContentType, m.Type)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+m.ID[:min(12, len(m.ID))]+extension+`"`)
	return c.Send(m.Bytes)
}
