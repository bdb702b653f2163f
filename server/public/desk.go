package public

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
	"klartext/server/view"
)

// desk is where one page is put together: what is published, for a reader of one language.
type desk struct {
	*snapshot
	ctx     context.Context //nolint:containedctx // a desk lives for one page
	h       *Handlers
	lang    content.Lang
	printer *locale.Printer
	status  int
}

// html makes a builder of a function that chooses a template and its values.
func (h *Handlers) html(lang content.Lang, compose func(*desk) (page string, values any, err error)) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		d := &desk{snapshot: s, ctx: ctx, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang), status: http.StatusOK}
		name, values, err := compose(d)
		if err != nil {
			return document{}, err
		}
		var b bytes.Buffer
		if err := h.deps.Views.Render(&b, lang, name, values); err != nil {
			return document{}, err
		}
		return document{d.status, "text/html; charset=utf-8", typeset(b.Bytes())}, nil
	}
}

// siteName in the page's language.
func (d *desk) siteName() string {
	name, _ := d.site.Settings().SiteName.In(d.lang, d.site.Languages()...)
	return name
}

// public is what every page has. title is the page's own, path leads to the page in each language.
func (d *desk) public(title string, path func(content.Lang) string) view.Public {
	p := view.Public{
		Lang: d.lang, Title: title, SiteName: d.siteName(), Base: d.h.deps.BaseURL, Section: "faq",
		Policies: d.hasPolicies(), Explains: d.explains(), Style: d.style, Zone: d.site.Zone(), Own: d.own(), Static: d.h.deps.Static, Meta: view.Meta{Creators: d.creators()},
		Feed: view.Link{Text: d.printer.T("public.feed_changes"), URL: changesPath(d.lang) + ".atom"},
	}
	p.Accounts = d.accounts()
	if title == "" {
		p.Title = p.SiteName
	} else {
		p.Title = title + " – " + p.SiteName
	}
	for _, lang := range d.site.Languages() {
		p.Langs = append(p.Langs, view.LangLink{Lang: lang, Name: d.ownName(lang), URL: path(lang), Current: lang == d.lang})
	}
	p.Canonical = p.Base + path(d.lang)
	return p
}

// ownName is what a language calls itself.
func (d *desk) ownName(lang content.Lang) string {
	return d.h.deps.Catalog.Printer(lang).LangName(lang)
}

// phrase picks the page's language, or else the site's first that has the text.
func (d *desk) phrase(t content.Text) view.Phrase {
	text, lang := t.In(d.lang, d.site.Languages()...)
	return view.Phrase{Text: text, Lang: d.other(lang)}
}

// other is lang where it is not the page's.
func (d *desk) other(lang content.Lang) content.Lang {
	if lang == d.lang {
		return ""
	}
	return lang
}

// current is the text that a reader of this page should see: in the page's
// language, or else in the first language of the site that has one.
func (d *desk) current(entry *site.Entry) (content.Version, bool) {
	if version, live := entry.Current[d.lang]; live {
		return version, true
	}
	for _, lang := range d.site.Langs(entry) {
		return entry.Current[lang], true
	}
	return content.Version{}, false
}

// link leads to an entry, by the title of its current text.
func (d *desk) link(entry *site.Entry) (view.Link, bool) {
	version, live := d.current(entry)
	return view.Link{Text: version.Text.Title, URL: entryPath(d.lang, entry.Entry), Lang: d.other(version.Lang)}, live
}

// links leads to the entries that readers of this page can read in its language.
func (d *desk) links(entries []*site.Entry, but string) []view.Link {
	var links []view.Link
	for _, entry := range entries {
		if _, live := entry.Current[d.lang]; live && entry.ID != but {
			link, _ := d.link(entry)
			links = append(links, link)
		}
	}
	return links
}

func (d *desk) topicLink(topic content.Topic) view.Link {
	name := d.phrase(topic.Title)
	return view.Link{Text: name.Text, URL: topicPath(d.lang, topic), Lang: name.Lang}
}

// changeLink leads to the change with this id; the zero Link where it is not known.
func (d *desk) changeLink(id string) view.Link {
	change, ok := d.site.ChangeByID(id)
	if !ok {
		return view.Link{}
	}
	title := d.phrase(change.Title)
	return view.Link{Text: title.Text, URL: changePath(d.lang, change.Slug), Lang: title.Lang}
}

// edition says about a version what pages show of it.
func (d *desk) edition(entry *site.Entry, meta content.VersionMeta) view.Edition {
	e := view.Edition{
		Number: meta.Number, URL: versionPath(meta.Lang, entry.Entry, meta.Number), Published: d.local(meta.PublishedAt),
		Change: d.changeLink(meta.Change), Imported: meta.Imported, Pending: meta.Effective > d.today, Since: meta.Effective,
	}
	if e.Since == "" {
		e.Since = content.DateOf(meta.PublishedAt, d.site.Zone())
	}
	if meta.Effective != content.DateOf(meta.PublishedAt, d.site.Zone()) {
		e.Effective = meta.Effective
	}
	return e
}

// local puts a time into the site's zone, so that its day is the site's day.
func (d *desk) local(t time.Time) time.Time { return t.In(d.site.Zone()) }

func (d *desk) stone(t *content.Tombstone) view.Stone {
	return view.Stone{At: d.local(t.At), Reason: t.Reason, Change: d.changeLink(t.Change)}
}
