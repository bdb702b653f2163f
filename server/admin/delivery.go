package admin

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowDeliveries lists deliveries over all changes: those that need a person, or with ?filter=all every one.
func (h *Handlers) ShowDeliveries(c *fiber.Ctx) error {
	frame, err := h.page(c, "channels", web.Printer(c).T("deliveries.title"))
	if err != nil {
		return err
	}
	page := view.DeliveriesPage{Admin: frame}
	if c.Query("filter") == "all" {
		page.Filter = "all"
	}
	deliveries, err := h.Deliveries.List(c.UserContext(), web.Actor(c), content.DeliveryFilter{})
	if err != nil {
		return err
	}
	if page.Filter == "" {
		deliveries = slices.DeleteFunc(deliveries, func(d content.Delivery) bool { return !needsPerson(d.State) })
	}
	if page.List, err = h.deliveries(c, frame, deliveries, "/admin/deliveries"); err != nil {
		return err
	}
	return h.render(c, "admin/deliveries", page)
}

// needsPerson tells whether nothing more happens to a delivery until somebody decides.
func needsPerson(state content.DeliveryState) bool {
	return state == content.NeedsDecision || state == content.Failed || state == content.Paused
}

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
	titles := map[string]string{}
	for _, d := range all {
		if _, known := titles[d.Change]; !known {
			change, err := h.Changes.Get(c.UserContext(), web.Actor(c), d.Change)
			if err != nil {
				return list, err
			}
			titles[d.Change], _ = change.Title.In(frame.Lang)
		}
		list.Rows = append(list.Rows, deliveryRow(d, channels, titles[d.Change], web.Actor(c)))
	}
	return list, nil
}

// deliveryRow says what this actor may do about a delivery. It is pure.
func deliveryRow(d content.Delivery, channels []content.Channel, title string, actor content.Actor) view.DeliveryRow {
	row := view.DeliveryRow{Delivery: d, ChangeTitle: title}
	if i := slices.IndexFunc(channels, func(ch content.Channel) bool { return ch.ID == d.Channel }); i >= 0 {
		row.ChannelName, row.Network = channels[i].Name, channels[i].Network
	}
	if actor.May(content.DecideDelivery) == nil {
		row.Retry, row.NotSent = d.State.Allows(content.StepRetry), d.State.Allows(content.StepNotSent)
		row.IsSent, row.Drop = d.State.Allows(content.StepIsSent), d.State.Allows(content.StepDrop)
	}
	return row
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
	return view.DeliveryPage{Admin: frame, Row: list.Rows[0], Back: web.LocalPath(back, ""), RemoteURL: d.RemoteURL}, nil
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
		return h.Deliveries.Resolve(c.UserContext(), web.Actor(c), c.Params("id"),
			content.Resolution{As: form.Get("as"), RemoteURL: form.Get("remote_url")})
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
		wrong(c, &page.Admin, cause)
		return h.again(c, "admin/delivery", page, cause)
	}
	own := "/admin/deliveries/" + url.PathEscape(c.Params("id"))
	return web.SeeOther(c, web.LocalPath(form.Get("back"), own), note)
}
