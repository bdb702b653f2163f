package admin

import (
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// picturesShown is how many of the newest pictures are there to choose from.
const picturesShown = 8

// picturesFor lists the pictures to choose from: those that the announcements have, then the newest.
func (h *Handlers) picturesFor(c *fiber.Ctx, d changeDesk, list []content.Announcement) ([]content.Media, error) {
	ctx, actor := c.UserContext(), web.Actor(c)
	known := slices.Clone(d.pictures)
	if known == nil {
		newest, err := h.Pictures.List(ctx, actor, picturesShown)
		if err != nil {
			return nil, err
		}
		known = newest
	}
	for _, a := range list {
		for _, id := range a.Media {
			if slices.ContainsFunc(known, func(m content.Media) bool { return m.ID == id }) {
				continue
			}
			m, err := h.Pictures.Info(ctx, actor, id)
			if content.KindOf(err) == content.NotFound { // saving says so
				continue
			}
			if err != nil {
				return nil, err
			}
			known = append(known, m)
		}
	}
	return known, nil
}

// choices are the pictures as one announcement may show them, in the order in which it does.
func choices(known []content.Media, a content.Announcement) []view.PictureChoice {
	all := make([]view.PictureChoice, 0, len(known))
	for _, m := range known {
		all = append(all, view.PictureChoice{ID: m.ID, Alt: m.Alt[a.Lang], Chosen: slices.Contains(a.Media, m.ID)})
	}
	place := func(p view.PictureChoice) int {
		if at := slices.Index(a.Media, p.ID); at >= 0 {
			return at
		}
		return len(a.Media)
	}
	slices.SortStableFunc(all, func(a, b view.PictureChoice) int { return place(a) - place(b) })
	return all
}

// AddPicture keeps a picture and shows it in the announcements that can have it, and saves nothing of them.
func (h *Handlers) AddPicture(c *fiber.Ctx) error {
	form, file, err := web.ReadUpload(c)
	if err != nil {
		return err
	}
	d, err := h.loadChange(c, c.Params("id"))
	if err != nil {
		return err
	}
	if _, err := d.change.State.Next(content.StepEdit); err != nil {
		return h.changeAgain(c, d.change.ID, err, nil)
	}
	edition, _ := form.Int("edition")
	list, alt := readAnnouncements(form), form.Text("alt", d.settings.Languages)
	m, still, cause := h.Pictures.Add(c.UserContext(), web.Actor(c), content.NewPicture{Name: file.Name, File: file.Bytes, Alt: alt})
	shown := 0
	if cause == nil {
		list, shown = showPicture(list, m, d.channels)
	}
	data, err := h.announcementsPage(c, d, list, edition)
	if err != nil {
		return errors.Join(cause, err)
	}
	data.Unsaved = true
	if cause != nil {
		data.Picture = view.PictureForm{Alt: alt, Open: true}
		wrong(c, &data.Admin, cause)
		return h.again(c, "admin/change", data, cause)
	}
	data.Told = web.Printer(c).N("composer.picture_shown", shown)
	if still {
		data.Told += " " + web.Printer(c).T("composer.picture_still")
	}
	return h.render(c, "admin/change", data)
}

// showPicture adds a picture to every announcement that is written, that it says something in, and that has room.
func showPicture(list []content.Announcement, m content.Media, channels []content.Channel) ([]content.Announcement, int) {
	shown := 0
	for i, a := range list {
		at := slices.IndexFunc(channels, func(ch content.Channel) bool { return ch.ID == a.Channel })
		if at < 0 || a.Text == "" || m.Alt[a.Lang] == "" || slices.Contains(a.Media, m.ID) || len(a.Media) >= channels[at].Account.MaxPictures() {
			continue
		}
		list[i].Media = append(slices.Clone(a.Media), m.ID)
		shown++
	}
	return list, shown
}

// ShowPicture answers with a picture, for people who are logged in.
func (h *Handlers) ShowPicture(c *fiber.Ctx) error {
	m, err := h.Pictures.Get(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return web.SendPicture(c, m)
}

// ShowSmallPicture answers with its small copy.
func (h *Handlers) ShowSmallPicture(c *fiber.Ctx) error {
	m, err := h.Pictures.Small(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return web.SendPicture(c, m)
}
