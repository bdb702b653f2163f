package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

type announcementInput struct {
	Channel        string       `json:"channel" need:"true" doc:"id of a channel"`
	Lang           content.Lang `json:"lang" need:"true" doc:"one of the channel's languages"`
	Text           string       `json:"text" need:"true" doc:"without the permalink"`
	ContentWarning string       `json:"content_warning"`
	Link           *bool        `json:"link" doc:"whether the permalink of the change is added on a line of its own; true where it is not given"`
	Media          []string     `json:"media" doc:"ids of pictures, each with a description in the language of the announcement"`
	Thread         bool         `json:"thread" doc:"whether a line of --- in the text begins the next part; link, reference and pictures go with the first"`
	Reference      bool         `json:"reference" doc:"whether the short reference of the change is added on a line of its own"`
}

func (in announcementInput) announcement() content.Announcement {
	return content.Announcement{
		Channel: in.Channel, Lang: in.Lang, Text: in.Text, ContentWarning: in.ContentWarning,
		Link: in.Link == nil || *in.Link, Media: in.Media, Thread: in.Thread, Reference: in.Reference,
	}
}

// SetAnnouncements replaces the announcements of a change and answers with the
// change, in which each has its length, limit, cost, warnings and final text.
func (h *Handlers) SetAnnouncements(c *fiber.Ctx) error {
	id, in, err := readAt[[]announcementInput](h, c, content.CodeChangeUnknown)
	if err != nil {
		return err
	}
	change, err := h.Changes.SetAnnouncements(c.UserContext(), web.Actor(c), id, each(in, announcementInput.announcement))
	if err != nil {
		return err
	}
	return h.sendChange(c, fiber.StatusOK, change)
}

// announcementJSON is the text for one channel in one language, counted as the network will count it.
type announcementJSON struct {
	Channel        string         `json:"channel"`
	Network        string         `json:"network"`
	Lang           content.Lang   `json:"lang"`
	Text           string         `json:"text"`
	ContentWarning string         `json:"content_warning"`
	Link           bool           `json:"link"`
	Media          []string       `json:"media"`
	Thread         bool           `json:"thread"`
	Reference      bool           `json:"reference"`
	Length         int            `json:"length" doc:"in the network's own count, of all that is sent; of a thread, of its longest part"`
	Limit          *int           `json:"limit" doc:"the longest post; null where there is no limit"`
	Over           int            `json:"over" doc:"by how much it is too long; 0 where it fits"`
	Cost           *string        `json:"cost" doc:"US dollars, as a decimal, of all parts; null where posting is free"`
	CostLink       *string        `json:"cost_with_link" doc:"what it would cost with the link"`
	CostPlain      *string        `json:"cost_without_link" doc:"what it would cost without it"`
	Warnings       []reasonJSON   `json:"warnings"`
	FinalText      string         `json:"final_text" doc:"exactly what is sent; the parts of a thread have a line of --- between them"`
	Parts          []postPartJSON `json:"parts" doc:"the posts that it becomes: one, or those of the thread"`
}

// postPartJSON is one post.
type postPartJSON struct {
	Text   string `json:"text" doc:"exactly what is sent"`
	Length int    `json:"length"`
	Over   int    `json:"over"`
}

// reasonJSON says why something stands as it does, in the language of the request.
type reasonJSON struct {
	Code   content.Code `json:"code"`
	Detail string       `json:"detail"`
}

// announcementOf counts an announcement; of a channel that is gone only its text is left.
func (r *room) announcementOf(change *content.Change, a content.Announcement) announcementJSON {
	out := announcementJSON{
		Channel: a.Channel, Lang: a.Lang, Text: a.Text, ContentWarning: a.ContentWarning,
		Link: a.Link, Media: list(a.Media), Thread: a.Thread, Reference: a.Reference,
		Warnings: []reasonJSON{}, FinalText: a.Text, Parts: []postPartJSON{},
	}
	i := slices.IndexFunc(r.channels, func(c content.Channel) bool { return c.ID == a.Channel })
	if i < 0 {
		return out
	}
	out.Network = r.channels[i].Network
	counted, err := r.h.Changes.Count(r.channels[i], change, a)
	if err != nil {
		out.Warnings = append(out.Warnings, reasonJSON{Code: content.CodeNetworkUnknown, Detail: r.printer.Error(err)})
		return out
	}
	out.Length, out.Limit, out.Over, out.Cost = counted.Length, some(counted.Limit), counted.Over(), some(counted.CostUSD)
	out.CostLink, out.CostPlain = some(counted.WithLink), some(counted.WithoutLink)
	out.FinalText = counted.Text
	for _, part := range counted.Parts {
		out.Parts = append(out.Parts, postPartJSON{Text: part.Text, Length: part.Length, Over: part.Over()})
	}
	for _, warning := range counted.Warnings {
		out.Warnings = append(out.Warnings, reasonJSON{Code: warning.Code, Detail: r.printer.Reason(warning)})
	}
	return out
}
