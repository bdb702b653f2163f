package admin

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
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
		Text: a.Text, Warning: a.ContentWarning, Link: a.Link, Thread: a.Thread, Reference: a.Reference, Short: d.change.Reference(),
		Pictures: choices(d.pictures, a), MaxPictures: ch.Account.MaxPictures(), Gone: ch.State == content.ChannelDisconnected,
	}
	if ch.State == content.ChannelPaused && d.change.State != content.Published {
		row.Paused = p.Reason(ch.Reason)
	}
	row.Composed = h.compose(ch, d.change, a, p)
	return row
}

// readAnnouncements reads the form; what is left empty is not announced.
func readAnnouncements(form web.Form) []content.Announcement {
	return rows(form, "announcements", func(at string) content.Announcement { return readAnnouncement(form, at+".") })
}

// readAnnouncement reads the fields whose names begin with at.
func readAnnouncement(form web.Form, at string) content.Announcement {
	return content.Announcement{
		Channel: form.Get(at + "channel"), Lang: content.Lang(form.Get(at + "lang")), Text: form.Get(at + "text"),
		ContentWarning: form.Get(at + "content_warning"), Link: form.Bool(at + "link"), Media: form.All(at + "media"),
		Thread: form.Bool(at + "thread"), Reference: form.Bool(at + "reference"),
	}
}

// SaveAnnouncements saves what is announced on which channel.
func (h *Handlers) SaveAnnouncements(c *fiber.Ctx) error {
	d, form, err := h.postedChange(c)
	if err != nil {
		return err
	}
	edition, _ := form.Int("edition")
	list := slices.DeleteFunc(readAnnouncements(form), func(a content.Announcement) bool { return a.Text == "" })
	_, err = h.Changes.SetAnnouncementsFrom(c.UserContext(), web.Actor(c), d.change.ID, edition, list)
	if err == nil {
		return web.SeeOther(c, changePath(d.change.ID)+"#announcements", "announcements_saved")
	}
	if moved(err) {
		return h.changeConflict(c, d, form, announcementFields(d, list, web.Printer(c)), err)
	}
	return h.announcementsAgain(c, d, list, edition, err)
}

// announcementsPage is the page of a change with announcements as they were typed.
func (h *Handlers) announcementsPage(c *fiber.Ctx, d changeDesk, list []content.Announcement, edition int) (view.ChangeDesk, error) {
	data, err := h.changePage(c, d, true)
	if err != nil {
		return data, err
	}
	if d.pictures, err = h.picturesFor(c, d, list); err != nil {
		return data, err
	}
	data.Announcements = h.announcements(d, list, true, web.Printer(c))
	data.Edition = edition
	return data, nil
}

func (h *Handlers) announcementsAgain(c *fiber.Ctx, d changeDesk, list []content.Announcement, edition int, cause error) error {
	data, err := h.announcementsPage(c, d, list, edition)
	if err != nil {
		return errors.Join(cause, err)
	}
	errs := web.Printer(c).FieldErrors(cause)
	for i := range data.Announcements {
		row := &data.Announcements[i]
		for _, name := range []string{"text", "channel", "lang", "content_warning", "media"} {
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
func announcementFields(d changeDesk, mine []content.Announcement, p *locale.Printer) []view.ConflictField {
	var list fieldList
	all := append(slices.Clone(mine), d.change.Announcements...)
	for i, a := range all {
		same := func(o content.Announcement) bool { return o.Channel == a.Channel && o.Lang == a.Lang }
		if slices.ContainsFunc(all[:i], same) {
			continue
		}
		list.add(channelName(d.channels, a.Channel), a.Lang, textOf(d, d.change.Announcements, same, p), textOf(d, mine, same, p))
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

// textOf is an announcement with all its marks as one text, to be compared.
func textOf(d changeDesk, list []content.Announcement, fits func(content.Announcement) bool, p *locale.Printer) string {
	i := slices.IndexFunc(list, fits)
	if i < 0 {
		return ""
	}
	a := list[i]
	said := []string{a.Text}
	if a.ContentWarning != "" {
		said = []string{"[" + a.ContentWarning + "]", a.Text}
	}
	for _, mark := range []struct {
		set bool
		id  string
	}{{a.Link, "change.post_link"}, {a.Thread, "composer.thread"}, {a.Reference, "composer.reference"}} {
		if mark.set {
			said = append(said, "["+p.T(mark.id)+"]")
		}
	}
	for _, picture := range choices(d.pictures, a) {
		if picture.Chosen {
			said = append(said, "["+p.T("composer.pictures")+": "+picture.Alt+"]")
		}
	}
	return strings.Join(said, "\n\n")
}
