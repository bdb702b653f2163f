package admin

import (
	"maps"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowChannels lists the connected accounts.
func (h *Handlers) ShowChannels(c *fiber.Ctx) error {
	channels, err := h.Channels.List(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	waiting, err := h.Deliveries.CountUndecided(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	frame, err := h.page(c, "channels", web.Printer(c).T("channels.title"))
	if err != nil {
		return err
	}
	page := view.ChannelsPage{Admin: frame, Networks: slices.Sorted(maps.Keys(h.Channels.Networks)), Waiting: waiting}
	for _, channel := range channels {
		if channel.State == content.ChannelDisconnected {
			page.Gone = append(page.Gone, channel)
			continue
		}
		page.Channels = append(page.Channels, channel)
	}
	return h.render(c, "admin/channels", page)
}

// NewChannel shows the form that connects an account of one network.
func (h *Handlers) NewChannel(c *fiber.Ctx) error {
	if err := web.Actor(c).May(content.ManageChannels); err != nil {
		return err
	}
	page, err := h.channelPage(c, content.Channel{Network: c.Params("network")})
	if err != nil {
		return err
	}
	return h.render(c, "admin/channel", page)
}

// ShowChannel is one channel: how it stands, and what can be changed.
func (h *Handlers) ShowChannel(c *fiber.Ctx) error {
	channel, err := h.Channels.Get(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	page, err := h.channelPage(c, channel)
	if err != nil {
		return err
	}
	return h.render(c, "admin/channel", page)
}

// langChoices offers the site's languages, and those that the channel has from before.
func langChoices(site, chosen []content.Lang, name func(content.Lang) string) []view.Choice {
	all := slices.Clone(site)
	for _, lang := range chosen {
		if !slices.Contains(all, lang) {
			all = append(all, lang)
		}
	}
	choices := make([]view.Choice, len(all))
	for i, lang := range all {
		choices[i] = view.Choice{Value: string(lang), Label: name(lang), Checked: slices.Contains(chosen, lang)}
	}
	return choices
}

// ConnectChannel asks the network who the account is and stores it.
func (h *Handlers) ConnectChannel(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	in, err := h.readChannel(form, c.Params("network"))
	if err != nil {
		return err
	}
	channel, cause := h.Channels.Connect(c.UserContext(), web.Actor(c), in)
	if cause != nil {
		return h.channelAgain(c, content.Channel{Network: in.Network}, form, cause)
	}
	return web.SeeOther(c, channelPath(channel.ID), "connected")
}

// SaveChannel changes name and languages, and the settings where any was typed.
func (h *Handlers) SaveChannel(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	channel, err := h.Channels.Get(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	in, err := h.readChannel(form, channel.Network)
	if err != nil {
		return err
	}
	in.Pace = readPace(form)
	if _, cause := h.Channels.Update(c.UserContext(), web.Actor(c), channel.ID, in); cause != nil {
		return h.channelAgain(c, channel, form, cause)
	}
	return web.SeeOther(c, channelPath(channel.ID), "saved")
}

// readChannel reads the form. Settings that nobody touched stay out, so that the network is not asked for a new name only.
func (h *Handlers) readChannel(form web.Form, network string) (content.ChannelInput, error) {
	name := form.Get("name")
	in := content.ChannelInput{Network: network, Name: &name, Languages: readLanguages(form), Unchecked: form.Bool("unchecked")}
	adapter, ok := h.Channels.Networks[network]
	if !ok {
		return in, content.Fail(content.NotFound, content.CodeNotFound, nil)
	}
	raw, err := readCredentials(form, "settings", adapter.Fields())
	if err != nil {
		return in, err
	}
	in.Settings = raw
	return in, nil
}

func channelPath(id string) string { return "/admin/channels/" + url.PathEscape(id) }
