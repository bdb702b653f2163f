package public

import (
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

const (
	sinceChanges = 100
	sinceTexts   = 200
	changeNone   = "find.change_none"
)

func sincePath(lang content.Lang) string { return "/" + string(lang) + "/since" }

// since is what somebody asks about: a day, a change, or nothing yet.
type since struct {
	day     content.Date
	change  *site.Change
	problem string
	status  int
}

// ShowSince answers /{lang}/since?date= and ?change= with what changed since then.
func (h *Handlers) ShowSince(c *fiber.Ctx) error {
	s, lang, ok := h.speaks(c)
	if !ok {
		return c.Next()
	}
	asked := s.since(c.Query("date"), c.Query("change"))
	return h.send(c, s, h.demandPage(s, s.site.Seq(), sincePath(lang)+asked.query()+" "+asked.problem, &page{
		scripted: true, build: h.html(lang, func(d *desk) (string, any, error) { return d.since(asked) }),
	}))
}

func (s *snapshot) since(date, change string) since {
	asked := since{status: http.StatusOK}
	switch {
	case change != "":
		if asked.change, _ = s.site.Change(change); asked.change == nil {
			asked.problem, asked.status = changeNone, http.StatusNotFound
		}
	case date != "":
		if asked.day, asked.problem = s.day(date); asked.problem != "" {
			asked.status = http.StatusBadRequest
		}
	}
	return asked
}

func (a since) query() string {
	switch {
	case a.change != nil:
		return "?change=" + a.change.Slug
	case a.day != "":
		return "?date=" + string(a.day)
	}
	return ""
}

func (d *desk) since(asked since) (string, any, error) {
	page := view.SincePage{
		Public: d.public(d.printer.T("find.since"), func(lang content.Lang) string { return sincePath(lang) + asked.query() }),
		Day:    asked.day, First: d.site.First(), Today: d.today,
	}
	page.Section, d.status = "changes", asked.status
	if asked.problem != "" || asked.query() != "" {
		page.Canonical = ""
	}
	if asked.problem != "" {
		page.Problem = d.printer.T(asked.problem)
		return "public/since", page, nil
	}
	var from time.Time
	switch {
	case asked.change != nil:
		from = asked.change.PublishedAt.Add(time.Millisecond) // times are kept in milliseconds
		page.After = d.phrase(asked.change.Title)
	case asked.day != "":
		from = asked.day.Time(d.site.Zone())
	}
	d.addChanges(&page, d.site.Since(from))
	if !from.IsZero() {
		d.addSteps(&page, d.site.Steps(d.lang, from))
	}
	return "public/since", page, nil
}

func (d *desk) addChanges(page *view.SincePage, changes []*site.Change) {
	for i, change := range changes {
		row := d.changeRow(change)
		if row.Material && !row.Imported {
			page.Material++
		}
		if i < sinceChanges {
			page.Changes = append(page.Changes, row)
		} else {
			page.More++
		}
	}
}

func (d *desk) addSteps(page *view.SincePage, steps []site.Step) {
	for i, step := range steps {
		if i >= sinceTexts {
			page.MoreText = len(steps) - sinceTexts
			return
		}
		page.Steps = append(page.Steps, d.step(step))
	}
}

// step says what happened to one text, with the comparison of then and today.
func (d *desk) step(step site.Step) view.StepRow {
	row := view.StepRow{
		Title: view.Link{Text: step.To.Version.Title, URL: entryPath(d.lang, step.Entry.Entry)},
		From:  step.From.Version.Number, To: step.To.Version.Number, Act: string(step.Act()),
	}
	if step.Act() == site.ActChanged {
		row.URL = comparePath(d.lang, step.Entry.Entry, row.From, row.To)
	}
	return row
}
