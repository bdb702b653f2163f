package api

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

type consentInput struct {
	Network   string            `json:"network" doc:"mastodon or x; not with channel"`
	Name      string            `json:"name" doc:"not with channel"`
	Languages []content.Lang    `json:"languages" doc:"not with channel"`
	Settings  map[string]string `json:"settings" doc:"what must be known before: server for mastodon, client_id and client_secret for x"`
	Channel   string            `json:"channel" doc:"id of a connected channel that gets new credentials of the same account"`
	Redirect  string            `json:"redirect" doc:"where the network sends the browser back to: by https, or on the same machine; the admin UI where it is not given"`
}

// consentJSON is where the owner of the account is asked.
type consentJSON struct {
	URL       string    `json:"url" doc:"the page of the network; open it in the browser of the account's owner"`
	State     string    `json:"state" doc:"comes back with the answer; the answer of another state is not yours"`
	ExpiresAt time.Time `json:"expires_at"`
}

// BeginConsent prepares the question to the owner of an account.
func (h *Handlers) BeginConsent(c *fiber.Ctx) error {
	in, err := read[consentInput](h, c)
	if err != nil {
		return err
	}
	settings, err := json.Marshal(in.Settings)
	if err != nil {
		return err
	}
	page, err := h.Consents.Begin(c.UserContext(), web.Actor(c), content.ConsentInput{
		Network: in.Network, Name: in.Name, Languages: in.Languages, Settings: settings, Channel: in.Channel, Redirect: in.Redirect,
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, consentJSON{URL: page.URL, State: page.State, ExpiresAt: stamp(page.Expires)})
}

type consentAnswerInput struct {
	State  string `json:"state" need:"true"`
	Code   string `json:"code" doc:"of the network's answer"`
	Issuer string `json:"iss" doc:"of the network's answer, where it has one"`
	Error  string `json:"error" doc:"of the network's answer, where it has one"`
}

// FinishConsent takes the network's answer and connects the account.
func (h *Handlers) FinishConsent(c *fiber.Ctx) error {
	in, err := read[consentAnswerInput](h, c)
	if err != nil {
		return err
	}
	channel, err := h.Consents.Finish(c.UserContext(), web.Actor(c), content.ConsentAnswer{
		State: in.State, Code: in.Code, Issuer: in.Issuer, Error: in.Error,
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, h.channelOf(web.Printer(c))(channel))
}
