package public

import (
	"context"
	"slices"

	"klartext/content"
	"klartext/content/site"
)

// snapshot is what readers see at one moment: the site, the day, and the pages made of them.
type snapshot struct {
	site  *site.Value
	today content.Date
	pages map[string]*page // by path
	// made on demand and soon forgotten: old versions and comparisons
	demanded *shelf[string, *page]
	searches *shelf[string, *page]
	kept     map[string]*page // pages of the snapshot before, nil where none may be kept
}

// demandBudget bounds the pages made on demand, at demandCost a page.
const (
	demandBudget = 8 << 20
	demandCost   = 16 << 10
)

// missingPath is where the page for unknown addresses lies; no request can ask for it, because it has no slash.
func missingPath(lang content.Lang) string { return "missing " + string(lang) }

// snapshot lays out every page of the site without making any. Of the snapshot
// before, pages are kept whose parts were not touched since; none where it is nil.
func (h *Handlers) snapshot(value *site.Value, before *snapshot) *snapshot {
	s := &snapshot{
		site: value, today: content.DateOf(h.deps.Now(), value.Zone()),
		pages: map[string]*page{}, demanded: newShelf[string, *page](demandBudget), searches: newShelf[string, *page](searchBudget),
	}
	// Whether there are policies, and terms that are explained, shows in the navigation of every page.
	if before != nil && before.today == s.today && before.hasPolicies() == s.hasPolicies() && before.explains() == s.explains() {
		s.kept = before.pages
	}
	for _, lang := range value.Languages() {
		h.layIndex(s, lang)
		h.layTopics(s, lang)
		h.layGlossary(s, lang)
		for _, change := range value.Changes() {
			s.lay(changePath(lang, change.Slug), value.StampChange(change), h.html(lang, func(d *desk) (string, any, error) { return d.change(change) }))
		}
	}
	for _, topic := range value.Topics() {
		h.layEntries(s, value.Entries(topic.ID))
	}
	h.layEntries(s, value.Entries(""))
	h.layEntries(s, value.Policies())
	s.lay("/sitemap.xml", value.Seq(), h.sitemap)
	s.lay("/robots.txt", 0, h.robots)
	s.kept = nil
	return s
}

func (s *snapshot) hasPolicies() bool {
	return slices.ContainsFunc(s.site.Policies(), func(e *site.Entry) bool { return len(s.site.Langs(e)) > 0 })
}

// lay puts a page at its path, or keeps the one that lies there.
func (s *snapshot) lay(path string, stamp int64, build builder) {
	if old, ok := s.kept[path]; ok && old.stamp == stamp {
		s.pages[path] = old
		return
	}
	s.pages[path] = &page{stamp: stamp, build: build}
}

func (h *Handlers) layIndex(s *snapshot, lang content.Lang) {
	seq := s.site.Seq()
	s.lay(frontPath(lang), seq, h.html(lang, (*desk).front))
	s.lay(changesPath(lang), seq, h.html(lang, (*desk).changes))
	s.lay(coveragePath(lang), seq, h.html(lang, (*desk).coverage))
	s.lay(changesPath(lang)+".atom", seq, h.changesFeed(lang))
	s.lay(missingPath(lang), seq, h.html(lang, (*desk).missing))
}

func (h *Handlers) layTopics(s *snapshot, lang content.Lang) {
	for _, topic := range s.site.Topics() {
		if s.shown(topic) {
			s.lay(topicPath(lang, topic), s.site.Seq(), h.html(lang, func(d *desk) (string, any, error) { return d.topic(topic) }))
		}
	}
}

// shown is whether anything in the topic was ever published: the title of a
// topic that is still being prepared is a draft too.
func (s *snapshot) shown(topic content.Topic) bool {
	return slices.ContainsFunc(s.site.Entries(topic.ID), published)
}

// published is whether a text of the entry was ever public; facts alone are not shown.
func published(entry *site.Entry) bool {
	for _, meta := range entry.Versions {
		if meta.Lang != content.NoLang {
			return true
		}
	}
	return false
}

func (h *Handlers) layEntries(s *snapshot, entries []*site.Entry) {
	for _, entry := range entries {
		if !published(entry) {
			continue
		}
		stamp := s.site.StampEntry(entry)
		for _, lang := range s.site.Languages() {
			s.lay(entryPath(lang, entry.Entry), stamp, h.html(lang, func(d *desk) (string, any, error) { return d.entry(entry) }))
			if len(site.Versions(entry, lang)) > 0 {
				s.lay(historyPath(lang, entry.Entry), stamp, h.html(lang, func(d *desk) (string, any, error) { return d.history(entry) }))
				s.lay(entryPath(lang, entry.Entry)+".atom", stamp, h.entryFeed(lang, entry))
			}
		}
	}
}

// demand finds or lays a page that is made on demand only.
func (h *Handlers) demand(s *snapshot, path string, build builder) *page {
	return h.demandUnder(s, path, "", build)
}

// demandUnder is for a page with a Content-Security-Policy of its own.
func (h *Handlers) demandUnder(s *snapshot, path, policy string, build builder) *page {
	if p, ok := s.demanded.get(path); ok {
		return p
	}
	return s.demanded.put(path, &page{policy: policy, build: h.oneOfFew(build)}, demandCost)
}

// oneOfFew lets only as many pages be made at once as there are processors: comparing long texts is work.
func (h *Handlers) oneOfFew(build builder) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		select {
		case h.building <- struct{}{}:
			defer func() { <-h.building }()
			return build(ctx, s)
		case <-ctx.Done():
			return document{}, &content.Error{Kind: content.Unavailable, Code: content.CodeBusy, Err: ctx.Err()}
		}
	}
}
