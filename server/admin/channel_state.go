package admin

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// TestChannel asks the network whether the account still works. It posts nothing.
func (h *Handlers) TestChannel(c *fiber.Ctx) error {
	return h.moveChannel(c, h.Channels.Test, "channel_works")
}

// PauseChannel holds the queue until somebody resumes it.
func (h *Handlers) PauseChannel(c *fiber.Ctx) error {
	return h.moveChannel(c, h.Channels.Pause, "channel_paused")
}

// ResumeChannel lets the queue go on.
func (h *Handlers) ResumeChannel(c *fiber.Ctx) error {
	return h.moveChannel(c, h.Channels.Resume, "channel_resumed")
}

// DisconnectChannel forgets the credentials.
func (h *Handlers) DisconnectChannel(c *fiber.Ctx) error {
	return h.moveChannel(c, h.Channels.Disconnect, "channel_disconnected")
}

// noteOf is note where it is the whole truth: what is left to be done at the network stands on the channel's page.
func noteOf(channel content.Channel, note string) string {
	if channel.Reason.Code == content.CodeChannelNotRevoked {
		return ""
	}
	return note
}

// moveChannel does one thing to a channel. Where it fails, the channel's page says why.
func (h *Handlers) moveChannel(
	c *fiber.Ctx, move func(context.Context, content.Actor, string) (content.Channel, error), note string,
) error {
	id := c.Params("id")
	moved, cause := move(c.UserContext(), web.Actor(c), id)
	if cause != nil {
		channel, err := h.Channels.Get(c.UserContext(), web.Actor(c), id)
		if err != nil {
			return cause
		}
		page, err := h.channelPage(c, channel)
		if err != nil {
			return cause
		}
		wrong(c, &page.Admin, cause)
		return h.again(c, "admin/channel", page, cause)
	}
	return web.SeeOther(c, channelPath(id), noteOf(moved, note))
}
