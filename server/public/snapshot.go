package public

import (
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"klartext/content"
	"klartext/content/site"
)

// snapshot is what readers see at one moment: the site, the day, and the pages made of them.
type snapshot struct {
	site  *site.Value
	today content.Date
	pages map[string]*page // by path
	// topics sums up which topics have anything to read.
	topics uint64
	// made on demand and soon forgotten: old versions, comparisons, days of the past; the same for snapshots that follow each other
	demanded *shelf[string, *page]
	searches *shelf[string, *page]
	checked  *selfCheck
	kept     map[string]*page // pages of the snapshot before, nil where none may be kept
	dress
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
		pages: map[string]*page{}, searches: newShelf[string, *page](searchBudget),
		checked: h.checked.Load(), dress: h.dressFor(value.Settings().Look),
	}
	s.topics = s.topicsNow()
	if before != nil {
		s.demanded = before.demanded
	} else {
		s.demanded = newShelf[string, *page](demandBudget)
	}
	// Whether there are policies, and terms that are explained, shows in the navigation of every page.
	if before != nil && before.today == s.today && before.hasPolicies() == s.hasPolicies() && before.explains() == s.explains() {
		s.kept = before.pages
		if touched, some := value.TouchedSince(before.site.Seq()); some {
			s.pages = maps.Clone(before.pages)
			h.layTouched(s, before, touched)
			s.kept = nil
			return s
		}
	}
	h.layIndexes(s)
	h.layChanges(s, value.Changes())
	for _, topic := range value.Topics() {
		h.layEntries(s, value.Entries(topic.ID))
	}
	h.layEntries(s, value.Entries(""))
	h.layEntries(s, value.Policies())
	s.lay("/robots.txt", 0, 0, h.robots)
	s.kept = nil
	return s
}

// layTouched lays anew what depends on what was touched: of 10,000 entries one is published, and the pages of the others stay.
func (h *Handlers) layTouched(s, before *snapshot, touched site.Touched) {
	h.layIndexes(s)
	changes := map[string]*site.Change{}
	for _, change := range touched.Changes {
		changes[change.ID] = change
		h.layEntries(s, s.site.Touches(change))
	}
	for _, entry := range touched.Entries {
		s.forgetOldSlugs(entry)
		if s.sameInChanges(before, entry) {
			continue
		}
		for _, meta := range entry.Versions {
			changes[meta.Change], _ = s.site.ChangeByID(meta.Change)
		}
		for _, stone := range entry.Tombstones {
			changes[stone.Change], _ = s.site.ChangeByID(stone.Change)
		}
	}
	h.layEntries(s, touched.Entries)
	for _, topic := range touched.Topics {
		h.layEntries(s, s.site.Entries(topic))
	}
	delete(changes, "")
	h.layChanges(s, slices.DeleteFunc(slices.Collect(maps.Values(changes)), func(c *site.Change) bool { return c == nil }))
}

// sameInChanges is whether the pages of changes that touched an entry earlier
// show it as they did before: its address, its place among others, and what
// readers can do now. Their versions never change.
func (s *snapshot) sameInChanges(before *snapshot, entry *site.Entry) bool {
	was, known := before.site.EntryByID(entry.ID)
	if !known || was.Slug != entry.Slug || was.Topic != entry.Topic || was.Position != entry.Position {
		return false
	}
	for _, lang := range s.site.Languages() {
		old, wasLive := was.Current[lang]
		now, live := entry.Current[lang]
		if wasLive != live || !slices.Equal(old.Text.Choices, now.Text.Choices) {
			return false
		}
	}
	return true
}

// forgetOldSlugs takes away the pages that an entry had under a former slug, where no other has it now.
func (s *snapshot) forgetOldSlugs(entry *site.Entry) {
	for _, slug := range entry.OldSlugs {
		if _, taken := s.site.Entry(entry.Kind, slug); taken {
			continue
		}
		before := entry.Entry
		before.Slug = slug
		for _, lang := range s.site.Languages() {
			delete(s.pages, entryPath(lang, before))
			delete(s.pages, historyPath(lang, before))
		}
	}
}

func (s *snapshot) hasPolicies() bool {
	return slices.ContainsFunc(s.site.Policies(), func(e *site.Entry) bool { return len(s.site.Langs(e)) > 0 })
}

// lay puts a page at its path, or keeps the one that lies there. stamp tells when
// its parts were touched, near sums up what else it shows.
func (s *snapshot) lay(path string, stamp int64, near uint64, build builder) {
	if old, ok := s.kept[path]; ok && old.stamp == stamp && old.near == near {
		s.pages[path] = old
		return
	}
	s.pages[path] = &page{stamp: stamp, near: near, build: build}
}

// layIndexes lays what shows a little of everything.
func (h *Handlers) layIndexes(s *snapshot) {
	for _, lang := range s.site.Languages() {
		h.layIndex(s, lang)
		h.layTopics(s, lang)
		h.layGlossary(s, lang)
	}
	s.lay("/sitemap.xml", s.site.Seq(), 0, h.sitemap)
	h.layDiscovery(s)
	if h.deps.Static {
		h.layStatic(s)
	}
}

func (h *Handlers) layChanges(s *snapshot, changes []*site.Change) {
	for _, change := range changes {
		stamp := s.site.StampChange(change)
		for _, lang := range s.site.Languages() {
			s.lay(changePath(lang, change.Slug), stamp, 0, h.html(lang, func(d *desk) (string, any, error) { return d.change(change) }))
		}
	}
}

// topicsNow sums up which topics have anything to read, which topic pages and the page for unknown addresses show.
func (s *snapshot) topicsNow() uint64 {
	sum := fnv.New64a()
	for _, topic := range s.site.Topics() {
		if slices.ContainsFunc(s.site.Entries(topic.ID), func(e *site.Entry) bool { return len(s.site.Langs(e)) > 0 }) {
			_, _ = sum.Write([]byte(topic.ID))
		}
		_, _ = sum.Write([]byte{0})
	}
	return sum.Sum64()
}

// neighboursNow sums up what an entry's page shows of its neighbours.
func neighboursNow(lang content.Lang, shelf []*site.Entry, at int) uint64 {
	sum := fnv.New64a()
	before, after := beside(lang, shelf, at)
	for _, other := range []*site.Entry{before, after} {
		if other != nil {
			_, _ = sum.Write([]byte(other.Slug + "\x00" + other.Current[lang].Text.Title))
		}
		_, _ = sum.Write([]byte{0})
	}
	return sum.Sum64()
}

// mark gives a page headers of its own. A page that was kept has them already and may be read at this moment.
func (s *snapshot) mark(path string, extra []headerLine) {
	if p := s.pages[path]; p.extra == nil {
		p.extra = extra
	}
}

func (h *Handlers) layIndex(s *snapshot, lang content.Lang) {
	seq := s.site.Seq()
	s.lay(frontPath(lang), seq, 0, h.html(lang, (*desk).front))
	s.lay(changesPath(lang), seq, 0, h.html(lang, (*desk).changes))
	s.lay(coveragePath(lang), seq, 0, h.html(lang, (*desk).coverage))
	h.layFeeds(s, lang)
	h.layAbout(s, lang)
	s.lay(missingPath(lang), s.site.StampTopic(""), s.topics, h.html(lang, (*desk).missing))
}

func (h *Handlers) layTopics(s *snapshot, lang content.Lang) {
	for _, topic := range s.site.Topics() {
		if !s.shown(topic) {
			delete(s.pages, topicPath(lang, topic)) // the last of it may have moved to another
			continue
		}
		s.lay(topicPath(lang, topic), s.site.StampTopic(topic.ID), s.topics, h.html(lang, func(d *desk) (string, any, error) { return d.topic(topic) }))
	}
}

// shown is whether anything in the topic was ever published: the title of a
// topic that is still being prepared is a draft too.
func (s *snapshot) shown(topic content.Topic) bool {
	return slices.ContainsFunc(s.site.Entries(topic.ID), published)
}

// published is whether a text of the entry was ever public; facts alone are not shown.
func published(entry *site.Entry) bool {
	return slices.ContainsFunc(entry.Versions, func(m content.VersionMeta) bool { return m.Lang != content.NoLang })
}

func (h *Handlers) layEntries(s *snapshot, entries []*site.Entry) {
	var shelf []*site.Entry // the topic of the entry at hand
	at := 0
	for _, entry := range entries {
		if !published(entry) {
			continue
		}
		if entry.Kind == content.FAQ {
			if at++; at >= len(shelf) || shelf[at] != entry {
				shelf = s.site.Entries(entry.Topic)
				at = slices.Index(shelf, entry)
			}
		}
		h.layEntry(s, entry, shelf, at)
	}
}

func (h *Handlers) layEntry(s *snapshot, entry *site.Entry, shelf []*site.Entry, at int) {
	stamp := s.site.StampEntry(entry)
	for _, lang := range s.site.Languages() {
		near := uint64(0)
		if entry.Kind == content.FAQ {
			near = neighboursNow(lang, shelf, at)
		}
		s.lay(entryPath(lang, entry.Entry), stamp, near, h.html(lang, func(d *desk) (string, any, error) { return d.entry(entry) }))
		if site.CountVersions(entry, lang) > 0 {
			s.lay(historyPath(lang, entry.Entry), stamp, 0, h.html(lang, func(d *desk) (string, any, error) { return d.history(entry) }))
		}
	}
}

// demand finds or lays a page that is made on demand only, of what was touched
// at stamp. It is kept while newer sites follow, until that is touched again.
func (h *Handlers) demand(s *snapshot, stamp int64, path string, build builder, extra ...headerLine) *page {
	return h.demandPage(s, stamp, path, &page{build: build, extra: extra})
}

// demandPage is for a page with more to it than how it is made.
func (h *Handlers) demandPage(s *snapshot, stamp int64, path string, wanted *page) *page {
	path += " " + string(s.today) + " " + strconv.FormatInt(stamp, 36)
	if s.hasPolicies() {
		path += " policies"
	}
	if p, ok := s.demanded.get(path); ok {
		return p
	}
	wanted.build = h.oneOfFew(wanted.build)
	return s.demanded.put(path, wanted, demandCost)
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
