package history

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"klartext/content"
	"klartext/content/markdown"
)

// placeEntries finds or makes the topic and the entry of every fresh state. The topics
// are judged on the whole file, so that a longer file ends where it would have begun.
func (p *planner) placeEntries(all, fresh []*Prepared) {
	languages := p.known.Settings.Languages
	newest := newestTopics(all, p.words)
	groups := groupTopics(all, newest, languages, p.words)
	topics := map[*topicGroup]string{}
	for _, s := range fresh {
		if _, done := p.entries[s.Key]; done {
			continue
		}
		topic := ""
		if group := topicOf(newest[s.Key], groups, languages); group != nil {
			if topics[group] == "" {
				topics[group] = p.topic(group, s)
			}
			topic = topics[group]
		}
		e := p.entry(s, topic)
		p.entries[s.Key], p.byID[e.ID] = e, e
	}
}

// topic finds the topic with one of the group's titles, or makes it.
func (p *planner) topic(group *topicGroup, s *Prepared) string {
	for i := range p.known.Topics {
		t := &p.known.Topics[i]
		if !group.names(t.Title) {
			continue
		}
		if title := group.added(t.Title); len(title) > len(t.Title) {
			t.Title = title
			p.plan.Retitled = append(p.plan.Retitled, *t)
		}
		return t.ID
	}
	taken := map[string]bool{}
	for _, t := range slices.Concat(p.known.Topics, p.plan.Topics) {
		taken[t.Slug] = true
	}
	title, _ := group.added(nil).In(p.known.Settings.Languages[0], p.known.Settings.Languages...)
	t := content.Topic{
		ID: content.NewID(s.At), Slug: uniqueSlug(cmp.Or(markdown.Slug(title), "topic"), taken), Title: group.added(nil),
		Position: len(p.known.Topics) + len(p.plan.Topics), Created: s.At,
	}
	p.plan.Topics = append(p.plan.Topics, t)
	return t.ID
}

// names tells whether a known topic has one of the group's titles.
func (g *topicGroup) names(title content.Text) bool {
	for lang, name := range g.titles {
		if title[lang] == name {
			return true
		}
	}
	return false
}

// added is a topic's title with the languages that the group knows and it does not.
func (g *topicGroup) added(title content.Text) content.Text {
	out := maps.Clone(title)
	if out == nil {
		out = content.Text{}
	}
	for lang, name := range g.titles {
		out[lang] = cmp.Or(out[lang], name)
	}
	return out
}

// entry finds the entry of a state's key and puts it under its topic, or makes it.
func (p *planner) entry(s *Prepared, topic string) content.Entry {
	if e, ok := p.known.Entries[s.Key]; ok {
		if topic != "" && topic != e.Topic {
			e.Topic = topic
			p.plan.Moved = append(p.plan.Moved, e)
		}
		return e
	}
	taken := p.known.Slugs[s.Kind]
	e := content.Entry{
		ID: content.NewID(s.At), Kind: s.Kind, Slug: uniqueSlug(slugOf(&s.State), taken), Topic: topic,
		Position: p.known.Positions + len(p.plan.Entries), Created: s.At,
	}
	if taken == nil {
		taken = map[string]bool{}
		p.known.Slugs[s.Kind] = taken
	}
	taken[e.Slug] = true
	p.plan.Entries = append(p.plan.Entries, e)
	return e
}

// slugOf makes an address of the last segment of the key. Where no letter of it can
// stand in an address, the kind does.
func slugOf(s *State) string {
	return cmp.Or(markdown.Slug(segment(s.Key)), string(s.Kind))
}

// segment is the last segment of a key.
func segment(key string) string {
	key = strings.TrimRight(key, "/")
	return key[strings.LastIndexByte(key, '/')+1:]
}
