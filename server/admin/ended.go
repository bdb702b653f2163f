package admin

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// sessionEnded gives back everything that was typed, in a form that can be sent again after login in another tab.
func (h *Handlers) sessionEnded(c *fiber.Ctx) error {
	cause := content.Fail(content.Unknown, content.CodeLoginNeeded, nil)
	form, err := web.ReadForm(c)
	if web.IsUpload(c) {
		form, _, err = web.ReadUpload(c) // the file must be chosen again
	}
	if err != nil {
		return cause
	}
	data := view.EndedPage{Admin: h.bare(c, "", web.Printer(c).T("ended.title")), Action: c.OriginalURL()}
	if web.LocalPath(data.Action, "") == "" {
		return cause
	}
	for _, name := range form.Names() {
		if keeps(name) {
			for _, value := range form.All(name) {
				data.Kept = append(data.Kept, view.Kept{Name: name, Value: value})
			}
		}
	}
	return h.again(c, "admin/ended", data, cause)
}

// keeps tells whether a field may be shown again: no password, no credential.
func keeps(name string) bool {
	return name != web.CSRFField && !strings.Contains(name, "password") && !strings.HasPrefix(name, "settings.") && name != "token"
}
