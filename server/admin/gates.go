package admin

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// nobody is how the form says that no role may override the gate.
const nobody = "nobody"

// ShowGates shows what a text must keep to before it may be published.
func (h *Handlers) ShowGates(c *fiber.Ctx) error {
	if err := web.Actor(c).May(content.ManageSettings); err != nil {
		return web.SeeOther(c, "/admin/account", "")
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	page, err := h.gatesPage(c, settings)
	if err != nil {
		return err
	}
	return h.render(c, "admin/gates", page)
}

func (h *Handlers) gatesPage(c *fiber.Ctx, s content.Settings) (view.GatesPage, error) {
	frame, err := h.page(c, "settings", web.Printer(c).T("gates.title"))
	g := s.Gates
	page := view.GatesPage{
		Admin: frame, MinScore: strconv.Itoa(g.MinScore), ErrorsAllowed: g.ErrorsAllowed, OverrideRole: string(g.OverrideRole), Roles: content.Roles(),
		KnownWords: strings.Join(g.KnownWords, "\n"), ClarityLine: s.ClarityLine,
	}
	if g.OverrideRole == "" {
		page.OverrideRole = nobody
	}
	for _, lang := range s.Languages {
		var lines []string
		for _, word := range slices.Sorted(maps.Keys(g.Replacements[lang])) {
			lines = append(lines, word+" = "+g.Replacements[lang][word])
		}
		page.Replacements = append(page.Replacements, view.ReplacementField{Lang: lang, Text: strings.Join(lines, "\n")})
	}
	for _, rule := range h.Words.Rules(web.Lang(c)) {
		page.Rules = append(page.Rules, view.RuleRow{RuleInfo: rule, On: !slices.Contains(g.RulesOff, rule.ID)})
	}
	return page, err
}

// SaveGates changes what a text must keep to.
func (h *Handlers) SaveGates(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	gate := h.readGate(form, settings.Languages)
	_, cause := h.Site.Update(c.UserContext(), web.Actor(c), func(s *content.Settings) {
		s.Gates, s.ClarityLine = gate, form.Bool("clarity_line")
	})
	if cause == nil {
		return web.SeeOther(c, "/admin/settings/gates", "saved")
	}
	settings.Gates, settings.ClarityLine = gate, form.Bool("clarity_line")
	page, err := h.gatesPage(c, settings)
	if err != nil {
		return err
	}
	page.MinScore = form.Get("gates.min_score")
	for i := range page.Replacements {
		page.Replacements[i].Text = form.Get("gates.replacements." + string(page.Replacements[i].Lang))
	}
	wrong(c, &page.Admin, cause)
	gather(&page.Admin, "gates.known_words")
	return h.again(c, "admin/gates", page, cause)
}

func (h *Handlers) readGate(form web.Form, languages []content.Lang) content.Gate {
	g := content.Gate{
		MinScore: -1, ErrorsAllowed: form.Bool("gates.errors_allowed"), OverrideRole: content.Role(form.Get("gates.override_role")),
		KnownWords: wordsIn(form.Get("gates.known_words")), Replacements: map[content.Lang]map[string]string{},
	}
	if n, ok := form.Int("gates.min_score"); ok {
		g.MinScore = n
	}
	if g.OverrideRole == nobody {
		g.OverrideRole = ""
	}
	on := form.All("rule")
	for _, rule := range h.Words.Rules("en") {
		if !slices.Contains(on, rule.ID) {
			g.RulesOff = append(g.RulesOff, rule.ID)
		}
	}
	for _, lang := range languages {
		g.Replacements[lang] = pairsIn(form.Get("gates.replacements." + string(lang)))
	}
	return g
}

// wordsIn reads a list of words, one a line or with commas between them.
func wordsIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ',' || r == ';' })
}

// pairsIn reads lines of "word = plain words". A line without a sign has no plain words, which the domain refuses.
func pairsIn(text string) map[string]string {
	pairs := map[string]string{}
	for line := range strings.SplitSeq(text, "\n") {
		word, plain, _ := strings.Cut(line, "=")
		if strings.TrimSpace(line) != "" {
			pairs[strings.TrimSpace(word)] = strings.TrimSpace(plain)
		}
	}
	return pairs
}
