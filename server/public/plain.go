package public

import (
	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/site"
	"klartext/server/view"
)

func glossaryPath(lang content.Lang) string { return "/" + string(lang) + "/glossary" }

// layGlossary lays the page of the terms that the site explains.
func (h *Handlers) layGlossary(s *snapshot, lang content.Lang) {
	s.lay(glossaryPath(lang), s.site.StampGlossary(), 0, h.html(lang, (*desk).glossary))
}

// explains is whether there are terms in any language; the way to them shows on every page.
func (s *snapshot) explains() bool {
	for _, lang := range s.site.Languages() {
		if len(s.site.Glossary(lang)) > 0 {
			return true
		}
	}
	return false
}

func (d *desk) glossary() (string, any, error) {
	page := view.GlossaryPage{Public: d.public(d.printer.T("glossary.title"), glossaryPath)}
	page.Description = d.printer.T("glossary.lead")
	page.Section = "glossary"
	d.markLangs(&page.Public, func(lang content.Lang) bool { return len(d.site.Glossary(lang)) > 0 })
	for _, t := range d.site.Glossary(d.lang) {
		page.Terms = append(page.Terms, view.GlossaryTerm{Anchor: t.Anchor(), Term: t.Term, Explanation: clarity.AsSentence(t.Explanation), Example: t.Example})
	}
	return "public/glossary", page, nil
}

// explain marks the terms of the glossary in a text, the first use in each of its parts. Parts for other sites do
// without: they have neither the style for it nor ids that are theirs alone.
func (d *desk) explain(lang content.Lang, r *view.Reading) {
	if d.h.deps.Words == nil {
		return
	}
	e := d.h.deps.Words.Explainer(lang, d.site.Glossary(lang), glossaryPath(lang))
	mark := func(html *view.Stored) { *html = view.Stored(e.Mark(string(*html))) }
	mark(&r.Body)
	for i := range r.Examples {
		mark(&r.Examples[i])
	}
	for i := range r.Perspectives {
		mark(&r.Perspectives[i].HTML)
	}
	for i := range r.Sections {
		mark(&r.Sections[i].Body)
		mark(&r.Sections[i].Summary)
	}
}

// clarity tells readers how hard an entry is to read, where the site wants that and an honest thing can be said.
func (d *desk) clarity(entry *site.Entry, v content.Version) *view.ClarityLine {
	settings := d.site.Settings()
	if !settings.ClarityLine || entry.Kind != content.FAQ || d.h.deps.Words == nil || !d.h.deps.Words.Speaks(v.Lang) {
		return nil
	}
	score, band, override := d.verdict(entry, v)
	if score == nil {
		return nil
	}
	return &view.ClarityLine{Age: d.h.deps.Words.Age(band), Override: override, Lang: d.other(v.Lang)}
}

// verdict is what the gate said about a version, or what it would say where it was not asked.
func (d *desk) verdict(entry *site.Entry, v content.Version) (score *int, band, override string) {
	if v.Verdict != nil {
		return v.Verdict.Score, v.Verdict.Band, v.Verdict.Override
	}
	words := content.NewWords(d.site.Settings(), d.site.Glossary(v.Lang))
	found, err := content.ReadWith(d.ctx, d.h.deps.Words, words, content.ReadingOf(entry.Entry, v.Lang, &v.Text, d.lang))
	if err != nil {
		return nil, "", "" // a line less, and no page that fails
	}
	return found.Score, found.Band, ""
}
