package public

import (
	"net/http"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

func asOfPath(lang content.Lang, day content.Date) string {
	path := "/" + string(lang) + "/as-of"
	if day != "" {
		path += "/" + string(day) + "/"
	}
	return path
}

// Why a day cannot be shown; what was typed is not repeated, so that one page serves for all.
const (
	dayNone   = "find.day_none"
	dayFuture = "find.day_future"
)

// day reads a day that has begun; problem is the message that says what is wrong.
func (s *snapshot) day(text string) (day content.Date, problem string) {
	day, err := content.ParseDate(text)
	switch {
	case err != nil:
		return "", dayNone
	case day > s.today:
		return "", dayFuture
	}
	return day, ""
}

// ShowAsOf asks for a day, and leads to the site as it stood at the end of that day.
func (h *Handlers) ShowAsOf(c *fiber.Ctx) error {
	s, lang, ok := h.speaks(c)
	if !ok {
		return c.Next()
	}
	text := c.Query("date")
	if text == "" {
		return h.askDay(c, s, lang, "", http.StatusOK)
	}
	day, problem := s.day(text)
	if problem != "" {
		return h.askDay(c, s, lang, problem, http.StatusBadRequest)
	}
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderCacheControl, revalidate)
	return c.Redirect(asOfPath(lang, day), fiber.StatusSeeOther)
}

// askDay is the form alone, with what was wrong.
func (h *Handlers) askDay(c *fiber.Ctx, s *snapshot, lang content.Lang, problem string, status int) error {
	return h.send(c, s, h.demand(s, s.site.Seq(), asOfPath(lang, "")+" "+problem+http.StatusText(status), h.html(lang, func(d *desk) (string, any, error) {
		page := view.AsOfPage{Public: d.public(d.printer.T("find.as_of"), func(l content.Lang) string { return asOfPath(l, "") }), First: d.site.First(), Today: d.today}
		d.status, page.Section = status, "changes"
		if problem != "" {
			page.Canonical, page.Problem = "", d.printer.T(problem)
		}
		return "public/asof", page, nil
	})))
}

// ShowThen answers everything below /{lang}/as-of/{day}/.
func (h *Handlers) ShowThen(c *fiber.Ctx) error {
	s, lang, ok := h.speaks(c)
	if !ok {
		return c.Next()
	}
	day, problem := s.day(c.Params("day"))
	if problem != "" {
		return h.askDay(c, s, lang, problem, http.StatusNotFound)
	}
	path, compose := asOfPath(lang, day), func(d *desk) (string, any, error) { return d.asOf(day) }
	if name := c.Params("slug"); name != "" {
		if path, compose = s.then(lang, day, c.Params("folder"), name); compose == nil {
			return c.Next()
		}
	}
	if c.Path() != path {
		return h.moved(c, path)
	}
	return h.send(c, s, h.demand(s, s.site.Seq(), path, h.html(lang, compose)))
}

// then finds the topic, entry or policy that an address of a day in the past names.
func (s *snapshot) then(lang content.Lang, day content.Date, in, slug string) (string, func(*desk) (string, any, error)) {
	start := asOfPath(lang, day)
	if in == "topics" {
		topic, ok := s.site.Topic(slug)
		if !ok || !s.shown(topic) {
			return "", nil
		}
		return start + "topics/" + topic.Slug, func(d *desk) (string, any, error) { return d.topicThen(topic, day) }
	}
	kind, ok := kindIn(in)
	if !ok {
		return "", nil
	}
	entry, ok := s.site.Entry(kind, slug)
	if !ok {
		entry, ok = s.site.Moved(kind, slug)
	}
	if !ok || !published(entry) {
		return "", nil
	}
	return start + folder(kind) + "/" + entry.Slug, func(d *desk) (string, any, error) { return d.entryThen(entry, day) }
}

// asOf is the way in as it stood at the end of a day.
func (d *desk) asOf(day content.Date) (string, any, error) {
	before := d.site.EndOf(day)
	page := view.AsOfPage{
		Public: d.public(d.printer.T("find.as_of_day", "Day", d.printer.Day(day)), func(lang content.Lang) string { return asOfPath(lang, day) }),
		Day:    day, First: d.site.First(), Today: d.today,
	}
	page.Section = "changes"
	page.Cite, page.Canonical = d.cite("", day, asOfPath(d.lang, day)), ""
	for _, topic := range d.site.Topics() {
		link := d.topicLink(topic)
		link.URL = asOfPath(d.lang, day) + "topics/" + topic.Slug
		page.AddTopic(link, d.linksThen(d.site.Entries(topic.ID), day, before), firstQuestions)
	}
	others := d.linksThen(d.site.Entries(""), day, before)
	page.AddTopic(view.Link{Text: d.printer.T("public.topic_none")}, others, len(others))
	page.Rules = d.linksThen(d.site.Policies(), day, before)
	for i, change := range d.site.Until(before) {
		if i == latestChanges {
			break
		}
		page.Latest = append(page.Latest, d.changeRow(change))
	}
	return "public/asof", page, nil
}

// linksThen leads to what could be read then, by the titles of that time, those in the page's language first.
func (d *desk) linksThen(entries []*site.Entry, day content.Date, before time.Time) []view.Link {
	var links []view.Link
	for _, entry := range entries {
		if state, live := d.stateThen(entry, before); live {
			links = append(links, view.Link{Text: state.Version.Title, URL: d.thenPath(entry, day), Lang: d.other(state.Version.Lang)})
		}
	}
	slices.SortStableFunc(links, func(a, b view.Link) int { return min(len(a.Lang), 1) - min(len(b.Lang), 1) })
	return links
}

// stateThen is what a reader of this page would have seen: the page's language,
// or else the site's first that had a text. A text that had been taken down in
// the page's language is not replaced by another's.
func (d *desk) stateThen(entry *site.Entry, before time.Time) (site.State, bool) {
	own := site.Then(entry, d.lang, before)
	if own.Version.Number > 0 {
		return own, own.Live()
	}
	for _, lang := range d.site.Languages() {
		if other := site.Then(entry, lang, before); other.Live() {
			return other, true
		}
	}
	return own, false
}

func (d *desk) thenPath(entry *site.Entry, day content.Date) string {
	return asOfPath(d.lang, day) + folder(entry.Kind) + "/" + entry.Slug
}

func (d *desk) topicThen(topic content.Topic, day content.Date) (string, any, error) {
	path := func(lang content.Lang) string { return asOfPath(lang, day) + "topics/" + topic.Slug }
	name := d.phrase(topic.Title)
	page := view.AsOfTopicPage{
		Public: d.public(name.Text+", "+d.printer.T("find.as_of_day", "Day", d.printer.Day(day)), path), Day: day, Name: name,
		Cite: d.cite(name.Text, day, path(d.lang)), Questions: d.linksThen(d.site.Entries(topic.ID), day, d.site.EndOf(day)),
	}
	page.Section, page.Canonical = "changes", ""
	return "public/asof_topic", page, nil
}

// entryThen is an entry or policy as it could be read then, its tombstone, or the page that says that there was none yet.
func (d *desk) entryThen(entry *site.Entry, day content.Date) (string, any, error) {
	state, live := d.stateThen(entry, d.site.EndOf(day))
	path := func(lang content.Lang) string { return asOfPath(lang, day) + folder(entry.Kind) + "/" + entry.Slug }
	if state.Tombstone != nil {
		name, values, err := d.tombstone(entry, state.Tombstone)
		if page, ok := values.(view.TombstonePage); ok {
			page.Public = d.public(page.Heading.Text, path)
			page.Canonical, page.Section = "", section(entry)
			values = page
		}
		return name, values, err
	}
	if !live {
		return d.notYet(path, d.printer.T("find.not_yet", "Day", d.printer.Day(day)))
	}
	name, values, err := d.version(entry, state.Version)
	page, ok := values.(view.EntryPage)
	if err != nil || !ok {
		return name, values, err
	}
	cite := d.cite(state.Version.Title, day, path(d.lang))
	cite.Number, cite.Hash = state.Version.Number, state.Version.Hash[:min(16, len(state.Version.Hash))]
	frame := d.public(state.Version.Title+", "+d.printer.T("find.as_of_day", "Day", d.printer.Day(day)), path)
	frame.Canonical, frame.Section, frame.Description, frame.Feed = "", page.Section, page.Description, page.Feed
	page.Public, page.Cite, page.Previous, page.Next = frame, &cite, view.Link{}, view.Link{}
	if page.Topic.URL != "" {
		topic, _ := d.site.TopicOf(entry)
		page.Topic.URL = asOfPath(d.lang, day) + "topics/" + topic.Slug
	}
	return name, page, nil
}

// notYet says that there was nothing at an address on that day.
func (d *desk) notYet(path func(content.Lang) string, why string) (string, any, error) {
	d.status = http.StatusNotFound
	page := view.MissingPage{Public: d.public(d.printer.T("public.missing_title"), path), Why: why}
	page.Canonical, page.Section = "", ""
	page.Topics = d.shownTopics()
	return "public/missing", page, nil
}

func (d *desk) cite(title string, day content.Date, path string) view.Citation {
	return view.Citation{Site: d.siteName(), Title: title, Day: day, URL: d.h.deps.BaseURL + path}
}
