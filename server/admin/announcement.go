package admin

import (
	"errors"
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

func connected(channels []content.Channel) int {
	n := 0
	for _, ch := range channels {
		if ch.State != content.ChannelDisconnected {
			n++
		}
	}
	return n
}

// announcements lists what is announced where. With all, every channel and
// language is there to be filled in; else only what has a text.
func (h *Handlers) announcements(d changeDesk, list []content.Announcement, all bool, p *locale.Printer) []view.AnnouncementRow {
	var rows []view.AnnouncementRow
	used := make([]bool, len(list))
	for _, ch := range d.channels {
		for _, lang := range ch.Languages {
			stored := slices.IndexFunc(list, func(a content.Announcement) bool { return a.Channel == ch.ID && a.Lang == lang })
			offered := all && ch.State != content.ChannelDisconnected && slices.Contains(d.settings.Languages, lang)
			if stored < 0 && !offered {
				continue
			}
			a := content.Announcement{Channel: ch.ID, Lang: lang, Link: true}
			if stored >= 0 {
				a, used[stored] = list[stored], true
			}
			rows = append(rows, h.announcementRow(d, ch, a, stored, p))
		}
	}
	for i, a := range list { // for a channel or language that is no more
		if !used[i] {
			at := slices.IndexFunc(d.channels, func(ch content.Channel) bool { return ch.ID == a.Channel })
			ch := content.Channel{ID: a.Channel, Name: a.Channel, State: content.ChannelDisconnected}
			if at >= 0 {
				ch = d.channels[at]
			}
			row := h.announcementRow(d, ch, a, i, p)
			row.Gone = true
			rows = append(rows, row)
		}
	}
	for i := range rows {
		rows[i].Index = i
	}
	return rows
}

func (h *Handlers) announcementRow(d changeDesk, ch content.Channel, a content.Announcement, stored int, p *locale.Printer) view.AnnouncementRow {
	row := view.AnnouncementRow{
		Stored: stored, Channel: ch.ID, Name: ch.Name, Network: ch.Network, Handle: ch.Account.Handle, Lang: a.Lang,
		Text: a.Text, Warning: a.ContentWarning, Link: a.Link, Gone: ch.State == content.ChannelDisconnected,
	}
	if ch.State == content.ChannelPaused && d.change.State != content.Published {
		row.Paused = p.Reason(ch.Reason)
	}
	row.Composed = h.compose(ch, d.change, a, p)
	return row
}

// compose says in words how a post will be sent.
func (h *Handlers) compose(ch content.Channel, change content.Change, a content.Announcement, p *locale.Printer) view.Composed {
	composed, err := h.Changes.Compose(ch, &change, a)
	if err != nil {
		return view.Composed{Warnings: []string{p.Error(err)}}
	}
	out := view.Composed{Warnings: []string{}, Count: p.N("change.count", composed.Length)}
	if composed.Limit > 0 {
		out.Count = p.T("change.count_of", "Length", p.Number(composed.Length), "Limit", p.Number(composed.Limit))
	}
	if a.Text == "" {
		return out
	}
	out.Final = composed.Text
	if over := composed.Over(); over > 0 {
		out.Over = p.N("change.over", over)
	}
	if composed.CostUSD != "" {
		out.Cost = p.T("change.cost", "Cost", decimal(composed.CostUSD, p.Lang))
	}
	for _, w := range composed.Warnings {
		out.Warnings = append(out.Warnings, p.Reason(w))
	}
	return out
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

// readAnnouncements reads the form; what is left empty is not announced.
func readAnnouncements(form web.Form) []content.Announcement {
	return rows(form, "announcements", func(at string) content.Announcement {
		return content.Announcement{
			Channel: form.Get(at + ".channel"), Lang: content.Lang(form.Get(at + ".lang")), Text: form.Get(at + ".text"),
			ContentWarning: form.Get(at + ".content_warning"), Link: form.Bool(at + ".link"),
		}
	})
}

// SaveAnnouncements saves what is announced on which channel.
func (h *Handlers) SaveAnnouncements(c *fiber.Ctx) error {
	d, form, err := h.postedChange(c)
	if err != nil {
		return err
	}
	edition, _ := form.Int("edition")
	list := slices.DeleteFunc(readAnnouncements(form), func(a content.Announcement) bool { return a.Text == "" })
	list = withMedia(list, d.change.Announcements)
	_, err = h.Changes.SetAnnouncementsFrom(c.UserContext(), web.Actor(c), d.change.ID, edition, list)
	if err == nil {
		return web.SeeOther(c, changePath(d.change.ID)+"#announcements", "announcements_saved")
	}
	if moved(err) {
		return h.changeConflict(c, d, form, announcementFields(d, list), err)
	}
	return h.announcementsAgain(c, d, list, edition, err)
}

// withMedia keeps the pictures of each announcement: the form does not have them.
func withMedia(list, old []content.Announcement) []content.Announcement {
	for i, a := range list {
		if at := slices.IndexFunc(old, func(o content.Announcement) bool { return o.Channel == a.Channel && o.Lang == a.Lang }); at >= 0 {
			list[i].Media = old[at].Media
		}
	}
	return list
}

func (h *Handlers) announcementsAgain(c *fiber.Ctx, d changeDesk, list []content.Announcement, edition int, cause error) error {
	data, err := h.changePage(c, d, true)
	if err != nil {
		return errors.Join(cause, err)
	}
	data.Announcements = h.announcements(d, list, true, web.Printer(c))
	data.Edition = edition
	errs := web.Printer(c).FieldErrors(cause)
	for i := range data.Announcements {
		row := &data.Announcements[i]
		for _, name := range []string{"text", "channel", "lang", "content_warning"} {
			if sentence := errs[fmt.Sprintf("announcements.%d.%s", row.Stored, name)]; sentence != "" && row.Error == "" {
				row.Error = sentence
			}
		}
	}
	wrong(c, &data.Admin, cause)
	if len(data.Errors) > 0 { // they stand beside their posts, which count otherwise than the fields
		data.Errors, data.Problem = nil, web.Printer(c).T("change.announcements_wrong")
	}
	return h.again(c, "admin/change", data, cause)
}

// announcementFields lists the announcements in which mine differ from what stands there now.
func announcementFields(d changeDesk, mine []content.Announcement) []view.ConflictField {
	var list fieldList
	all := append(slices.Clone(mine), d.change.Announcements...)
	for i, a := range all {
		same := func(o content.Announcement) bool { return o.Channel == a.Channel && o.Lang == a.Lang }
		if slices.ContainsFunc(all[:i], same) {
			continue
		}
		list.add(channelName(d.channels, a.Channel), a.Lang, textOf(d.change.Announcements, same), textOf(mine, same))
	}
	return list
}

func channelName(channels []content.Channel, id string) string {
	for _, ch := range channels {
		if ch.ID == id {
			return ch.Name
		}
	}
	return id
}

func textOf(list []content.Announcement, fits func(content.Announcement) bool) string {
	i := slices.IndexFunc(list, fits)
	if i < 0 {
		return ""
	}
	text := list[i].Text
	if list[i].ContentWarning != "" {
		text = "[" + list[i].ContentWarning + "]\n\n" + text
	}
	return text
}

// CountAnnouncement answers how a post would be sent and how long it is, as JSON for the page's script.
func (h *Handlers) CountAnnouncement(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	change, err := h.Changes.Get(ctx, web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	channels, err := h.Changes.Channels.Channels(ctx)
	if err != nil {
		return fmt.Errorf("read channels: %w", err)
	}
	at := slices.IndexFunc(channels, func(ch content.Channel) bool { return ch.ID == form.Get("channel") })
	if at < 0 {
		return content.Fail(content.NotFound, content.CodeChannelUnknown, content.Args{"Value": form.Get("channel")})
	}
	return c.JSON(h.compose(channels[at], change, content.Announcement{
		Channel: channels[at].ID, Lang: content.Lang(form.Get("lang")), Text: form.Get("text"),
		ContentWarning: form.Get("content_warning"), Link: form.Bool("link"),
	}, web.Printer(c)))
}
