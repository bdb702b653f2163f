package admin

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

func changePath(id string) string { return "/admin/changes/" + id }

// shownPublished is how many published changes the list shows before it is asked for all.
const shownPublished = 50

// ListChanges shows the changes of a state, or all that are not cancelled.
func (h *Handlers) ListChanges(c *fiber.Ctx) error {
	all, err := h.Changes.List(c.UserContext(), web.Actor(c), "")
	if err != nil {
		return err
	}
	names, err := h.Accounts.Names(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	page, err := h.page(c, "changes", web.Printer(c).T("changes.title"))
	if err != nil {
		return err
	}
	data := view.ChangesDesk{Admin: page, State: content.State(c.Query("state"))}
	data.Filters = changeFilters(data.State, all, web.Printer(c).T)
	shown, more := pickChanges(all, data.State, c.Query("all") != "")
	data.More = more
	for _, change := range shown {
		data.Changes = append(data.Changes, changeRow(change, names, settings, web.Printer(c)))
	}
	return h.render(c, "admin/changes", data)
}

// pickChanges gives the changes of a state, or else all but the cancelled ones with
// what waits for somebody first. Of the published ones it leaves out more, unless every one is asked for.
func pickChanges(all []content.Change, state content.State, every bool) (shown []content.Change, more int) {
	published := 0
	for _, c := range all {
		if c.State != state && (state != "" || c.State == content.Cancelled) {
			continue
		}
		if c.State == content.Published {
			if published++; published > shownPublished && !every {
				more++
				continue
			}
		}
		shown = append(shown, c)
	}
	slices.SortStableFunc(shown, func(a, b content.Change) int { return urgency(a.State) - urgency(b.State) })
	return shown, more
}

func urgency(s content.State) int {
	if s == content.Published || s == content.Cancelled {
		return 1
	}
	return 0
}

func changeFilters(now content.State, all []content.Change, t func(string, ...any) string) []view.Filter {
	counts, kept := map[content.State]int{}, 0
	for _, c := range all {
		counts[c.State]++
		if c.State != content.Cancelled {
			kept++
		}
	}
	filters := []view.Filter{{Href: "/admin/changes", Label: t("changes.all"), Count: kept, Current: now == ""}}
	for _, state := range []content.State{content.Draft, content.InReview, content.Approved, content.Scheduled, content.Published, content.Cancelled} {
		filters = append(filters, view.Filter{
			Href: "/admin/changes?state=" + string(state), Label: t("state." + string(state)), Count: counts[state], Current: now == state,
		})
	}
	return filters
}

func changeRow(c content.Change, names map[string]string, settings content.Settings, p *locale.Printer) view.ChangesDeskRow {
	return view.ChangesDeskRow{
		ID: c.ID, Title: changeTitle(c, p), State: c.State, Materiality: c.Materiality, Author: names[c.Author],
		Pieces: len(c.Revisions) + len(c.Withdraw), Updated: c.Updated, PublishAt: c.PublishAt, PublishedAt: c.PublishedAt,
		Approvals: len(c.ValidApprovals()), Required: settings.ApprovalsRequired, Note: c.Note != "", Failed: c.Failure != nil,
	}
}

// NewChange shows the form that opens a change.
func (h *Handlers) NewChange(c *fiber.Ctx) error {
	data, _, err := h.changeNewPage(c)
	if err != nil {
		return err
	}
	return h.render(c, "admin/change_new", data)
}

func (h *Handlers) changeNewPage(c *fiber.Ctx) (view.ChangeNewPage, content.Settings, error) {
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return view.ChangeNewPage{}, settings, err
	}
	page, err := h.page(c, "changes", web.Printer(c).T("change_new.title"))
	return view.ChangeNewPage{Admin: page, Languages: settings.Languages}, settings, err
}

// CreateChange opens a change.
func (h *Handlers) CreateChange(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	data, settings, err := h.changeNewPage(c)
	if err != nil {
		return err
	}
	data.Titles = form.Text("title", settings.Languages)
	made, err := h.openChange(c.UserContext(), web.Actor(c), content.ChangeInput{Title: data.Titles}, settings, "")
	if err != nil {
		wrong(c, &data.Admin, err)
		return h.again(c, "admin/change_new", data, err)
	}
	return web.SeeOther(c, changePath(made.ID), "change_created")
}

// ShowChange is the page of one change.
func (h *Handlers) ShowChange(c *fiber.Ctx) error {
	d, err := h.loadChange(c, c.Params("id"))
	if err != nil {
		return err
	}
	data, err := h.changePage(c, d, c.Query("edit") != "")
	if err != nil {
		return err
	}
	return h.render(c, "admin/change", data)
}
