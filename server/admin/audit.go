package admin

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// auditLines stand on one page.
const auditLines = 100

// ShowAudit shows who did what, newest first.
func (h *Handlers) ShowAudit(c *fiber.Ctx) error {
	lines, err := h.Accounts.Audits(c.UserContext(), web.Actor(c), c.Query("before"), auditLines)
	if err != nil {
		return err
	}
	frame, err := h.page(c, "settings", web.Printer(c).T("audit.title"))
	if err != nil {
		return err
	}
	page := view.AuditPage{Admin: frame}
	for _, line := range lines {
		page.Rows = append(page.Rows, auditRow(web.Printer(c), line))
	}
	if len(lines) == auditLines {
		page.Next = "/admin/audit?before=" + url.QueryEscape(lines[len(lines)-1].ID)
	}
	return h.render(c, "admin/audit", page)
}

func auditRow(p *locale.Printer, line content.Audit) view.AuditRow {
	row := view.AuditRow{At: line.At, Who: line.Name, Via: line.Via, Action: line.Action, Subject: line.Subject}
	if id := "audit.who_" + line.Via; line.Actor == "" && p.Has(id) {
		row.Who = p.T(id)
	}
	if id := "audit.via_" + line.Via; p.Has(id) {
		row.Via = p.T(id)
	}
	if id := "audit.action_" + line.Action; p.Has(id) {
		row.Action = p.T(id)
	}
	noun, _, _ := strings.Cut(line.Action, ".")
	switch noun {
	case "change":
		row.Href = "/admin/changes/" + url.PathEscape(line.Subject)
	case "entry":
		row.Href = "/admin/entries/" + url.PathEscape(line.Subject)
	case "channel":
		row.Href = "/admin/channels/" + url.PathEscape(line.Subject)
	case "delivery":
		row.Href = "/admin/deliveries/" + url.PathEscape(line.Subject)
	case "user":
		row.Href = "/admin/users/" + url.PathEscape(line.Subject)
	}
	var details []string
	for _, name := range slices.Sorted(maps.Keys(line.Detail)) {
		// Ids and the like stay in the database: they help nobody here.
		if id := "audit.detail_" + name; p.Has(id) && line.Detail[name] != "" {
			details = append(details, p.T(id, "Value", inWords(p, name, line.Detail[name])))
		}
	}
	row.Detail = strings.Join(details, ", ")
	return row
}

// inWords says the program's own words in the reader's.
func inWords(p *locale.Printer, name, value string) string {
	switch name {
	case "lang":
		return p.LangName(content.Lang(value))
	case "role", "network":
		if id := name + "." + value; p.Has(id) {
			return p.T(id)
		}
	}
	return value
}
