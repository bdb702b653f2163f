package public

import (
	"slices"
	"strings"
	"time"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

// ld is a thing in JSON-LD, as schema.org names it. Keys are sorted when it is written.
type ld = map[string]any

func thing(kind string) ld { return ld{"@context": "https://schema.org", "@type": kind} }

// creators are the accounts whose texts these are, in the form that Mastodon reads: those that
// write in the page's language, or else all.
func (d *desk) creators() []string {
	var own, all []string
	for _, account := range d.site.Accounts() {
		if account.Network != "mastodon" {
			continue
		}
		all = append(all, account.Handle)
		if slices.Contains(account.Languages, d.lang) {
			own = append(own, account.Handle)
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// crumbs lead from the front page to where the page stands.
func (d *desk) crumbs(steps ...view.Link) ld {
	steps = append([]view.Link{{Text: d.siteName(), URL: frontPath(d.lang)}}, steps...)
	items := make([]ld, len(steps))
	for i, step := range steps {
		items[i] = ld{"@type": "ListItem", "position": i + 1, "name": step.Text, "item": d.h.deps.BaseURL + step.URL}
	}
	list := thing("BreadcrumbList")
	list["itemListElement"] = items
	return list
}

func (d *desk) publisher() ld {
	own := ld{"@type": "Organization", "name": d.siteName(), "url": d.h.deps.BaseURL + frontPath(d.lang)}
	if logo := d.site.Settings().Look.Logo; logo != nil {
		own["logo"] = d.h.deps.BaseURL + logoPath(logo.Hash)
	}
	return own
}

// faq is a page of questions with their answers.
func (d *desk) faq(lang content.Lang, questions ...ld) ld {
	page := thing("FAQPage")
	page["inLanguage"], page["mainEntity"] = lang, questions
	return page
}

func answered(question, answer, url string) ld {
	return ld{"@type": "Question", "name": question, "url": url, "acceptedAnswer": ld{"@type": "Answer", "text": answer, "url": url}}
}

// listed are the questions of a list that are answered right there.
func (d *desk) listed(questions []view.Question) []ld {
	var all []ld
	for _, q := range questions {
		if q.ShortAnswer != "" && q.Link.Lang == "" {
			all = append(all, answered(q.Link.Text, q.ShortAnswer, d.h.deps.BaseURL+q.Link.URL))
		}
	}
	return all
}

// maxHeadline is what search engines show of a headline.
const maxHeadline = 110

func (d *desk) article(lang content.Lang, title, about, url string, published, modified time.Time, share view.Share) ld {
	a := thing("Article")
	if signs := []rune(title); len(signs) > maxHeadline {
		title = string(signs[:maxHeadline-1]) + "…"
	}
	a["headline"], a["inLanguage"], a["mainEntityOfPage"], a["url"] = title, lang, url, url
	a["datePublished"], a["dateModified"] = published.Format(time.RFC3339), modified.Format(time.RFC3339)
	a["publisher"], a["author"] = d.publisher(), d.publisher()
	if about != "" {
		a["description"] = about
	}
	if share.URL != "" {
		a["image"] = share.URL
	}
	return a
}

// describeEntry tells machines what an entry's or policy's page says.
func (d *desk) describeEntry(page *view.EntryPage, entry *site.Entry, v content.Version) {
	path := entryPath(v.Lang, entry.Entry)
	url := d.h.deps.BaseURL + path
	page.Share = d.share(path, d.entryCard(entry, v), d.in(v.Lang).T("share.alt", "Title", v.Text.Title, "Text", v.Text.ShortAnswer))
	own := view.Link{Text: v.Text.Title, URL: path}
	if entry.Kind == content.Policy {
		first, _ := site.Version(entry, v.Lang, 1)
		page.Modified, page.Posted = d.local(v.PublishedAt), d.local(first.PublishedAt)
		page.Data = []any{
			d.article(v.Lang, v.Text.Title, v.Text.ShortAnswer, url, page.Posted, page.Modified, page.Share),
			d.crumbs(view.Link{Text: d.printer.T("public.nav_policies"), URL: frontPath(d.lang) + "#policies"}, own),
		}
		return
	}
	answer := strings.TrimSpace(v.Text.ShortAnswer + "\n" + v.HTML.Body)
	page.Data = []any{d.faq(v.Lang, answered(v.Text.Title, answer, url)), d.crumbs(own)}
	if page.Topic.URL != "" {
		page.Data[1] = d.crumbs(page.Topic, own)
	}
}

func (d *desk) describeChange(page *view.ChangePage, change *site.Change) {
	path := changePath(d.lang, change.Slug)
	page.Share = d.share(path, d.changeCard(change), d.printer.T("share.alt", "Title", page.Change.Title.Text, "Text", page.Change.Summary.Text))
	page.Posted, page.Modified = page.Change.Published, page.Change.Published
	page.Data = []any{
		d.article(d.lang, page.Change.Title.Text, page.Description, d.h.deps.BaseURL+path, page.Posted, page.Modified, page.Share),
		d.crumbs(view.Link{Text: d.printer.T("public.nav_changes"), URL: changesPath(d.lang)}, view.Link{Text: page.Change.Title.Text, URL: path}),
	}
}

func (d *desk) describeFront(page *view.FrontPage) {
	own := thing("WebSite")
	own["name"], own["url"], own["inLanguage"] = d.siteName(), d.h.deps.BaseURL+frontPath(d.lang), d.lang
	own["potentialAction"] = ld{
		"@type": "SearchAction", "target": d.h.deps.BaseURL + "/" + string(d.lang) + "/search?q={words}", "query-input": "required name=words",
	}
	page.Data = []any{own}
	if questions := d.listed(page.Featured); len(questions) > 0 {
		page.Data = append(page.Data, d.faq(d.lang, questions...))
	}
}

func (d *desk) describeTopic(page *view.TopicPage, topic content.Topic) {
	page.Data = []any{d.crumbs(view.Link{Text: page.Name.Text, URL: topicPath(d.lang, topic)})}
	if questions := d.listed(page.Questions); len(questions) > 0 {
		page.Data = append(page.Data, d.faq(d.lang, questions...))
	}
}
