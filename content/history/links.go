package history

import (
	"maps"
	"regexp"
	"strings"

	"klartext/content"
)

// links leads from the last segment of a key, in lower case, to the address of its
// entry. Where many answers stood on one page they pointed at each other by anchors
// ("#location"); here each has a page of its own, and such a link must lead there.
type links map[string]place

type place struct {
	key  string
	kind content.EntryKind
	slug string
}

// linksOf assumes for every document the address that it gets unless it is taken. A
// segment that two keys share leads nowhere.
func linksOf(states []State) links {
	l, twice := links{}, map[string]bool{}
	for _, s := range states {
		name := strings.ToLower(segment(s.Key))
		if p, ok := l[name]; ok && p.key != s.Key {
			twice[name] = true
		}
		l[name] = place{s.Key, s.Kind, slugOf(&s)}
	}
	maps.DeleteFunc(l, func(name string, _ place) bool { return twice[name] })
	return l
}

// correct answers the links with the addresses that the entries really have, and whether all had been assumed right.
func (l links) correct(entries map[string]content.Entry) (links, bool) {
	right, same := links{}, true
	for name, p := range l {
		if e, ok := entries[p.key]; ok && e.Slug != p.slug {
			p.slug, same = e.Slug, false
		}
		right[name] = p
	}
	return right, same
}

var anchorLink = regexp.MustCompile(`\]\(#([^)\s]+)\)`)

// rewrite leads links to anchors to the entries that they mean, in the language of the text.
func (l links) rewrite(markdown string, lang content.Lang) (string, int) {
	count := 0
	return anchorLink.ReplaceAllStringFunc(markdown, func(link string) string {
		p, ok := l[strings.ToLower(anchorLink.FindStringSubmatch(link)[1])]
		if !ok {
			return link
		}
		count++
		return "](" + p.address(lang) + ")"
	}), count
}

func (p place) address(lang content.Lang) string {
	folder := "faq"
	if p.kind == content.Policy {
		folder = "policies"
	}
	return "/" + string(lang) + "/" + folder + "/" + p.slug
}
