package admin

import (
	"slices"
	"strings"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
)

// langStatus says in one word how an entry stands in one language.
func langStatus(s content.LangState) view.LangStatus {
	status := view.LangStatus{Lang: s.Lang, Version: s.Head.Version, Status: view.StatusNone}
	if s.Newest != nil {
		status.Draft = s.Newest.Number
		status.Status = view.StatusDraft
	}
	switch {
	case s.Head.Withdrawn:
		status.Status = view.StatusWithdrawn
	case s.Head.Version > 0 && status.Draft > s.Head.RevisionNumber:
		status.Status = view.StatusNewer
	case s.Head.Version > 0:
		status.Status = view.StatusLive
	}
	return status
}

// newer is whether readers do not see the newest draft.
func newer(s content.LangState) bool {
	return s.Newest != nil && (s.Head.Version == 0 || s.Head.Withdrawn || s.Newest.Number > s.Head.RevisionNumber)
}

// filterEntries keeps the entries whose title, slug or topic has every word of the query.
func filterEntries(entries []content.EntryState, topics []content.Topic, query string) []content.EntryState {
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return entries
	}
	titles := map[string]string{}
	for _, t := range topics {
		for _, title := range t.Title {
			titles[t.ID] += " " + title
		}
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e content.EntryState) bool {
		text := e.Slug + " " + titles[e.Topic]
		for _, s := range e.Langs {
			text += " " + s.Title
		}
		text = strings.ToLower(text)
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}

// groupEntries puts entries under their topics, in the topics' order; what has none comes last.
func groupEntries(entries []content.EntryState, topics []content.Topic, languages []content.Lang, lang content.Lang) []view.EntryGroup {
	at := map[string]int{}
	groups := make([]view.EntryGroup, 0, len(topics)+1)
	for i, t := range topics {
		at[t.ID] = i
		groups = append(groups, view.EntryGroup{Title: topicTitle(t, lang)})
	}
	groups = append(groups, view.EntryGroup{})
	for _, e := range entries {
		i, ok := at[e.Topic]
		if !ok {
			i = len(topics)
		}
		groups[i].Entries = append(groups[i].Entries, entryRow(e, languages, lang))
	}
	return slices.DeleteFunc(groups, func(g view.EntryGroup) bool { return len(g.Entries) == 0 })
}

func entryRow(e content.EntryState, languages []content.Lang, lang content.Lang) view.EntryRow {
	row := view.EntryRow{ID: e.ID, Slug: e.Slug, Title: e.Title(lang), Kind: e.Kind}
	for _, l := range languages {
		row.States = append(row.States, langStatus(e.Lang(l)))
	}
	if facts := e.Lang(content.NoLang); facts.Newest != nil {
		row.States = append(row.States, langStatus(facts))
	}
	return row
}

func topicTitle(t content.Topic, lang content.Lang) string {
	if title, _ := t.Title.In(lang); title != "" {
		return title
	}
	return t.Slug
}

func topicOptions(topics []content.Topic, lang content.Lang) []view.Option {
	options := make([]view.Option, 0, len(topics))
	for _, t := range topics {
		options = append(options, view.Option{Value: t.ID, Label: topicTitle(t, lang)})
	}
	return options
}

// The tabs beside the languages.
const (
	tabFacts    = "facts"
	tabSettings = "settings"
)

// buildHead is what stands above every page of an entry.
func buildHead(d entryDesk, p *locale.Printer, current string) view.EntryHead {
	head := view.EntryHead{ID: d.entry.ID, Slug: d.entry.Slug, Title: d.entry.Title(p.Lang), Kind: d.entry.Kind}
	for _, t := range d.topics {
		if t.ID == d.entry.Topic {
			head.Topic = topicTitle(t, p.Lang)
		}
	}
	for _, lang := range d.settings.Languages {
		status := langStatus(d.entry.Lang(lang))
		head.Tabs = append(head.Tabs, view.Tab{Href: textPath(head.ID, lang), Label: p.LangName(lang), Current: current == string(lang), Status: &status})
	}
	facts := langStatus(d.entry.Lang(content.NoLang))
	head.Tabs = append(head.Tabs,
		view.Tab{Href: textPath(head.ID, content.NoLang), Label: p.T("entry.facts"), Current: current == tabFacts, Status: &facts},
		view.Tab{Href: "/admin/entries/" + head.ID + "/settings", Label: p.T("entry.settings"), Current: current == tabSettings})
	for _, c := range d.open {
		if carries(c, head.ID) {
			head.Changes = append(head.Changes, changeLink(c, p))
		}
	}
	return head
}

// carries is whether a change publishes or withdraws any part of an entry.
func carries(c content.Change, entry string) bool {
	return slices.ContainsFunc(c.Revisions, func(r content.RevisionRef) bool { return r.Entry == entry }) ||
		slices.ContainsFunc(c.Withdraw, func(w content.Withdrawal) bool { return w.Entry == entry })
}

func changeLink(c content.Change, p *locale.Printer) view.ChangeLink {
	return view.ChangeLink{ID: c.ID, Title: changeTitle(c, p), State: c.State}
}

// changeTitle names a change among others; one without a title has only its address to be told by.
func changeTitle(c content.Change, p *locale.Printer) string {
	if title, _ := c.Title.In(p.Lang); title != "" {
		return title
	}
	return p.T("change.untitled_at", "Slug", c.Slug)
}

// changeHeading names a change on its own page.
func changeHeading(c content.Change, p *locale.Printer) string {
	if title, _ := c.Title.In(p.Lang); title != "" {
		return title
	}
	return p.T("change.untitled")
}
