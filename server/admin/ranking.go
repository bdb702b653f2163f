package admin

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowClarity ranks all published texts, the hardest first.
func (h *Handlers) ShowClarity(c *fiber.Ctx) error {
	p := web.Printer(c)
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	ranking, err := h.Checks.Ranking(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	page, err := h.page(c, "entries", p.T("ranking.title"))
	if err != nil {
		return err
	}
	data := view.ClarityPage{Admin: page, Min: settings.Gates.MinScore}
	only := content.Lang(c.Query("lang"))
	counts := map[content.Lang]int{}
	for _, r := range ranking {
		counts[r.Lang]++
		if only == "" || only == r.Lang {
			data.Rows = append(data.Rows, h.rankingRow(r, settings.Gates.MinScore, p))
		}
	}
	data.Filters = []view.Filter{{Href: "/admin/clarity", Label: p.T("ranking.all"), Count: len(ranking), Current: only == ""}}
	for _, lang := range settings.Languages {
		data.Filters = append(data.Filters, view.Filter{Href: "/admin/clarity?lang=" + string(lang), Label: p.LangName(lang), Count: counts[lang], Current: only == lang})
	}
	return h.render(c, "admin/clarity", data)
}

func (h *Handlers) rankingRow(r content.RankedText, minimum int, p *locale.Printer) view.ClarityRow {
	return view.ClarityRow{
		Href: textPath(r.Entry.ID, r.Lang), Title: r.Title, Lang: r.Lang, Kind: r.Entry.Kind, Legal: r.Legal, Version: r.Version,
		Score: r.Clarity.Score, Label: h.Words.BandLabel(r.Clarity.Band, p.Lang), Errors: r.Clarity.Errors, Warnings: r.Clarity.Warnings,
		Words: r.Clarity.Words, Below: r.Clarity.Score != nil && *r.Clarity.Score < minimum, Trend: trend(r.Trend, minimum),
	}
}

// The box that a trend is drawn in.
const (
	trendWidth  = 120
	trendHeight = 32
	fullScore   = 100
)

// trend draws the scores of a text's versions from left to right; a version too short for a score leaves a gap in time only.
func trend(points []content.ClarityPoint, minimum int) view.Trend {
	height := func(score int) int { return trendHeight - score*trendHeight/fullScore }
	t := view.Trend{Mark: height(minimum)}
	var line []string
	for i, point := range points {
		t.Steps = append(t.Steps, view.TrendStep{Version: point.Version, At: point.At, Score: point.Score, Errors: point.Errors})
		if point.Score == nil {
			continue
		}
		dot := view.TrendDot{X: trendWidth / 2, Y: height(*point.Score)}
		if len(points) > 1 {
			dot.X = i * trendWidth / (len(points) - 1)
		}
		t.Dots = append(t.Dots, dot)
		line = append(line, fmt.Sprintf("%d,%d", dot.X, dot.Y))
	}
	t.Points = strings.Join(line, " ")
	return t
}
