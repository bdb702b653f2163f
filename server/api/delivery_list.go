package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// CodeView is for a list that there is not.
const CodeView content.Code = "view_unknown"

// ListDeliveries lists deliveries, of one change or channel or in one state where the query says so; or those that need a
// person, or that wait.
func (h *Handlers) ListDeliveries(c *fiber.Ctx) error {
	want, err := readDeliveryFilter(c)
	if err != nil {
		return err
	}
	part, err := h.Deliveries.Page(c.UserContext(), web.Actor(c), want)
	if want.After != "" && content.KindOf(err) == content.NotFound {
		return badField("cursor", CodeCursor, nil)
	}
	if err != nil {
		return err
	}
	expected, err := h.expected(c, part.Items...)
	if err != nil {
		return err
	}
	out := listOf[deliveryJSON]{Items: each(part.Items, deliveryOf(web.Printer(c), expected))}
	if part.Next != "" {
		out.Next = cursor(part.Next)
	}
	return answer(c, fiber.StatusOK, out)
}

func readDeliveryFilter(c *fiber.Ctx) (content.DeliveryFilter, error) {
	w, err := readWindow(c)
	want := content.DeliveryFilter{View: content.DeliveryView(c.Query("view")), After: w.after, Limit: w.limit, Attempts: true}
	if err != nil {
		return want, err
	}
	if want.View != "" && !slices.Contains(content.DeliveryViews(), want.View) {
		return want, badField("view", CodeView, content.Args{"Value": string(want.View)})
	}
	if want.Change, err = queryID(c, "change", content.CodeChangeUnknown); err != nil {
		return want, err
	}
	if want.Channel, err = queryID(c, "channel", content.CodeChannelUnknown); err != nil {
		return want, err
	}
	want.State, err = queryState(c, content.DeliveryStates())
	return want, err
}
