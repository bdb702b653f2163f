package admin

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// How many findings stand open, and how many can be unfolded: more of them help nobody.
const (
	openCards  = 7
	moreCards  = 60
	hintsCards = 40
)

// clarityPanel says what the checker finds in a text. It never fails because of the text.
func (h *Handlers) clarityPanel(c *fiber.Ctx, page view.Admin, d entryDesk, lang content.Lang, text content.Writing) (view.ClarityPanel, error) {
	panel := view.ClarityPanel{Admin: page, Base: textPath(d.entry.ID, lang), Lang: lang, Policy: d.entry.Kind == content.Policy}
	if h.Checks == nil || !h.Words.Speaks(lang) {
		panel.Off = true
		return panel, nil
	}
	p := web.Printer(c)
	found, err := h.Checks.Draft(c.UserContext(), web.Actor(c), d.entry, lang, &text, p.Lang)
	if content.KindOf(err) == content.Invalid && err != nil {
		panel.Problem = p.Error(web.CheckError("text", err))
		return panel, nil
	}
	if err != nil {
		return panel, err
	}
	names, err := h.Accounts.Names(c.UserContext(), web.Actor(c))
	if err != nil {
		return panel, err
	}
	h.fillPanel(&panel, found, text, p, web.Actor(c))
	if live := d.entry.Lang(lang).Head; found.Live != nil {
		panel.Live, panel.Version = found.Live.Score, live.Version
	}
	for _, i := range found.Ignored {
		panel.Ignored = append(panel.Ignored, view.IgnoredRow{ID: i.ID, Quote: i.Quote, Rule: i.Rule, Reason: i.Reason, By: names[i.User], At: i.Created})
	}
	return panel, nil
}

func (h *Handlers) fillPanel(panel *view.ClarityPanel, found content.DraftClarity, text content.Writing, p *locale.Printer, actor content.Actor) {
	panel.Min, panel.Score, panel.Words = found.Gate.MinScore, found.Score, found.Words
	panel.Label = h.Words.BandLabel(found.Band, p.Lang)
	panel.SentenceLoss, panel.WordLoss = int(math.Round(found.LostToSentences)), int(math.Round(found.LostToWords))
	for _, reason := range found.Gate.GateReasons(found.Clarity) {
		panel.Reasons = append(panel.Reasons, p.T("panel."+string(reason.Code), "Score", reason.Args["Score"], "Min", reason.Args["Min"], "Count", reason.Args["Count"]))
	}
	cards := h.cards(found, text, p, actor)
	for _, card := range cards {
		switch {
		case card.Severity == content.SeverityHint:
			panel.Hints = append(panel.Hints, card)
		case len(panel.Open) < openCards:
			panel.Open = append(panel.Open, card)
		default:
			panel.More = append(panel.More, card)
		}
	}
	panel.Left = max(0, len(panel.More)-moreCards) + max(0, len(panel.Hints)-hintsCards)
	panel.More, panel.Hints = panel.More[:min(len(panel.More), moreCards)], panel.Hints[:min(len(panel.Hints), hintsCards)]
}

// cards are the findings that nobody put aside, the heaviest first and then in the order of the text.
func (h *Handlers) cards(found content.DraftClarity, text content.Writing, p *locale.Printer, actor content.Actor) []view.FindingCard {
	parts := map[string]string{}
	for _, part := range append(text.PlainParts(content.FAQ), text.PlainParts(content.Policy)...) {
		parts[part.Field] = part.Text
	}
	may := found.Gate.MayOverride(actor)
	var cards []view.FindingCard
	for _, f := range found.Findings {
		if f.Ignored != "" {
			continue
		}
		card := findingCard(f, parts[f.Field], p)
		card.Field = formField(f.Field, text)
		card.MayIgnore = f.Severity != content.SeverityError || may
		cards = append(cards, card)
	}
	slices.SortStableFunc(cards, func(a, b view.FindingCard) int { return weight(a.Severity) - weight(b.Severity) })
	return cards
}

func weight(s content.Severity) int { return slices.Index(content.Severities(), s) }

func findingCard(f content.Finding, text string, p *locale.Printer) view.FindingCard {
	return view.FindingCard{
		Field: f.Field, Label: fieldLabel(f.Field, p), Rule: f.Rule, Severity: f.Severity, Quote: f.Quote,
		From: units(text, f.Start), To: units(text, f.End), Message: f.Message, Why: f.Why, Suggestion: f.Suggestion, Replacement: f.Replacement,
	}
}

// units counts a place in a text as scripts do: in UTF-16.
func units(text string, at int) int {
	n := 0
	for _, r := range text[:min(at, len(text))] {
		n++
		if r > 0xffff && r != utf8.RuneError {
			n++
		}
	}
	return n
}

// formField is the name that a field has in the form: a perspective stands there under its side.
func formField(field string, text content.Writing) string {
	rest, ok := strings.CutPrefix(field, "perspectives.")
	if !ok {
		return field
	}
	number, _, _ := strings.Cut(rest, ".")
	if i, err := strconv.Atoi(number); err == nil && i < len(text.Perspectives) {
		return "perspectives." + string(text.Perspectives[i].Side)
	}
	return field
}

func fieldLabel(field string, p *locale.Printer) string {
	name, rest, _ := strings.Cut(field, ".")
	number, last, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(number)
	if err != nil {
		return p.FieldName(field)
	}
	if last != "" && p.Has("panel."+name+"_"+last) {
		return p.T("panel."+name+"_"+last, "Number", n+1)
	}
	return p.T("panel."+name, "Number", n+1)
}

// CheckText answers the editor's script with the panel for what stands in the form, which it leaves as it is.
func (h *Handlers) CheckText(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	lang := content.Lang(c.Params("lang"))
	page := h.bare(c, "entries", web.Printer(c).T("panel.title"))
	panel, err := h.clarityPanel(c, page, d, lang, writingInForm(form))
	if err != nil {
		return err
	}
	return h.render(c, "admin/text_check", view.TextCheckPage{Admin: page, Panel: panel})
}

// writingInForm is the text with every field at the number that it has in the form, so that findings lead to their places.
func writingInForm(form web.Form) content.Writing {
	w := readWriting(form)
	w.Sections = rows(form, "sections", func(at string) content.Section {
		if form.Get(at+".remove") != "" {
			return content.Section{}
		}
		return content.Section{Heading: form.Get(at + ".heading"), Body: form.Get(at + ".body"), Summary: form.Get(at + ".summary")}
	})
	return w
}

// IgnoreFinding puts a finding aside for good, with a reason.
func (h *Handlers) IgnoreFinding(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	lang := content.Lang(c.Params("lang"))
	_, err = h.Checks.Ignore(c.UserContext(), web.Actor(c), content.Ignored{
		Entry: d.entry.ID, Lang: lang, Rule: form.Get("rule"), Quote: form.Get("quote"), Reason: form.Get("reason"),
	})
	if err != nil {
		return h.textCause(c, d, lang, err)
	}
	return web.SeeOther(c, textPath(d.entry.ID, lang)+"#clarity", "finding_ignored")
}

// UnignoreFinding takes a finding up again.
func (h *Handlers) UnignoreFinding(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	lang := content.Lang(c.Params("lang"))
	if err := h.Checks.Unignore(c.UserContext(), web.Actor(c), form.Get("id")); err != nil {
		return h.textCause(c, d, lang, err)
	}
	return web.SeeOther(c, textPath(d.entry.ID, lang)+"#clarity", "finding_taken_up")
}

// textCause shows the saved text again and why something about it was not done.
func (h *Handlers) textCause(c *fiber.Ctx, d entryDesk, lang content.Lang, cause error) error {
	newest, err := h.newest(c, d.entry.ID, lang)
	if err != nil {
		return fmt.Errorf("%w, after: %w", err, cause)
	}
	return h.textAgain(c, d, lang, orEmpty(newest.Text), newest.ID, cause)
}
