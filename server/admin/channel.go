package admin

import (
	"encoding/json"
	"fmt"
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
	waiting, err := h.Deliveries.List(c.UserContext(), web.Actor(c), content.DeliveryFilter{State: content.NeedsDecision})
	if err != nil {
		return err
	}
	frame, err := h.page(c, "channels", web.Printer(c).T("channels.title"))
	if err != nil {
		return err
	}
	page := view.ChannelsPage{Admin: frame, Networks: slices.Sorted(maps.Keys(h.Channels.Networks)), Waiting: len(waiting)}
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

// channelPage builds the form for a channel, or for a new one where it has no id.
func (h *Handlers) channelPage(c *fiber.Ctx, channel content.Channel) (view.ChannelPage, error) {
	p := web.Printer(c)
	network, known := h.Channels.Networks[channel.Network]
	if !known && channel.ID == "" {
		return view.ChannelPage{}, content.Fail(content.NotFound, content.CodeNotFound, nil)
	}
	title := channel.Name
	if channel.ID == "" {
		title = p.T("channel.new", "Network", p.T("network."+channel.Network))
	}
	frame, err := h.page(c, "channels", title)
	if err != nil {
		return view.ChannelPage{}, err
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return view.ChannelPage{}, err
	}
	page := view.ChannelPage{Admin: frame, Channel: channel, Network: channel.Network, Name: channel.Name}
	chosen := channel.Languages
	if channel.ID == "" {
		chosen = settings.Languages
	}
	page.Languages = langChoices(settings.Languages, chosen, p.LangName)
	if known {
		for _, field := range network.Fields() {
			if field.Granted {
				continue
			}
			page.Fields = append(page.Fields, view.SettingInput{SettingField: field, Stored: channel.ID != ""})
		}
	}
	return page, nil
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
	if _, cause := h.Channels.Update(c.UserContext(), web.Actor(c), channel.ID, in); cause != nil {
		return h.channelAgain(c, channel, form, cause)
	}
	return web.SeeOther(c, channelPath(channel.ID), "saved")
}

// readChannel reads the form. Settings that nobody touched stay out, so that the network is not asked for a new name only.
func (h *Handlers) readChannel(form web.Form, network string) (content.ChannelInput, error) {
	name := form.Get("name")
	in := content.ChannelInput{Network: network, Name: &name, Languages: []content.Lang{}, Unchecked: form.Bool("unchecked")}
	for _, lang := range form.All("languages") {
		in.Languages = append(in.Languages, content.Lang(lang))
	}
	adapter, ok := h.Channels.Networks[network]
	if !ok {
		return in, content.Fail(content.NotFound, content.CodeNotFound, nil)
	}
	settings := map[string]string{}
	for _, field := range adapter.Fields() {
		if value := form.Get("settings." + field.Name); value != "" && !field.Granted {
			settings[field.Name] = value
		}
	}
	if len(settings) == 0 {
		return in, nil
	}
	raw, err := json.Marshal(settings)
	if err != nil {
		return in, fmt.Errorf("encode the settings of a channel: %w", err)
	}
	in.Settings = raw
	return in, nil
}

// channelAgain shows the form with what was typed, but for secrets, and what was wrong.
func (h *Handlers) channelAgain(c *fiber.Ctx, channel content.Channel, form web.Form, cause error) error {
	page, err := h.channelPage(c, channel)
	if err != nil {
		return cause
	}
	page.Name, page.Unchecked, page.Open = form.Get("name"), form.Bool("unchecked"), true
	for i := range page.Languages {
		page.Languages[i].Checked = slices.Contains(form.All("languages"), page.Languages[i].Value)
	}
	for i, field := range page.Fields {
		if !field.Secret {
			page.Fields[i].Value = form.Get("settings." + field.Name)
		}
	}
	wrong(c, &page.Admin, cause)
	gather(&page.Admin, "languages")
	page.Retryable = isCode(cause, content.CodeServerUnreachable)
	return h.again(c, "admin/channel", page, cause)
}

func channelPath(id string) string { return "/admin/channels/" + url.PathEscape(id) }
