package admin

import (
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// review says who agreed, what is missing, and what the actor may do next and why not.
func review(d changeDesk, actor content.Actor, p *locale.Printer) view.Review {
	c := &d.change
	may := func(act content.Act) bool { return actor.May(act) == nil }
	valid := c.ValidApprovals()
	r := view.Review{Required: d.settings.ApprovalsRequired}
	if c.State == content.Published {
		r.Required = c.ApprovalsRequired
	}
	for _, a := range c.Approvals {
		row := view.ApprovalRow{Name: a.Name, At: a.At, Voided: a.Voided}
		if slices.ContainsFunc(valid, func(v content.Approval) bool { return v.ID == a.ID }) {
			r.Given = append(r.Given, row)
		} else {
			r.Voided = append(r.Voided, row)
		}
	}
	r.Missing = max(0, r.Required-len(valid))
	r.MaySubmit = c.State == content.Draft && may(content.SubmitChange)
	r.MayRequestEdit = c.State.Allows(content.StepRequestEdits) && may(content.ApproveChange)
	r.MayCancel = c.State.Allows(content.StepCancel) && may(content.CancelChange)
	if c.State.Allows(content.StepApprove) {
		r.WhyNotApprove = whyNotApprove(c, valid, actor, p)
		r.MayApprove = r.WhyNotApprove == ""
	}
	if c.State.Allows(content.StepPublish) {
		switch {
		case !may(content.PublishChange):
			r.WhyNotPublish = p.T("change.why_not_publish")
		case r.Missing > 0:
			r.WhyNotPublish = p.N("change.why_missing", r.Missing)
		default:
			r.MayPublish = true
		}
	}
	return r
}

func whyNotApprove(c *content.Change, valid []content.Approval, actor content.Actor, p *locale.Printer) string {
	switch {
	case actor.May(content.ApproveChange) != nil:
		return p.T("change.why_role")
	case slices.Contains(c.Contributors, actor.UserID):
		return p.T("change.why_own")
	case slices.ContainsFunc(valid, func(a content.Approval) bool { return a.User == actor.UserID }):
		return p.T("change.why_already")
	}
	return ""
}

// step runs one act on a change and leads back to it, or shows why it was not done.
func (h *Handlers) step(c *fiber.Ctx, note string, act func(web.Form) error) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if err := act(form); err != nil {
		return h.changeAgain(c, c.Params("id"), err, nil)
	}
	return web.SeeOther(c, changePath(c.Params("id")), note)
}

// SubmitChange asks for approval.
func (h *Handlers) SubmitChange(c *fiber.Ctx) error {
	return h.step(c, "submitted", func(web.Form) error {
		_, err := h.Changes.Submit(c.UserContext(), web.Actor(c), c.Params("id"))
		return err
	})
}

// ApproveChange agrees to exactly what the page showed.
func (h *Handlers) ApproveChange(c *fiber.Ctx) error {
	return h.step(c, "approved", func(form web.Form) error {
		_, err := h.Changes.Approve(c.UserContext(), web.Actor(c), c.Params("id"), form.Get("hash"))
		return err
	})
}

// PublishChange makes the change public now.
func (h *Handlers) PublishChange(c *fiber.Ctx) error {
	return h.step(c, "published", func(web.Form) error {
		_, err := h.Changes.Publish(c.UserContext(), web.Actor(c), c.Params("id"))
		return err
	})
}

// CancelChange ends a change that is not published.
func (h *Handlers) CancelChange(c *fiber.Ctx) error {
	return h.step(c, "cancelled", func(web.Form) error {
		_, err := h.Changes.Cancel(c.UserContext(), web.Actor(c), c.Params("id"))
		return err
	})
}

// RequestEdits sends a change back with a note.
func (h *Handlers) RequestEdits(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	note := form.Get("note")
	if _, err := h.Changes.RequestEdits(c.UserContext(), web.Actor(c), c.Params("id"), note); err != nil {
		return h.changeAgain(c, c.Params("id"), err, func(data *view.ChangeDesk) { data.Review.RequestNote = note })
	}
	return web.SeeOther(c, changePath(c.Params("id")), "edits_requested")
}

// ScheduleChange sets the time of publication, as the clocks on the site's walls show it.
func (h *Handlers) ScheduleChange(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, id := c.UserContext(), c.Params("id")
	settings, err := h.Site.Settings(ctx)
	if err != nil {
		return err
	}
	value := form.Get("publish_at")
	at, err := localTime(value, form.Get("offset"), settings.Zone())
	if err == nil {
		_, err = h.Changes.Schedule(ctx, web.Actor(c), id, at)
	}
	if err != nil {
		return h.changeAgain(c, id, err, func(data *view.ChangeDesk) {
			data.Schedule.Value, data.Schedule.Open = value, true
			data.Schedule.Error = data.Errors["publish_at"]
			if isCode(err, codeTimeTwice) {
				data.Schedule.Choices = bothTimes(value, settings.Zone(), web.Printer(c))
			}
		})
	}
	return web.SeeOther(c, changePath(id), "scheduled")
}

func bothTimes(value string, zone *time.Location, p *locale.Printer) []view.Option {
	wall, err := time.Parse(clockForm, value)
	if err != nil {
		return nil
	}
	var options []view.Option
	for _, t := range instants(wall, zone) {
		options = append(options, view.Option{Value: t.Format("-07:00"), Label: p.DateTime(t, zone) + " (UTC" + t.Format("-07:00") + ")"})
	}
	return options
}

// scheduleForm proposes the time that is set, or tomorrow morning.
func scheduleForm(c content.Change, settings content.Settings, now time.Time) view.ScheduleForm {
	zone := settings.Zone()
	f := view.ScheduleForm{Zone: zone.String(), Offset: "UTC" + now.In(zone).Format("-07:00")}
	if !c.PublishAt.IsZero() {
		f.Value = c.PublishAt.In(zone).Format(clockForm)
		return f
	}
	local := now.In(zone)
	f.Value = time.Date(local.Year(), local.Month(), local.Day()+1, 9, 0, 0, 0, zone).Format(clockForm)
	return f
}

// moved is whether somebody else wrote into the change since the form was shown.
func moved(err error) bool {
	e, ok := errors.AsType[*content.Error](err)
	return ok && e.Code == content.CodeEditionOld
}
