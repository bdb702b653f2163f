package public

import (
	"slices"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

// layStatic lays what a copy of the site in files has instead of a server: a page that searches by itself.
func (h *Handlers) layStatic(s *snapshot) {
	for _, lang := range s.site.Languages() {
		s.pages[searchPath(lang, "")] = &page{scripted: true, build: h.html(lang, (*desk).staticSearch)}
	}
}

// staticSearch works by a script alone; without one it leads to the topics.
func (d *desk) staticSearch() (string, any, error) {
	page := view.StaticSearchPage{Public: d.public(d.printer.T("embed.search"), func(lang content.Lang) string { return searchPath(lang, "") })}
	page.Canonical, page.Section, page.Topics = "", "search", d.shownTopics()
	return "public/search_static", page, nil
}

// Addresses lists what a copy of the site in files must have: all that can be named in advance. Links lead to the rest.
func (h *Handlers) Addresses() []string {
	s := h.current.Load()
	if s == nil {
		return nil
	}
	list := []string{"/", "/embed.js", "/ledger.jsonl"}
	for path := range s.pages {
		if path[0] == '/' {
			list = append(list, path)
		}
	}
	for address := range h.themeFiles {
		list = append(list, address)
	}
	for _, lang := range s.site.Languages() {
		for _, what := range []string{"upcoming", "search"} {
			list = append(list, embedPath(lang, what), embedPath(lang, what)+fragmentEnd)
		}
		list = append(list, embedPath(lang, "search.json"))
		for _, topic := range s.site.Topics() {
			if s.shown(topic) {
				list = append(list, s.around(lang, topicPath(lang, topic), true)...)
			}
			list = append(list, s.entryAddresses(lang, s.site.Entries(topic.ID))...)
		}
		list = append(list, s.entryAddresses(lang, s.site.Entries(""))...)
		list = append(list, s.entryAddresses(lang, s.site.Policies())...)
		for _, change := range s.site.Changes() {
			list = append(list, s.around(lang, changePath(lang, change.Slug), false)...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// around are the addresses that belong to a page: its parts for other sites, its feeds.
func (s *snapshot) around(lang content.Lang, path string, feeds bool) []string {
	what := path[len(lang)+2:]
	list := []string{embedPath(lang, what), embedPath(lang, what) + fragmentEnd, oembedPrefix + path + ".json", oembedPrefix + path + ".xml"}
	if feeds {
		for _, format := range feedFormats() {
			list = append(list, path+format)
		}
	}
	return list
}

// comparedVersions is up to how many versions every two of them are compared in files; of texts with more, the
// neighbours and each with the newest are.
const comparedVersions = 8

func (s *snapshot) entryAddresses(lang content.Lang, entries []*site.Entry) []string {
	var list []string
	for _, entry := range entries {
		if !published(entry) {
			continue
		}
		versions := site.Versions(entry, lang)
		list = append(list, s.around(lang, entryPath(lang, entry.Entry), len(versions) > 0)...)
		for i, to := range versions {
			list = append(list, versionPath(lang, entry.Entry, to.Number))
			for j, from := range versions[i+1:] {
				if i == 0 || j == 0 || len(versions) <= comparedVersions {
					list = append(list, comparePath(lang, entry.Entry, from.Number, to.Number))
				}
			}
		}
	}
	return list
}

// MissingPaths are addresses, by language, at which there is nothing.
func (h *Handlers) MissingPaths() map[content.Lang]string {
	paths := map[content.Lang]string{}
	for _, lang := range h.Site().Languages() {
		paths[lang] = "/" + string(lang) + "/missing/nothing/here/at/all"
	}
	return paths
}

// Move is an address that leads to another for ever, with all that is below it.
type Move struct{ From, To string }

// Moves lists the former addresses of entries and policies.
func (h *Handlers) Moves() []Move {
	value := h.Site()
	var moves []Move
	groups := [][]*site.Entry{value.Entries(""), value.Policies()}
	for _, topic := range value.Topics() {
		groups = append(groups, value.Entries(topic.ID))
	}
	for _, entry := range slices.Concat(groups...) {
		for _, old := range entry.OldSlugs {
			was := entry.Entry
			was.Slug = old
			if _, taken := value.Entry(entry.Kind, old); taken || !published(entry) {
				continue
			}
			for _, lang := range value.Languages() {
				moves = append(moves, Move{entryPath(lang, was), entryPath(lang, entry.Entry)})
			}
		}
	}
	return moves
}

// Packed are the bytes in each encoding that web servers look for beside a file, by the end of its name; they are those that
// the server itself would send.
func (h *Handlers) Packed(body []byte) (map[string][]byte, error) {
	all := map[string][]byte{}
	for end, e := range map[string]encoding{".br": br, ".zst": zst, ".gz": gz} {
		packed, err := h.packer.pack(body, e)
		if err != nil {
			return nil, err
		}
		all[end] = packed.whole()
	}
	return all, nil
}
