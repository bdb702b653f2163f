package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/web"
)

// channelJSON is a connected account. Its settings never come back.
type channelJSON struct {
	ID        string               `json:"id"`
	Network   string               `json:"network"`
	Name      string               `json:"name"`
	Languages []content.Lang       `json:"languages"`
	State     content.ChannelState `json:"state"`
	Reason    *reasonJSON          `json:"reason" doc:"why it is paused, and what to do"`
	Account   accountJSON          `json:"account"`
	// Pace and DefaultPace are null where nothing is set.
	Pace        *paceJSON `json:"pace" doc:"the channel's own; null for that of the network"`
	DefaultPace *paceJSON `json:"default_pace" doc:"what the network wants; null where it does not say"`
	CreatedAt   time.Time `json:"created_at"`
}

// accountJSON is what the network says about the account.
type accountJSON struct {
	ID        string     `json:"id"`
	Handle    string     `json:"handle"`
	URL       string     `json:"url"`
	Software  string     `json:"software"`
	Limit     *int       `json:"limit" doc:"the longest post in the network's own count"`
	CheckedAt *time.Time `json:"checked_at"`
}

func (h *Handlers) channelOf(p *locale.Printer) func(content.Channel) channelJSON {
	return func(c content.Channel) channelJSON {
		return channelJSON{
			ID: c.ID, Network: c.Network, Name: c.Name, Languages: list(c.Languages), State: c.State, Reason: reasonOf(p, c.Reason),
			Account: accountJSON{
				ID: c.Account.ID, Handle: c.Account.Handle, URL: c.Account.URL, Software: c.Account.Software,
				Limit: some(c.Account.Limit), CheckedAt: moment(c.Account.Checked),
			},
			Pace: paceOf(c.Pace), DefaultPace: paceOf(content.DefaultPace(c.Account, h.Channels.Networks[c.Network])),
			CreatedAt: stamp(c.Created),
		}
	}
}

// ListChannels lists the channels.
func (h *Handlers) ListChannels(c *fiber.Ctx) error {
	channels, err := h.Channels.List(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return sendList(c, channels, func(ch content.Channel) string { return ch.ID }, h.channelOf(web.Printer(c)))
}

// ShowChannel answers with one channel.
func (h *Handlers) ShowChannel(c *fiber.Ctx) error { return h.withChannel(c, h.Channels.Get) }

type channelInput struct {
	Network   string            `json:"network" need:"true" doc:"the name of a network, such as mastodon or x"`
	Name      string            `json:"name" need:"true"`
	Languages []content.Lang    `json:"languages" need:"true"`
	Settings  map[string]string `json:"settings" need:"true" doc:"what the network needs, as server and access_token"`
	Pace      *paceInput        `json:"pace" doc:"what the network wants where it is not given"`
	Unchecked bool              `json:"unchecked" doc:"connect without asking the network, for one that cannot be reached now; the channel starts paused"`
}

// ConnectChannel checks an account with its network and keeps it.
func (h *Handlers) ConnectChannel(c *fiber.Ctx) error {
	in, err := read[channelInput](h, c)
	if err != nil {
		return err
	}
	settings, err := json.Marshal(in.Settings)
	if err != nil {
		return err
	}
	channel, err := h.Channels.Connect(c.UserContext(), web.Actor(c), content.ChannelInput{
		Network: in.Network, Name: &in.Name, Languages: list(in.Languages), Settings: settings, Unchecked: in.Unchecked,
		Pace: in.Pace.pace(),
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, h.channelOf(web.Printer(c))(channel))
}

type channelPatchInput struct {
	Name      *string           `json:"name"`
	Languages []content.Lang    `json:"languages"`
	Settings  map[string]string `json:"settings" doc:"a secret that is left out stays as it is"`
	Pace      *paceInput        `json:"pace"`
	Unchecked bool              `json:"unchecked" doc:"take the settings without asking the network"`
}

// EditChannel changes name, languages or settings of a channel.
func (h *Handlers) EditChannel(c *fiber.Ctx) error {
	in, err := read[channelPatchInput](h, c)
	if err != nil {
		return err
	}
	input := content.ChannelInput{Name: in.Name, Languages: in.Languages, Pace: in.Pace.pace(), Unchecked: in.Unchecked}
	if in.Settings != nil {
		if input.Settings, err = json.Marshal(in.Settings); err != nil {
			return err
		}
	}
	return h.withChannel(c, func(ctx context.Context, actor content.Actor, id string) (content.Channel, error) {
		return h.Channels.Update(ctx, actor, id, input)
	})
}

// TestChannel asks the network who the account is, and posts nothing.
func (h *Handlers) TestChannel(c *fiber.Ctx) error { return h.orderChannel(c, h.Channels.Test) }

// PauseChannel holds the channel's queue.
func (h *Handlers) PauseChannel(c *fiber.Ctx) error { return h.orderChannel(c, h.Channels.Pause) }

// ResumeChannel lets the channel's queue go on.
func (h *Handlers) ResumeChannel(c *fiber.Ctx) error { return h.orderChannel(c, h.Channels.Resume) }

// DisconnectChannel forgets the credentials and cancels what is not sent. The channel stays, because its posts do.
func (h *Handlers) DisconnectChannel(c *fiber.Ctx) error {
	return h.withChannel(c, h.Channels.Disconnect)
}

type channelAct func(ctx context.Context, actor content.Actor, id string) (content.Channel, error)

func (h *Handlers) orderChannel(c *fiber.Ctx, act channelAct) error {
	if err := readNothing(h, c); err != nil {
		return err
	}
	return h.withChannel(c, act)
}

func (h *Handlers) withChannel(c *fiber.Ctx, act channelAct) error {
	id, err := id(c, content.CodeChannelUnknown)
	if err != nil {
		return err
	}
	channel, err := act(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.channelOf(web.Printer(c))(channel))
}
