package admin

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// channelPage builds the form for a channel, or for a new one where it has no id.
func (h *Handlers) channelPage(c *fiber.Ctx, channel content.Channel) (view.ChannelPage, error) {
	p := web.Printer(c)
	network, known := h.Channels.Networks[channel.Network]
	if !known && channel.ID == "" {
		return view.ChannelPage{}, content.Fail(content.NotFound, content.CodeNotFound, nil)
	}
	frame, err := h.page(c, "channels", channelTitle(p, channel))
	if err != nil {
		return view.ChannelPage{}, err
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return view.ChannelPage{}, err
	}
	page := view.ChannelPage{Admin: frame, Channel: channel, Network: channel.Network, Name: channel.Name, Redirect: h.Consents.Redirect}
	chosen := channel.Languages
	if channel.ID == "" {
		chosen = settings.Languages
	}
	page.Languages = langChoices(settings.Languages, chosen, p.LangName)
	page.Pace = paceForm(channel, network)
	if known {
		fillSettings(&page, network)
	}
	if channel.ID != "" {
		page.Cure = cure(channel, page.Consents)
		page.Queue, page.QueueMore, err = h.queue(c, frame, channel.ID)
	}
	return page, err
}

func channelTitle(p *locale.Printer, channel content.Channel) string {
	if channel.ID == "" {
		return p.T("channel.new", "Network", p.T("network."+channel.Network))
	}
	return channel.Name
}

// fillSettings makes the inputs of the two ways to connect an account. Where
// there are two, the browser must not ask for the fields of the other one.
func fillSettings(page *view.ChannelPage, network content.Network) {
	stored := page.Channel.ID != ""
	consenter, two := network.(content.Consenter)
	page.Consents = two
	for _, field := range network.Fields() {
		if !field.Granted {
			page.Fields = append(page.Fields, view.SettingInput{SettingField: field, Form: "settings", Stored: stored, Loose: two})
		}
	}
	if !two {
		return
	}
	for _, field := range consenter.ConsentFields() {
		page.Consent = append(page.Consent, view.SettingInput{SettingField: field, Form: "consent", Stored: stored, Loose: true})
	}
}

// cure is what helps a paused channel: "consent", "settings", "test" or "resume". It is pure.
func cure(channel content.Channel, consents bool) string {
	if channel.State != content.ChannelPaused {
		return ""
	}
	switch channel.Reason.Code { //nolint:exhaustive // all others need a look at the network, and then a test
	case content.CodeChannelPausedByHand, content.CodeChannelCap:
		return "resume"
	case content.CodeChannelToken, content.CodeChannelRenewal, content.CodeChannelRenewalLost, content.CodeChannelKey, content.CodeChannelSettings:
		if consents {
			return "consent"
		}
		return "settings"
	case content.CodeChannelAddress, content.CodeChannelMoved, content.CodeChannelNoV1:
		return "settings"
	}
	return "test"
}

// maxQueue is how many waiting posts a channel's page names.
const maxQueue = 10

// queue is what waits on a channel, in its order, and how much more there is.
func (h *Handlers) queue(c *fiber.Ctx, frame view.Admin, channel string) (rows []view.DeliveryRow, more int, err error) {
	first, all, err := h.Deliveries.Line(c.UserContext(), web.Actor(c), channel, maxQueue)
	if err != nil {
		return nil, 0, err
	}
	list, err := h.deliveries(c, frame, first, "")
	return list.Rows, all - len(first), err
}

// channelAgain shows the form with what was typed, but for secrets, and what was wrong.
func (h *Handlers) channelAgain(c *fiber.Ctx, channel content.Channel, form web.Form, cause error) error {
	page, err := h.channelPage(c, channel)
	if err != nil {
		return cause
	}
	page.Unchecked = form.Bool("unchecked")
	if form.Has("name") { // else only a new sign-in was asked for
		page.Name = form.Get("name")
		for i := range page.Languages {
			page.Languages[i].Checked = slices.Contains(form.All("languages"), page.Languages[i].Value)
		}
	}
	if form.Has("pace.burst") {
		page.Pace.Burst, page.Pace.Every, page.Pace.Minutes = form.Get("pace.burst"), form.Get("pace.every_seconds"), form.Get("pace.unit") == "minutes"
	}
	for _, fields := range [][]view.SettingInput{page.Fields, page.Consent} {
		for i, field := range fields {
			typed := form.Get(field.Form + "." + field.Name)
			page.Open = page.Open || typed != "" && field.Form == "settings"
			if !field.Secret {
				fields[i].Value = typed
			}
		}
	}
	wrong(c, &page.Admin, cause)
	gather(&page.Admin, "languages")
	page.Retryable = isCode(cause, content.CodeServerUnreachable)
	return h.again(c, "admin/channel", page, cause)
}

func readLanguages(form web.Form) []content.Lang {
	langs := []content.Lang{}
	for _, lang := range form.All("languages") {
		langs = append(langs, content.Lang(lang))
	}
	return langs
}

// readCredentials reads what was typed into the fields of one of the two ways to connect; nil where nothing was.
func readCredentials(form web.Form, prefix string, fields []content.SettingField) (json.RawMessage, error) {
	settings := map[string]string{}
	for _, field := range fields {
		if value := form.Get(prefix + "." + field.Name); value != "" && !field.Granted {
			settings[field.Name] = value
		}
	}
	if len(settings) == 0 {
		return nil, nil
	}
	raw, err := json.Marshal(settings)
	if err != nil {
		return nil, fmt.Errorf("encode the settings of a channel: %w", err)
	}
	return raw, nil
}
