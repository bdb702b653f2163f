package admin

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// CallbackPath is where networks send the browser back to. It is registered with them and must stay.
const CallbackPath = "/admin/channels/callback"

// AskForConsent prepares the question to the owner of an account that is to be a new channel.
func (h *Handlers) AskForConsent(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	network := c.Params("network")
	return h.askOwner(c, form, content.Channel{Network: network}, content.ConsentInput{
		Network: network, Name: form.Get("name"), Languages: readLanguages(form),
	})
}

// AskAgain prepares the question for a channel that gets new credentials.
func (h *Handlers) AskAgain(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	channel, err := h.Channels.Get(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return h.askOwner(c, form, channel, content.ConsentInput{Network: channel.Network, Channel: channel.ID})
}

// askOwner shows a page that leads to the network. It is no redirect, because
// people shall see where they go, and because a form may lead to this site only.
func (h *Handlers) askOwner(c *fiber.Ctx, form web.Form, channel content.Channel, in content.ConsentInput) error {
	if consenter, ok := h.Channels.Networks[channel.Network].(content.Consenter); ok {
		typed, err := readCredentials(form, "consent", consenter.ConsentFields())
		if err != nil {
			return err
		}
		in.Settings = typed
	}
	asked, cause := h.Consents.Begin(c.UserContext(), web.Actor(c), in)
	if cause != nil {
		return h.channelAgain(c, channel, form, renamed(cause, "settings", "consent"))
	}
	host := asked.URL
	if u, err := url.Parse(asked.URL); err == nil {
		host = u.Host
	}
	frame, err := h.page(c, "channels", web.Printer(c).T("consent.title", "Host", host))
	if err != nil {
		return err
	}
	back := "/admin/channels/new/" + url.PathEscape(channel.Network)
	if channel.ID != "" {
		back = channelPath(channel.ID)
	}
	return h.render(c, "admin/consent", view.ConsentPage{
		Admin: frame, Host: host, URL: asked.URL, Again: channel.ID != "", Back: back, Minutes: int(content.ConsentLife.Minutes()),
	})
}

// TakeConsent is where the network sends the browser back to.
func (h *Handlers) TakeConsent(c *fiber.Ctx) error {
	channel, cause := h.Consents.Finish(c.UserContext(), web.Actor(c), content.ConsentAnswer{
		State: c.Query("state"), Code: c.Query("code"), Issuer: c.Query("iss"), Error: c.Query("error"),
	})
	if cause == nil {
		note := "connected"
		if channel.State == content.ChannelPaused {
			note = ""
		}
		return web.SeeOther(c, channelPath(channel.ID), note)
	}
	if kind := content.KindOf(cause); kind == content.Unknown || kind == content.Forbidden || kind == content.Internal {
		return cause
	}
	frame, err := h.page(c, "channels", web.Printer(c).T("consent.failed"))
	if err != nil {
		return cause
	}
	page := view.ConsentEndPage{Admin: frame}
	wrong(c, &page.Admin, cause)
	for _, f := range page.Wrongs { // the fields are on another page
		page.Problems = append(page.Problems, f.Error)
	}
	if page.Problem != "" {
		page.Problems = append(page.Problems, page.Problem)
	}
	return h.again(c, "admin/consent_end", page, cause)
}

// BackToChannelForm leads from the address of a form to its page, for whoever reloads it.
func (h *Handlers) BackToChannelForm(c *fiber.Ctx) error {
	return web.SeeOther(c, "/admin/channels/new/"+url.PathEscape(c.Params("network")), "")
}

// BackToChannel does the same for the forms of a channel.
func (h *Handlers) BackToChannel(c *fiber.Ctx) error {
	return web.SeeOther(c, channelPath(c.Params("id")), "")
}
