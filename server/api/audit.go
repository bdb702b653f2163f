package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// auditJSON is one line of who did what.
type auditJSON struct {
	ID      string            `json:"id"`
	At      time.Time         `json:"at"`
	Actor   *string           `json:"actor" doc:"id of the user; null for the command line and the program itself"`
	Name    string            `json:"name"`
	Via     string            `json:"via"`
	Action  string            `json:"action"`
	Subject string            `json:"subject" doc:"id of what was acted on"`
	Detail  map[string]string `json:"detail"`
}

func auditOf(a content.Audit) auditJSON {
	out := auditJSON{
		ID: a.ID, At: stamp(a.At), Actor: some(a.Actor), Name: a.Name, Via: a.Via, Action: a.Action, Subject: a.Subject, Detail: a.Detail,
	}
	if out.Detail == nil {
		out.Detail = map[string]string{}
	}
	return out
}

// ListAudit lists who did what, newest first.
func (h *Handlers) ListAudit(c *fiber.Ctx) error {
	w, err := readWindow(c)
	if err != nil {
		return err
	}
	// One more than asked for tells whether there is a next part.
	lines, err := h.Accounts.Audits(c.UserContext(), web.Actor(c), w.after, w.limit+1)
	if err != nil {
		return err
	}
	out := listOf[auditJSON]{Items: each(lines[:min(len(lines), w.limit)], auditOf)}
	if len(lines) > w.limit {
		out.Next = cursor(lines[w.limit-1].ID)
	}
	return answer(c, fiber.StatusOK, out)
}
