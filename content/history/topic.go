package history

import (
	"cmp"
	"slices"

	"klartext/content"
)

// heading is a topic as lines name it: a title in one language.
type heading struct {
	Lang  content.Lang
	Title string
}

// topicGroup is one topic: the titles that it has in its languages.
type topicGroup struct {
	titles map[content.Lang]string
}

// newestTopics finds under which heading each key last stood, by language. An entry
// without a topic gets the one for other questions; a policy needs none.
func newestTopics(states []*Prepared, w words) map[string]map[content.Lang]string {
	newest := map[string]map[content.Lang]string{}
	for _, s := range states {
		if newest[s.Key] == nil {
			newest[s.Key] = map[content.Lang]string{}
		}
		title := s.Topic
		if title == "" && s.Kind == content.FAQ {
			title = cmp.Or(newest[s.Key][s.Lang], w.in(s.Lang).OtherTopic)
		}
		if title != "" {
			newest[s.Key][s.Lang] = title
		}
	}
	return newest
}

// shares counts, for each heading, its entries that are translated, and with which
// headings of another language it shares them.
type shares struct {
	translated map[heading]map[content.Lang]int
	together   map[[2]heading]int
	words      words
}

func countShares(newest map[string]map[content.Lang]string, w words) shares {
	s := shares{map[heading]map[content.Lang]int{}, map[[2]heading]int{}, w}
	for _, titles := range newest {
		for lang, title := range titles {
			for other, otherTitle := range titles {
				if lang == other {
					continue
				}
				h := heading{lang, title}
				if s.translated[h] == nil {
					s.translated[h] = map[content.Lang]int{}
				}
				s.translated[h][other]++
				s.together[[2]heading{h, {other, otherTitle}}]++
			}
		}
	}
	return s
}

// same tells whether two headings are one topic: more than half of the translated
// entries of each stand under the other. The one for other questions is one from the start.
func (s shares) same(a, b heading) bool {
	if a.Title == s.words.in(a.Lang).OtherTopic && b.Title == s.words.in(b.Lang).OtherTopic {
		return true
	}
	n := s.together[[2]heading{a, b}]
	return 2*n > s.translated[a][b.Lang] && 2*n > s.translated[b][a.Lang]
}

// groupTopics joins headings of several languages to topics.
func groupTopics(states []*Prepared, newest map[string]map[content.Lang]string, languages []content.Lang, w words) map[heading]*topicGroup {
	s := countShares(newest, w)
	headings := usedHeadings(states, newest, languages)
	groups := map[heading]*topicGroup{}
	for i, h := range headings {
		group := &topicGroup{titles: map[content.Lang]string{}}
		for _, other := range headings[:i] {
			if candidate := groups[other]; candidate.titles[h.Lang] == "" && s.same(h, other) {
				group = candidate
				break
			}
		}
		group.titles[h.Lang] = h.Title
		groups[h] = group
	}
	return groups
}

// usedHeadings lists the headings under which something stands in the end, by the
// site's languages and then by when they first came up.
func usedHeadings(states []*Prepared, newest map[string]map[content.Lang]string, languages []content.Lang) []heading {
	var out []heading
	for _, lang := range languages {
		for _, s := range states {
			h := heading{lang, newest[s.Key][lang]}
			if h.Title != "" && s.Lang == lang && !slices.Contains(out, h) {
				out = append(out, h)
			}
		}
	}
	return out
}

// topicOf chooses the topic of a key: one that has a title in each of its languages
// rather than one that has not, then the one of the site's first language.
func topicOf(titles map[content.Lang]string, groups map[heading]*topicGroup, languages []content.Lang) *topicGroup {
	var best *topicGroup
	fit := 0
	for _, lang := range languages {
		group := groups[heading{lang, titles[lang]}]
		if group == nil {
			continue
		}
		n := 0
		for other := range titles {
			if group.titles[other] != "" {
				n++
			}
		}
		if n > fit {
			best, fit = group, n
		}
	}
	return best
}
