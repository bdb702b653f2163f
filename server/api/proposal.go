package api

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// proposalJSON is a text that fits at once.
type proposalJSON struct {
	Channel string       `json:"channel"`
	Lang    content.Lang `json:"lang"`
	Text    string       `json:"text" doc:"without the permalink, as an announcement takes it; empty where none can be proposed"`
	Link    bool         `json:"link"`
	Length  int          `json:"length" doc:"with the link, in the network's own count"`
	Limit   *int         `json:"limit"`
	Cost    *string      `json:"cost"`
	Reason  *reasonJSON  `json:"reason" doc:"why there is no text, or why it is not the whole summary; else null"`
}

// ListProposals proposes an announcement for every channel and language.
func (h *Handlers) ListProposals(c *fiber.Ctx) error {
	id, err := id(c, content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	all, err := h.Changes.Propose(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	printer := web.Printer(c)
	return answer(c, fiber.StatusOK, listOf[proposalJSON]{Items: each(all, func(p content.Proposal) proposalJSON {
		out := proposalJSON{
			Channel: p.Announcement.Channel, Lang: p.Announcement.Lang, Text: p.Announcement.Text, Link: p.Announcement.Link,
			Length: p.Composed.Length, Limit: some(p.Composed.Limit), Cost: some(p.Composed.CostUSD),
		}
		if p.Reason.Code != "" {
			out.Reason = &reasonJSON{Code: p.Reason.Code, Detail: printer.Reason(p.Reason)}
		}
		return out
	})})
}
