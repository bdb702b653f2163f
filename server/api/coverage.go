package api

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
)

// coverageJSON says which changes were announced on networks.
type coverageJSON struct {
	Material  int             `json:"material" doc:"material changes made here"`
	Announced int             `json:"announced" doc:"of those, how many were announced on a network"`
	Editorial int             `json:"editorial"`
	Imported  int             `json:"imported" doc:"published elsewhere before, and counted in none of the others"`
	Behind    []behindJSON    `json:"behind,omitempty" doc:"texts behind those in another language, where the site shows it; at most 200"`
	Items     []coveredChange `json:"items" doc:"all changes, newest first"`
	Next      *string         `json:"next" doc:"send it back as cursor to read on; null at the end"`
}

// coveredChange is one change with the posts that went out for it.
type coveredChange struct {
	changeRef
	Why   content.Text `json:"why"`
	Posts []postJSON   `json:"posts" doc:"empty where it was not announced"`
}

// behindJSON is a text that another language has left behind.
type behindJSON struct {
	Entry   string       `json:"entry"`
	Lang    content.Lang `json:"lang"`
	Ahead   content.Lang `json:"ahead" doc:"the language that is newer"`
	Since   time.Time    `json:"since"`
	Missing bool         `json:"missing" doc:"there is no text in lang at all"`
}

const maxBehind = 200

// ShowCoverage answers with which changes were announced where.
func (h *Handlers) ShowCoverage(c *fiber.Ctx) error {
	v, err := h.readers()
	if err != nil {
		return err
	}
	w, err := readWindow(c)
	if err != nil {
		return err
	}
	part, next, err := cut(v.Changes(), w, func(ch *site.Change) string { return ch.ID })
	if err != nil {
		return err
	}
	all, ref := v.Coverage(), h.changeRefOf(v)
	return answer(c, fiber.StatusOK, coverageJSON{
		Material: len(all.Material), Announced: all.Announced, Editorial: len(all.Editorial), Imported: len(all.Imported), Behind: behind(v), Next: next,
		Items: each(part, func(ch *site.Change) coveredChange {
			return coveredChange{ref(ch), text(ch.Why), each(ch.Posts, postOf)}
		}),
	})
}

func behind(v *site.Value) []behindJSON {
	if !v.Settings().ShowLag {
		return nil
	}
	var all []site.Lag
	for _, lang := range v.Languages() {
		all = append(all, v.Lags(lang)...)
	}
	slices.SortStableFunc(all, func(a, b site.Lag) int { return a.Since.Compare(b.Since) })
	return each(all[:min(len(all), maxBehind)], func(l site.Lag) behindJSON {
		return behindJSON{Entry: l.Entry.ID, Lang: l.Lang, Ahead: l.Ahead, Since: stamp(l.Since), Missing: l.Missing}
	})
}
