package api

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
)

// Codes of what can be wrong with a look back.
const (
	CodeDayFuture content.Code = "day_future"
	CodeSinceWhat content.Code = "since_what"
)

// thenJSON is an entry or policy as readers saw it at the end of a day.
type thenJSON struct {
	Entry     string            `json:"entry"`
	Kind      content.EntryKind `json:"kind"`
	Slug      string            `json:"slug" doc:"today's"`
	Topic     *string           `json:"topic" doc:"today's: topics have no versions"`
	Languages []thenPart        `json:"languages" doc:"those in which there was a text"`
	Facts     *int              `json:"facts_version" doc:"number of the facts at that time; null where there were none"`
}

// thenPart is the version that readers of one language saw.
type thenPart struct {
	Lang          content.Lang `json:"lang"`
	Title         string       `json:"title"`
	Number        int          `json:"number"`
	Hash          string       `json:"hash" doc:"SHA-256 of the revision"`
	PublishedAt   time.Time    `json:"published_at"`
	EffectiveDate content.Date `json:"effective_date" format:"date"`
	URL           string       `json:"url" doc:"the version's own page"`
	AsOfURL       string       `json:"as_of_url" doc:"the page of that day"`
}

// ShowAsOf answers with everything that could be read at the end of a day, in the order of the site.
func (h *Handlers) ShowAsOf(c *fiber.Ctx) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	day, err := h.pastDay(v, c.Params("date"))
	if err != nil {
		return err
	}
	langs, err := langsOf(c, v)
	if err != nil {
		return err
	}
	var all []thenJSON
	for entry := range inOrder(v) {
		if then := h.entryThen(v, entry, day, langs); len(then.Languages) > 0 {
			all = append(all, then)
		}
	}
	return sendList(c, all, func(t thenJSON) string { return t.Entry }, func(t thenJSON) thenJSON { return t })
}

func (h *Handlers) entryThen(v *site.Value, e *site.Entry, day content.Date, langs []content.Lang) thenJSON {
	before := v.EndOf(day)
	out := thenJSON{Entry: e.ID, Kind: e.Kind, Slug: e.Slug, Topic: some(e.Topic), Facts: some(site.Then(e, content.NoLang, before).Version.Number)}
	for _, lang := range langs {
		state := site.Then(e, lang, before)
		if !state.Live() {
			continue
		}
		m := state.Version
		out.Languages = append(out.Languages, thenPart{
			Lang: lang, Title: m.Title, Number: m.Number, Hash: m.Hash, PublishedAt: stamp(m.PublishedAt), EffectiveDate: m.Effective,
			URL:     fmt.Sprintf("%s/v%d", h.address(e.Kind, e.Slug, lang), m.Number),
			AsOfURL: fmt.Sprintf("%s/%s/as-of/%s/%s/%s", h.BaseURL, lang, day, folder(e.Kind), e.Slug),
		})
	}
	return out
}

// inOrder walks all entries and policies that were ever published, as the site shows them.
func inOrder(v *site.Value) func(func(*site.Entry) bool) {
	return func(yield func(*site.Entry) bool) {
		shelves := [][]*site.Entry{}
		for _, topic := range v.Topics() {
			shelves = append(shelves, v.Entries(topic.ID))
		}
		for _, shelf := range append(shelves, v.Entries(""), v.Policies()) {
			for _, entry := range shelf {
				if !yield(entry) {
					return
				}
			}
		}
	}
}

// pastDay reads a day that has begun at the site's place.
func (h *Handlers) pastDay(v *site.Value, text string) (content.Date, error) {
	day, err := content.ParseDate(text)
	switch {
	case err != nil:
		return "", badField("date", content.CodeDateForm, content.Args{"Value": text})
	case day > content.DateOf(h.Now(), v.Zone()):
		return "", badField("date", CodeDayFuture, content.Args{"Value": text})
	}
	return day, nil
}

// langsOf are the site's languages, or the one that was asked for.
func langsOf(c *fiber.Ctx, v *site.Value) ([]content.Lang, error) {
	lang, err := queryLang(c)
	switch {
	case err != nil:
		return nil, err
	case lang == content.NoLang:
		return v.Languages(), nil
	case !v.HasLang(lang):
		return nil, langNotOfSite(v, lang)
	}
	return []content.Lang{lang}, nil
}

// sinceJSON is what reads otherwise today than at some moment, and the changes that made it so.
type sinceJSON struct {
	From        time.Time   `json:"from" doc:"what was published at this moment or later counts"`
	Changes     []changeRef `json:"changes" doc:"newest first, at most 100"`
	MoreChanges int         `json:"more_changes" doc:"how many older ones there are"`
	Items       []stepJSON  `json:"items"`
	Next        *string     `json:"next" doc:"send it back as cursor to read on; null at the end"`
}

// changeRef is a published change in brief; /changes/{id} has all of it.
type changeRef struct {
	ID          string                  `json:"id"`
	Slug        string                  `json:"slug"`
	Title       content.Text            `json:"title"`
	Materiality content.Materiality     `json:"materiality"`
	Imported    bool                    `json:"imported"`
	PublishedAt time.Time               `json:"published_at"`
	Permalink   map[content.Lang]string `json:"permalink"`
}

// stepJSON is one text that reads otherwise today.
type stepJSON struct {
	Entry   string            `json:"entry"`
	Kind    content.EntryKind `json:"kind"`
	Slug    string            `json:"slug"`
	Lang    content.Lang      `json:"lang"`
	Act     string            `json:"act" enum:"new,changed,restored,withdrawn"`
	Title   string            `json:"title" doc:"today's, or the last that it had"`
	From    *int              `json:"from" doc:"number of the version at that time; null where there was none"`
	To      int               `json:"to" doc:"number of the newest version"`
	URL     string            `json:"url"`
	Compare *string           `json:"compare_url" doc:"the page that compares the two; null where it is not changed"`
}

const maxSinceChanges = 100

// ShowSince answers with what changed since a day or after a change.
func (h *Handlers) ShowSince(c *fiber.Ctx) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	from, err := h.sinceWhen(c, v)
	if err != nil {
		return err
	}
	langs, err := langsOf(c, v)
	if err != nil {
		return err
	}
	w, err := readWindow(c)
	if err != nil {
		return err
	}
	var steps []stepJSON
	for _, lang := range langs {
		for _, step := range v.Steps(lang, from) {
			steps = append(steps, h.stepOf(step, lang))
		}
	}
	part, next, err := cut(steps, w, func(s stepJSON) string { return s.Entry + "-" + string(s.Lang) })
	if err != nil {
		return err
	}
	changes := v.Since(from)
	shown := changes[:min(len(changes), maxSinceChanges)]
	return answer(c, fiber.StatusOK, sinceJSON{
		From: stamp(from), Changes: each(shown, h.changeRefOf(v)), MoreChanges: len(changes) - len(shown), Items: list(part), Next: next,
	})
}

// sinceWhen reads the one of date and change that is given.
func (h *Handlers) sinceWhen(c *fiber.Ctx, v *site.Value) (time.Time, error) {
	date, name := c.Query("date"), c.Query("change")
	if (date == "") == (name == "") {
		return time.Time{}, badField("date", CodeSinceWhat, nil)
	}
	if date != "" {
		day, err := h.pastDay(v, date)
		return day.Time(v.Zone()), err
	}
	change, ok := v.ChangeByID(name)
	if !ok {
		change, ok = v.Change(name)
	}
	if !ok {
		return time.Time{}, badField("change", content.CodeChangeUnknown, nil)
	}
	return change.PublishedAt.Add(time.Millisecond), nil // times are kept in milliseconds
}

func (h *Handlers) stepOf(s site.Step, lang content.Lang) stepJSON {
	url := h.address(s.Entry.Kind, s.Entry.Slug, lang)
	out := stepJSON{
		Entry: s.Entry.ID, Kind: s.Entry.Kind, Slug: s.Entry.Slug, Lang: lang, Title: s.To.Version.Title,
		From: some(s.From.Version.Number), To: s.To.Version.Number, URL: url, Act: string(s.Act()),
	}
	if s.Act() == site.ActChanged {
		out.Compare = some(fmt.Sprintf("%s/v%d...v%d", url, s.From.Version.Number, s.To.Version.Number))
	}
	return out
}

func (h *Handlers) changeRefOf(v *site.Value) func(*site.Change) changeRef {
	return func(c *site.Change) changeRef {
		out := changeRef{
			ID: c.ID, Slug: c.Slug, Title: text(c.Title), Materiality: c.Materiality, Imported: c.Imported,
			PublishedAt: stamp(c.PublishedAt), Permalink: map[content.Lang]string{},
		}
		for _, lang := range v.Languages() {
			out.Permalink[lang] = h.Changes.Permalink(&c.Change, lang)
		}
		return out
	}
}

func folder(kind content.EntryKind) string {
	if kind == content.Policy {
		return "policies"
	}
	return "faq"
}
