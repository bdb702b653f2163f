package public

import (
	"net/http"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

const (
	firstQuestions = 5
	latestChanges  = 6
)

// front is the way in.
func (d *desk) front() (string, any, error) {
	look := d.site.Settings().Look
	page := view.FrontPage{
		Public: d.public("", frontPath), Upcoming: d.upcoming(), Featured: d.featured(), Headline: d.phrase(look.Headline), Lead: d.phrase(look.Lead),
	}
	if page.Description = page.Lead.Text; page.Description == "" {
		page.Description = d.printer.T("public.front_lead")
	}
	for _, topic := range d.site.Topics() {
		d.addTopic(&page, d.topicLink(topic), d.site.Entries(topic.ID))
	}
	d.addTopic(&page, view.Link{Text: d.printer.T("public.topic_none")}, d.site.Entries(""))
	for _, policy := range d.site.Policies() {
		page.Versions += site.CountVersions(policy, d.lang)
		if link, live := d.link(policy); live {
			page.Policies = append(page.Policies, link)
		}
	}
	for i, change := range d.site.Changes() {
		if i == 0 {
			page.Changed = d.local(change.PublishedAt)
		}
		if i < latestChanges {
			page.Latest = append(page.Latest, d.changeRow(change))
		}
	}
	d.describeFront(&page)
	return "public/front", page, nil
}

// featured are the answers that the editors put first. One that was taken down is left out.
func (d *desk) featured() []view.Question {
	var questions []view.Question
	for _, id := range d.site.Settings().Featured {
		if entry, ok := d.site.EntryByID(id); ok && entry.Kind == content.FAQ {
			if version, live := d.current(entry); live {
				questions = append(questions, d.question(entry, version))
			}
		}
	}
	return questions
}

// addTopic shows a topic with its first questions, those in the page's language first.
func (d *desk) addTopic(page *view.FrontPage, topic view.Link, entries []*site.Entry) {
	for _, entry := range entries {
		if _, live := entry.Current[d.lang]; live {
			page.Answers++
		}
		page.Versions += site.CountVersions(entry, d.lang)
	}
	if links := d.allLinks(entries); len(links) > 0 {
		page.Topics = append(page.Topics, view.TopicPart{Topic: topic, Questions: links[:min(len(links), firstQuestions)], Total: len(links)})
	}
}

// allLinks leads to every entry that can be read, those in the page's language first.
func (d *desk) allLinks(entries []*site.Entry) []view.Link {
	links := d.links(entries, "")
	for _, entry := range entries {
		if link, live := d.link(entry); live && link.Lang != "" {
			links = append(links, link)
		}
	}
	return links
}

// topic lists all questions of a topic.
func (d *desk) topic(topic content.Topic) (string, any, error) {
	name := d.phrase(topic.Title)
	page := view.TopicPage{
		Public: d.public(name.Text, func(lang content.Lang) string { return topicPath(lang, topic) }), Name: name,
	}
	page.Feed = view.Link{Text: d.printer.T("follow.feed_topic"), URL: topicPath(d.lang, topic) + ".atom"}
	entries := d.site.Entries(topic.ID)
	for _, own := range []bool{true, false} {
		for _, entry := range entries {
			if version, live := d.current(entry); live && (version.Lang == d.lang) == own {
				page.Questions = append(page.Questions, d.question(entry, version))
			}
		}
	}
	for _, other := range d.site.Topics() {
		if other.ID != topic.ID && len(d.allLinks(d.site.Entries(other.ID))) > 0 {
			page.Others = append(page.Others, d.topicLink(other))
		}
	}
	d.describeTopic(&page, topic)
	return "public/topic", page, nil
}

func (d *desk) question(entry *site.Entry, version content.Version) view.Question {
	link, _ := d.link(entry)
	q := view.Question{Link: link, ShortAnswer: version.Text.ShortAnswer}
	if edition := d.edition(entry, version.VersionMeta); edition.Pending {
		q.Pending = &edition
	}
	return q
}

// missing stands at every address where there is nothing.
func (d *desk) missing() (string, any, error) {
	d.status = http.StatusNotFound
	page := view.MissingPage{Public: d.public(d.printer.T("public.missing_title"), frontPath)}
	page.Canonical, page.Section = "", ""
	page.Topics = d.shownTopics()
	return "public/missing", page, nil
}
