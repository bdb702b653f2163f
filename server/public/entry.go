package public

import (
	"net/http"
	"slices"

	"klartext/content"
	"klartext/content/markdown"
	"klartext/content/site"
	"klartext/server/view"
)

// entry is an entry or policy as it stands: its text, the text in another
// language where the page's own has none, or the tombstone.
func (d *desk) entry(entry *site.Entry) (string, any, error) {
	if _, live := entry.Current[d.lang]; !live {
		if stone := entry.Withdrawn(d.lang); stone != nil {
			return d.tombstone(entry, stone)
		}
	}
	version, live := d.current(entry)
	if !live {
		return d.tombstone(entry, d.lastStone(entry))
	}
	page := d.entryPage(entry, version)
	page.Lag = d.lagOf(entry)
	if version.Lang != d.lang {
		page.Canonical = d.h.deps.BaseURL + entryPath(version.Lang, entry.Entry)
		for _, lang := range d.site.Langs(entry) {
			page.Elsewhere = append(page.Elsewhere, view.Link{
				Text: d.h.deps.Catalog.Printer(lang).T("public.read_here"), URL: entryPath(lang, entry.Entry), Lang: lang,
			})
		}
	}
	d.describeEntry(&page, entry, version)
	if d.h.listens() {
		page.VoteURL, page.AskURL = votePath(version.Lang, entry.Entry, version.Number), d.askURL(entry)
	}
	if page.Edition.Pending {
		page.Before = d.holding(entry, version.VersionMeta)
	}
	return pageName(entry), page, nil
}

func pageName(entry *site.Entry) string {
	if entry.Kind == content.Policy {
		return "public/policy"
	}
	return "public/entry"
}

// lastStone is the newest tombstone in any language; an entry that was published and is nowhere live has one.
func (d *desk) lastStone(entry *site.Entry) *content.Tombstone {
	if n := len(entry.Tombstones); n > 0 {
		return &entry.Tombstones[n-1]
	}
	return &content.Tombstone{Entry: entry.ID, Lang: d.lang}
}

// entryPage is what the pages of today's version and of old ones have in common.
func (d *desk) entryPage(entry *site.Entry, version content.Version) view.EntryPage {
	page := view.EntryPage{
		Public: d.public(version.Text.Title, func(lang content.Lang) string { return entryPath(lang, entry.Entry) }),
		Policy: entry.Kind == content.Policy, Text: d.reading(entry, version), Edition: d.edition(entry, version.VersionMeta),
		Versions: site.CountVersions(entry, version.Lang), HistoryURL: historyPath(version.Lang, entry.Entry),
		CompareURL: d.compareBefore(entry, version.VersionMeta),
	}
	d.explain(version.Lang, &page.Text)
	page.Description, page.TitleLang, page.Clarity = version.Text.ShortAnswer, page.Text.Lang, d.clarity(entry, version)
	page.OEmbed = oembedPrefix + entryPath(d.lang, entry.Entry)
	page.Feed = view.Link{Text: d.printer.T("public.feed_entry"), URL: entryPath(version.Lang, entry.Entry) + ".atom"}
	d.markLangs(&page.Public, func(lang content.Lang) bool { _, live := entry.Current[lang]; return live })
	if page.Policy {
		page.Section = "policies"
		if page.Description == "" && page.Text.Lang == "" {
			page.Description = d.printer.T("public.policy_description", "Title", page.Text.Title, "Site", page.SiteName)
		}
		return page
	}
	if topic, ok := d.site.TopicOf(entry); ok {
		page.Topic = d.topicLink(topic)
		page.Previous, page.Next = d.neighbours(entry)
	}
	return page
}

// markLangs notes in which languages there is really something to read, so that
// search engines are sent nowhere else.
func (d *desk) markLangs(p *view.Public, translated func(content.Lang) bool) {
	for i := range p.Langs {
		p.Langs[i].Missing = !translated(p.Langs[i].Lang)
	}
}

// neighbours are the questions before and after an entry in its topic, as far as they can be read in the page's language.
func (d *desk) neighbours(entry *site.Entry) (before, after view.Link) {
	all := d.site.Entries(entry.Topic)
	one, other := beside(d.lang, all, slices.IndexFunc(all, func(e *site.Entry) bool { return e.ID == entry.ID }))
	if one != nil {
		before, _ = d.link(one)
	}
	if other != nil {
		after, _ = d.link(other)
	}
	return before, after
}

// beside are the nearest entries on a shelf before and after a place that have a text in a language, nil at the ends.
func beside(lang content.Lang, shelf []*site.Entry, at int) (before, after *site.Entry) {
	readable := func(e *site.Entry) bool { _, live := e.Current[lang]; return live }
	for _, e := range slices.Backward(shelf[:max(at, 0)]) {
		if readable(e) {
			before = e
			break
		}
	}
	if next := slices.IndexFunc(shelf[at+1:], readable); next >= 0 {
		after = shelf[at+1+next]
	}
	return before, after
}

// compareBefore leads to what a version changed, "" for the first.
func (d *desk) compareBefore(entry *site.Entry, meta content.VersionMeta) string {
	if _, ok := site.Version(entry, meta.Lang, meta.Number-1); !ok {
		return ""
	}
	return comparePath(meta.Lang, entry.Entry, meta.Number-1, meta.Number)
}

// holding is the version that holds while a newer one is still to take effect; nil where none does.
func (d *desk) holding(entry *site.Entry, newer content.VersionMeta) *view.Edition {
	for _, meta := range site.Versions(entry, newer.Lang) {
		if meta.Number < newer.Number && meta.Effective <= d.today {
			edition := d.edition(entry, meta)
			return &edition
		}
	}
	return nil
}

func (d *desk) tombstone(entry *site.Entry, stone *content.Tombstone) (string, any, error) {
	d.status = http.StatusGone
	last, _ := site.Version(entry, stone.Lang, stone.AfterVersion)
	page := view.TombstonePage{
		Public:  d.public(last.Title, func(lang content.Lang) string { return entryPath(lang, entry.Entry) }),
		Policy:  entry.Kind == content.Policy,
		Heading: view.Phrase{Text: last.Title, Lang: d.other(stone.Lang)}, Stone: d.stone(stone),
		HistoryURL: historyPath(stone.Lang, entry.Entry),
	}
	page.Canonical, page.TitleLang = "", page.Heading.Lang
	if topic, ok := d.site.TopicOf(entry); ok {
		page.Topic = d.topicLink(topic)
	}
	for _, meta := range site.Versions(entry, stone.Lang) {
		page.Versions = append(page.Versions, d.edition(entry, meta))
	}
	for _, lang := range d.site.Langs(entry) {
		page.Elsewhere = append(page.Elsewhere, view.Link{Text: d.ownName(lang), URL: entryPath(lang, entry.Entry), Lang: lang})
	}
	return "public/tombstone", page, nil
}

// reading is the text of a version with its stored HTML.
func (d *desk) reading(entry *site.Entry, v content.Version) view.Reading {
	r := view.Reading{
		Lang: d.other(v.Lang), Title: v.Text.Title, ShortAnswer: v.Text.ShortAnswer,
		Body: view.Stored(v.HTML.Body), Choices: v.Text.Choices, Facts: d.facts(v.Facts),
	}
	for _, example := range v.HTML.Examples {
		r.Examples = append(r.Examples, view.Stored(example))
	}
	for i, opinion := range v.Text.Perspectives {
		if i < len(v.HTML.Perspectives) {
			r.Perspectives = append(r.Perspectives, view.Opinion{Side: opinion.Side, HTML: view.Stored(v.HTML.Perspectives[i])})
		}
	}
	slices.SortStableFunc(r.Perspectives, func(a, b view.Opinion) int {
		return slices.Index(content.Sides(), a.Side) - slices.Index(content.Sides(), b.Side)
	})
	for i, section := range v.Text.Sections {
		if i < len(v.HTML.Sections) && entry.Kind == content.Policy {
			r.Sections = append(r.Sections, view.PolicySection{
				Anchor: markdown.AnchorPrefix + section.ID, Heading: section.Heading,
				Body: view.Stored(v.HTML.Sections[i].Body), Summary: view.Stored(v.HTML.Sections[i].Summary),
			})
		}
	}
	return r
}
