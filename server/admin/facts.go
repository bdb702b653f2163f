package admin

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// unitISO stands for a duration that has more than one part and is written in ISO 8601.
const unitISO = "iso"

func retentionUnits() []string { return []string{"D", "W", "M", "Y", unitISO} }

// legalBases are the six of Article 6(1) GDPR; any other code can be typed.
func legalBases() []string {
	return []string{"gdpr-6-1-a", "gdpr-6-1-b", "gdpr-6-1-c", "gdpr-6-1-d", "gdpr-6-1-e", "gdpr-6-1-f"}
}

// ShowFacts opens the form for the facts of an entry.
func (h *Handlers) ShowFacts(c *fiber.Ctx) error {
	d, err := h.loadEntry(c, c.Params("id"))
	if err != nil {
		return err
	}
	newest, err := h.newest(c, d.entry.ID, content.NoLang)
	if err != nil {
		return err
	}
	data, err := h.factsPage(c, d, orNoFacts(newest.Facts), newest.ID)
	if err != nil {
		return err
	}
	return h.render(c, "admin/facts", data)
}

func orNoFacts(f *content.Facts) content.Facts {
	if f == nil {
		return content.Facts{}
	}
	return *f
}

func (h *Handlers) factsPage(c *fiber.Ctx, d entryDesk, facts content.Facts, base string) (view.FactsPage, error) {
	page, head, err := h.entryPage(c, d, tabFacts)
	if err != nil {
		return view.FactsPage{}, err
	}
	p := web.Printer(c)
	data := view.FactsPage{
		Admin: page, Entry: head, Languages: d.settings.Languages, Base: base, Facts: withEmptyRows(facts),
		Units: retentionUnits(), Countries: countryOptions(p), Shown: factsTables(&facts, d.settings.Languages, p),
		Status: langStatus(d.entry.Lang(content.NoLang)), Propose: buildPropose(d, p, content.NoLang),
	}
	for _, code := range legalBases() {
		data.Bases = append(data.Bases, view.Option{Value: code, Label: p.T("facts." + strings.ReplaceAll(code, "-", "_"))})
	}
	data.Count, data.Unit = splitDuration(facts.Retention)
	if data.Unit == unitISO {
		data.Duration = facts.Retention.Duration
	}
	if data.Revisions, err = h.revisionRows(c, d, content.NoLang); err != nil {
		return data, err
	}
	if live := d.entry.Lang(content.NoLang).Head; live.Version > 0 && live.Revision != base {
		before, err := h.Editor.Revision(c.UserContext(), web.Actor(c), live.Revision)
		if err != nil {
			return data, err
		}
		data.Against = factsDiff(before.Facts, &facts, d.settings, p)
	}
	return data, nil
}

func factsTables(facts *content.Facts, languages []content.Lang, p *locale.Printer) []view.FactsTable {
	var tables []view.FactsTable
	for _, lang := range languages {
		tables = append(tables, view.FactsTable{Lang: lang, Rows: compare.Rows(facts, lang, p, languages...)})
	}
	return tables
}

// factsDiff lists the rows that differ in any language of the site, each once, in
// the reader's language where it differs there.
func factsDiff(before, after *content.Facts, settings content.Settings, p *locale.Printer) []compare.Fact {
	var all []compare.Fact
	for _, lang := range append([]content.Lang{titleLang(p.Lang, settings)}, settings.Languages...) {
		for _, fact := range compare.Facts(before, after, lang, p, settings.Languages...) {
			if !slices.ContainsFunc(all, func(f compare.Fact) bool { return f.Name == fact.Name }) {
				all = append(all, fact)
			}
		}
	}
	return all
}

// withEmptyRows adds the rows that can be filled in without JavaScript.
func withEmptyRows(f content.Facts) content.Facts {
	f.Data = append(slices.Clone(f.Data), make([]content.Text, emptyRows)...)
	f.Purposes = append(slices.Clone(f.Purposes), make([]content.Text, emptyRows)...)
	f.LegalBases = append(slices.Clone(f.LegalBases), make([]content.LegalBasis, emptyRows)...)
	f.Recipients = append(slices.Clone(f.Recipients), make([]content.Recipient, emptyRows)...)
	f.Countries = append(slices.Clone(f.Countries), make([]string, emptyRows)...)
	return f
}

var simpleDuration = regexp.MustCompile(`^P(\d+)([DWMY])$`)

// splitDuration gives the number and the unit of a duration that has one unit only.
func splitDuration(r *content.Retention) (count, unit string) {
	if r == nil {
		return "", "M"
	}
	if m := simpleDuration.FindStringSubmatch(r.Duration); m != nil {
		return m[1], m[2]
	}
	return "", unitISO
}

// SaveFacts saves the facts as a new revision.
func (h *Handlers) SaveFacts(c *fiber.Ctx) error {
	d, form, err := h.openForm(c)
	if err != nil {
		return err
	}
	facts := readFacts(form, d.settings.Languages, web.Printer(c))
	n := content.NewRevision{Entry: d.entry.ID, Base: form.Get("base"), Facts: &facts}
	if form.Get("conflict") == "edit" {
		data, err := h.factsPage(c, d, facts, n.Base)
		if err != nil {
			return err
		}
		return h.render(c, "admin/facts", data)
	}
	saved, err := h.Editor.SaveFacts(c.UserContext(), web.Actor(c), n)
	if stale, ok := errors.AsType[*content.StaleError](err); ok {
		return h.factsConflict(c, d, form, n, stale)
	}
	if err != nil {
		err = asTyped(err, form)
		facts = readFacts(form, d.settings.Languages, web.Printer(c)) // as typed: saving has tidied them
		if isCode(err, codeCountForm) {
			facts.Retention.Duration = "" // what is no duration cannot be previewed
		}
		data, pageErr := h.factsPage(c, d, facts, n.Base)
		if pageErr != nil {
			return errors.Join(err, pageErr)
		}
		data.Count, data.Unit, data.Duration = form.Get("retention.count"), form.Get("retention.unit"), form.Get("retention.duration")
		wrong(c, &data.Admin, err)
		return h.again(c, "admin/facts", data, err)
	}
	if form.Get("conflict") == "theirs" {
		return h.keepTheirs(c, n, saved)
	}
	return web.SeeOther(c, textPath(d.entry.ID, content.NoLang), "facts_saved")
}
