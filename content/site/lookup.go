package site

import (
	"slices"
	"time"

	"klartext/content"
)

// Seq is the number of the last publication in it.
func (v *Value) Seq() int64 { return v.seq }

// Settings of the site.
func (v *Value) Settings() content.Settings { return v.settings }

// Accounts lists the site's accounts on networks that readers can follow.
func (v *Value) Accounts() []content.PublicAccount { return v.accounts }

// Zone is the site's time zone.
func (v *Value) Zone() *time.Location { return v.zone }

// Languages of the site, the default first.
func (v *Value) Languages() []content.Lang { return v.settings.Languages }

// HasLang tells whether the site has pages in lang.
func (v *Value) HasLang(lang content.Lang) bool { return slices.Contains(v.settings.Languages, lang) }

// Glossary is what the site explains in one language, by term.
func (v *Value) Glossary(lang content.Lang) []content.Term { return v.glossary[lang] }

// Topics in the order they are shown.
func (v *Value) Topics() []content.Topic { return v.topics }

// Topic finds a topic by its slug.
func (v *Value) Topic(slug string) (content.Topic, bool) {
	return v.topic(func(t content.Topic) bool { return t.Slug == slug })
}

// TopicOf is the topic of an entry; false for a policy or an entry without one.
func (v *Value) TopicOf(entry *Entry) (content.Topic, bool) {
	return v.topic(func(t content.Topic) bool { return t.ID == entry.Topic })
}

func (v *Value) topic(is func(content.Topic) bool) (content.Topic, bool) {
	if i := slices.IndexFunc(v.topics, is); i >= 0 {
		return v.topics[i], true
	}
	return content.Topic{}, false
}

// Entries of a topic, by its id, in the order they are shown; "" gives those without a topic.
func (v *Value) Entries(topic string) []*Entry { return v.inTopic[topic] }

// Policies in the order they are shown.
func (v *Value) Policies() []*Entry { return v.policies }

// Entry finds an entry or policy by today's slug.
func (v *Value) Entry(kind content.EntryKind, slug string) (*Entry, bool) {
	entry, ok := v.entries[v.slugs[address{kind, slug}]]
	return entry, ok
}

// Moved finds an entry or policy by a slug it had before.
func (v *Value) Moved(kind content.EntryKind, slug string) (*Entry, bool) {
	entry, ok := v.entries[v.oldSlugs[address{kind, slug}]]
	return entry, ok && entry.Slug != slug
}

// EntryByID finds an entry or policy.
func (v *Value) EntryByID(id string) (*Entry, bool) {
	entry, ok := v.entries[id]
	return entry, ok
}

// Changes lists all published changes, newest first.
func (v *Value) Changes() []*Change { return v.newest }

// Change finds a change by its slug.
func (v *Value) Change(slug string) (*Change, bool) {
	change, ok := v.changes[v.slugOf[slug]]
	return change, ok
}

// ChangeByID finds a change.
func (v *Value) ChangeByID(id string) (*Change, bool) {
	change, ok := v.changes[id]
	return change, ok
}

// Versions of an entry in one language, newest first; NoLang gives those of the facts.
func Versions(entry *Entry, lang content.Lang) []content.VersionMeta {
	found := make([]content.VersionMeta, 0, CountVersions(entry, lang))
	for i := range entry.Versions { // by index: a copy of each would cost more than the rest
		if entry.Versions[i].Lang == lang {
			found = append(found, entry.Versions[i])
		}
	}
	slices.Reverse(found)
	slices.SortStableFunc(found, func(a, b content.VersionMeta) int { return b.Number - a.Number })
	return found
}

// CountVersions is how many versions there are of an entry in one language.
func CountVersions(entry *Entry, lang content.Lang) int {
	count := 0
	for i := range entry.Versions {
		if entry.Versions[i].Lang == lang {
			count++
		}
	}
	return count
}

// Version finds one version of an entry; false for a number that was never given.
func Version(entry *Entry, lang content.Lang, number int) (content.VersionMeta, bool) {
	i := slices.IndexFunc(entry.Versions, func(m content.VersionMeta) bool { return m.Lang == lang && m.Number == number })
	if i < 0 {
		return content.VersionMeta{}, false
	}
	return entry.Versions[i], true
}

// Langs lists, in the site's order, the languages in which readers see a text of the entry.
func (v *Value) Langs(entry *Entry) []content.Lang {
	var langs []content.Lang
	for _, lang := range v.settings.Languages {
		if _, live := entry.Current[lang]; live {
			langs = append(langs, lang)
		}
	}
	return langs
}
