package admin

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// compose says in words how a post will be sent.
func (h *Handlers) compose(ch content.Channel, change content.Change, a content.Announcement, p *locale.Printer) view.Composed {
	counted, err := h.Changes.Count(ch, &change, a)
	if err != nil {
		return view.Composed{Warnings: []string{p.Error(err)}}
	}
	out := view.Composed{Warnings: []string{}, Count: count(counted.Composed, p)}
	if counted.CostUSD != "" {
		out.WithLink = p.T("composer.cost", "Cost", decimal(counted.WithLink, p.Lang))
		out.WithoutLink = p.T("composer.cost", "Cost", decimal(counted.WithoutLink, p.Lang))
	}
	if a.Text == "" {
		return out
	}
	if over := counted.Over(); over > 0 {
		out.Over = p.N("change.over", over)
	}
	if counted.CostUSD != "" {
		out.Cost = p.T("change.cost", "Cost", decimal(counted.CostUSD, p.Lang))
	}
	for i, part := range counted.Parts {
		shown := view.ComposedPart{Number: i + 1, Final: part.Text, Count: count(part, p), Over: part.Over() > 0}
		if !strings.HasPrefix(part.Text, a.ContentWarning) { // else the network has it in the text
			shown.Warning = a.ContentWarning
		}
		out.Parts = append(out.Parts, shown)
	}
	for _, w := range counted.Warnings {
		out.Warnings = append(out.Warnings, p.Reason(w))
	}
	return out
}

// count says how long a post is.
func count(composed content.Composed, p *locale.Printer) string {
	if composed.Limit == 0 {
		return p.N("change.count", composed.Length)
	}
	return p.T("change.count_of", "Length", p.Number(composed.Length), "Limit", p.Number(composed.Limit))
}

// decimal writes an amount with the language's own point, and as many digits as it came with.
func decimal(amount string, lang content.Lang) string {
	value, err := strconv.ParseFloat(amount, 64)
	if err != nil {
		return amount
	}
	_, digits, _ := strings.Cut(amount, ".")
	return message.NewPrinter(language.Make(string(lang))).Sprint(number.Decimal(value, number.Scale(len(digits))))
}

// CountAnnouncement shows how a post would be sent and how long it is, for the page's script.
func (h *Handlers) CountAnnouncement(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	change, err := h.Changes.Get(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	channels, err := h.Changes.Channels.Channels(c.UserContext())
	if err != nil {
		return fmt.Errorf("read channels: %w", err)
	}
	at := slices.IndexFunc(channels, func(ch content.Channel) bool { return ch.ID == form.Get("channel") })
	if at < 0 {
		return content.Fail(content.NotFound, content.CodeChannelUnknown, content.Args{"Value": form.Get("channel")})
	}
	a := readAnnouncement(form, "")
	a.Text = strings.TrimSpace(a.Text)
	d := changeDesk{change: change}
	if d.pictures, err = h.picturesFor(c, d, []content.Announcement{a}); err != nil {
		return err
	}
	data := view.ComposedPage{Admin: h.bare(c, "changes", ""), Row: h.announcementRow(d, channels[at], a, -1, web.Printer(c))}
	return h.render(c, "admin/composed", data)
}

// ProposeAnnouncements fills every empty announcement with what the summary of the change gives, and saves nothing.
func (h *Handlers) ProposeAnnouncements(c *fiber.Ctx) error {
	d, form, err := h.postedChange(c)
	if err != nil {
		return err
	}
	if _, err := d.change.State.Next(content.StepEdit); err != nil {
		return h.changeAgain(c, d.change.ID, err, nil)
	}
	proposals, err := h.Changes.Propose(c.UserContext(), web.Actor(c), d.change.ID)
	if err != nil {
		return err
	}
	edition, _ := form.Int("edition")
	list, said := fillIn(readAnnouncements(form), proposals)
	data, err := h.announcementsPage(c, d, list, edition)
	if err != nil {
		return err
	}
	p, filled := web.Printer(c), 0
	for i := range data.Announcements {
		row := &data.Announcements[i]
		proposal, proposed := said[content.Ref{Entry: row.Channel, Lang: row.Lang}]
		if !proposed {
			continue
		}
		row.Proposal = p.Reason(proposal.Reason)
		if proposal.Announcement.Text != "" {
			filled++
		}
	}
	data.Unsaved = true
	data.Told = p.N("composer.proposed", filled)
	return h.render(c, "admin/change", data)
}

// fillIn puts proposals where nothing is written, and answers which there were, by channel and language.
func fillIn(list []content.Announcement, proposals []content.Proposal) ([]content.Announcement, map[content.Ref]content.Proposal) {
	said := map[content.Ref]content.Proposal{}
	for _, p := range proposals {
		at := slices.IndexFunc(list, func(a content.Announcement) bool {
			return a.Channel == p.Announcement.Channel && a.Lang == p.Announcement.Lang
		})
		switch {
		case at < 0:
			list = append(list, p.Announcement)
		case strings.TrimSpace(list[at].Text) != "":
			continue
		default:
			list[at].Text = p.Announcement.Text
		}
		said[content.Ref{Entry: p.Announcement.Channel, Lang: p.Announcement.Lang}] = p
	}
	return list, said
}
