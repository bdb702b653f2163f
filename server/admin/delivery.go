package admin

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowDeliveries lists deliveries over all changes, a page at a time: those that need a person, or with ?filter= those
// that wait, or all.
func (h *Handlers) ShowDeliveries(c *fiber.Ctx) error {
	frame, err := h.page(c, "channels", web.Printer(c).T("deliveries.title"))
	if err != nil {
		return err
	}
	page := view.DeliveriesPage{Admin: frame, Continued: c.Query("after") != ""}
	want := content.DeliveryFilter{View: content.ViewNeeded, After: c.Query("after"), Limit: deliveriesOnPage}
	switch page.Filter = c.Query("filter"); page.Filter {
	case "queue":
		want.View = content.ViewQueue
	case "all":
		want.View = content.ViewAll
	default:
		page.Filter = ""
	}
	page.Decide = web.Actor(c).May(content.DecideDelivery) == nil
	if page.Held, err = h.Deliveries.Held(c.UserContext(), web.Actor(c)); err != nil {
		return err
	}
	part, err := h.Deliveries.Page(c.UserContext(), web.Actor(c), want)
	if err != nil {
		return err
	}
	if part.Next != "" {
		page.Next = "/admin/deliveries?" + url.Values{"filter": {page.Filter}, "after": {part.Next}}.Encode()
	}
	if page.List, err = h.deliveries(c, frame, part.Items, "/admin/deliveries"); err != nil {
		return err
	}
	return h.render(c, "admin/deliveries", page)
}

// deliveriesOnPage stand on one page of the list.
const deliveriesOnPage = 50

// deliveriesOf is what the page of a published change shows of its deliveries; nil where it has none.
func (h *Handlers) deliveriesOf(c *fiber.Ctx, frame view.Admin, change string) (*view.Deliveries, error) {
	all, err := h.Deliveries.List(c.UserContext(), web.Actor(c), content.DeliveryFilter{Change: change})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	list, err := h.deliveries(c, frame, all, "/admin/changes/"+url.PathEscape(change))
	return &list, err
}

// deliveries puts names to what the deliveries refer to.
func (h *Handlers) deliveries(c *fiber.Ctx, frame view.Admin, all []content.Delivery, back string) (view.Deliveries, error) {
	list := view.Deliveries{Admin: frame, Back: back}
	if len(all) == 0 {
		return list, nil
	}
	channels, err := h.Channels.List(c.UserContext(), web.Actor(c))
	if err != nil {
		return list, err
	}
	expected, err := h.Deliveries.Forecast(c.UserContext(), web.Actor(c), channels, all)
	if err != nil {
		return list, err
	}
	titles, err := h.Deliveries.Titles(c.UserContext(), web.Actor(c), all)
	if err != nil {
		return list, err
	}
	for _, d := range all {
		title, _ := titles[d.Change].In(frame.Lang)
		row := deliveryRow(d, channels, title, web.Actor(c), h.Deliveries.Can)
		row.Expected = expected[d.ID]
		list.Rows = append(list.Rows, row)
	}
	return list, nil
}

// deliveryRow says what this actor may do about a delivery. It is pure.
func deliveryRow(
	d content.Delivery, channels []content.Channel, title string, actor content.Actor, can map[string]content.Abilities,
) view.DeliveryRow {
	row := view.DeliveryRow{Delivery: d, ChangeTitle: title}
	channel := channelOf(channels, d.Channel)
	row.ChannelName, row.Network = channel.Name, channel.Network
	if actor.May(content.DecideDelivery) != nil {
		return row
	}
	row.IsSent, row.Drop = d.State.Allows(content.StepIsSent), d.State.Allows(content.StepDrop)
	row.Dismiss = d.AsksToBeSeen() && !(d.Health.Gone() && d.PostedAgain)
	if channel.State == content.ChannelDisconnected {
		return row
	}
	row.Retry, row.NotSent = d.State.Allows(content.StepRetry), d.State.Allows(content.StepNotSent)
	row.Look = d.State == content.NeedsDecision
	row.Trust = d.Reason.Code == content.CodePostPageAsk && d.State == content.NeedsDecision
	row.Edit = d.State.Allows(content.StepCorrect) && can[channel.Network].Edit && !d.Health.Gone()
	row.Answer = d.State.Allows(content.StepCorrect) && can[channel.Network].Answer && !d.Health.Gone()
	row.Withdraw = d.State.Allows(content.StepRetract) && can[channel.Network].Withdraw && !d.Health.Gone()
	row.CallOff = d.State == content.Withdrawing || d.State == content.Correcting && d.Wanted != nil
	row.Again = d.MayGoAgain() && !d.PostedAgain
	return row
}

func channelOf(channels []content.Channel, id string) content.Channel {
	if i := slices.IndexFunc(channels, func(ch content.Channel) bool { return ch.ID == id }); i >= 0 {
		return channels[i]
	}
	return content.Channel{Name: id, State: content.ChannelDisconnected}
}

// ShowDelivery is one delivery with every attempt.
func (h *Handlers) ShowDelivery(c *fiber.Ctx) error {
	page, err := h.deliveryPage(c, c.Query("back"))
	if err != nil {
		return err
	}
	return h.render(c, "admin/delivery", page)
}

func (h *Handlers) deliveryPage(c *fiber.Ctx, back string) (view.DeliveryPage, error) {
	d, err := h.Deliveries.Get(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return view.DeliveryPage{}, err
	}
	frame, err := h.page(c, "channels", web.Printer(c).T("delivery.title"))
	if err != nil {
		return view.DeliveryPage{}, err
	}
	list, err := h.deliveries(c, frame, []content.Delivery{d}, "")
	if err != nil {
		return view.DeliveryPage{}, err
	}
	channels, err := h.Channels.List(c.UserContext(), web.Actor(c))
	if err != nil {
		return view.DeliveryPage{}, err
	}
	account := channelOf(channels, d.Channel).Account
	words := d.Words()
	return view.DeliveryPage{
		Admin: frame, Row: list.Rows[0], Back: web.LocalPath(back, ""), RemoteURL: d.RemoteURL, Evidence: evidence(d),
		Handle: account.Handle, AccountURL: account.URL,
		Correction: content.Correction{Text: withoutPermalink(words.Text, d.Permalink), ContentWarning: words.ContentWarning, Link: true},
	}, nil
}

// evidence gathers what the attempts say about whether the post is out. It is pure.
func evidence(d content.Delivery) view.Evidence {
	var e view.Evidence
	for _, a := range d.Attempts {
		switch a.Kind { //nolint:exhaustive // the others say nothing about it
		case content.AttemptSend:
			if a.Outcome != content.OutcomeHeld {
				e.Sent, e.Hash = append(e.Sent, a), a.Hash
			}
		case content.AttemptLook:
			e.Looks = append(e.Looks, a)
			for _, p := range a.Found {
				if !slices.Contains(e.Found, p) {
					e.Found = append(e.Found, p)
				}
			}
		}
	}
	return e
}

// withoutPermalink is what somebody would have typed: the composer adds the link again.
func withoutPermalink(text, permalink string) string {
	if permalink == "" {
		return text
	}
	return strings.TrimSpace(strings.Replace(text, permalink, "", 1))
}

// RetryDelivery sends again what surely is not out.
func (h *Handlers) RetryDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_again", func(web.Form) (content.Delivery, error) {
		return h.Deliveries.Retry(c.UserContext(), web.Actor(c), c.Params("id"))
	})
}

// ResolveDelivery takes a person's word on whether a post is out.
func (h *Handlers) ResolveDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_resolved", func(form web.Form) (content.Delivery, error) {
		seen, _ := strconv.Atoi(form.Get("attempt")) // 0 where the form does not say
		return h.Deliveries.Resolve(c.UserContext(), web.Actor(c), c.Params("id"),
			content.Resolution{As: form.Get("as"), RemoteURL: form.Get("remote_url"), Attempt: seen})
	})
}

// CancelDelivery drops what is not sent.
func (h *Handlers) CancelDelivery(c *fiber.Ctx) error {
	return h.decide(c, "delivery_dropped", func(web.Form) (content.Delivery, error) {
		return h.Deliveries.Cancel(c.UserContext(), web.Actor(c), c.Params("id"))
	})
}

// decide does what a person decided, and goes back to where they came from. Where it fails, the delivery's own page says why.
func (h *Handlers) decide(c *fiber.Ctx, note string, act func(web.Form) (content.Delivery, error)) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if _, cause := act(form); cause != nil {
		page, err := h.deliveryPage(c, form.Get("back"))
		if err != nil {
			return cause
		}
		page.RemoteURL = form.Get("remote_url")
		if form.Get("how") != "" {
			page.Correction = readCorrection(form)
			e, known := errors.AsType[*content.Error](cause)
			page.Doubt = known && e.Code == content.CodeAgainDoubt
		}
		wrong(c, &page.Admin, cause)
		return h.again(c, "admin/delivery", page, cause)
	}
	own := "/admin/deliveries/" + url.PathEscape(c.Params("id"))
	return web.SeeOther(c, web.LocalPath(form.Get("back"), own), note)
}
