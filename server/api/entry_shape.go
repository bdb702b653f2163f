package api

import (
	"slices"
	"time"

	"klartext/content"
	"klartext/content/site"
)

// How an entry stands in one language.
const (
	stateDraft     = "draft"
	stateLive      = "live"
	stateWithdrawn = "withdrawn"
)

// entryJSON is an entry or policy in a list.
type entryJSON struct {
	ID        string            `json:"id"`
	Kind      content.EntryKind `json:"kind"`
	Slug      string            `json:"slug"`
	Topic     *string           `json:"topic"`
	Position  int               `json:"position"`
	CreatedAt time.Time         `json:"created_at"`
	Languages []part            `json:"languages"`
	Facts     *part             `json:"facts" doc:"null where there are none yet"`
}

// part is how an entry stands in one language, or how its facts stand.
type part struct {
	Lang        content.Lang `json:"lang" doc:"empty for facts"`
	Title       string       `json:"title"`
	State       string       `json:"state" enum:"draft,live,withdrawn" doc:"draft: never published"`
	Version     *int         `json:"version" doc:"number of the last version"`
	PublishedAt *time.Time   `json:"published_at"`
	URL         *string      `json:"url" doc:"where readers find it"`
	Newest      *revisionRef `json:"newest,omitempty" doc:"the newest revision, with a token: base_revision of the next"`
	Draft       bool         `json:"draft,omitempty" doc:"the newest revision is not what readers see"`
}

type revisionRef struct {
	ID     string `json:"id"`
	Number int    `json:"number"`
	Hash   string `json:"hash"`
	Author string `json:"author" doc:"id of the user"`
}

func plainEntry(e content.Entry) entryJSON {
	return entryJSON{
		ID: e.ID, Kind: e.Kind, Slug: e.Slug, Topic: some(e.Topic), Position: e.Position, CreatedAt: stamp(e.Created), Languages: []part{},
	}
}

// entryOf shapes an entry with its drafts.
func (h *Handlers) entryOf(e content.EntryState) entryJSON {
	out := plainEntry(e.Entry)
	for _, s := range e.Langs {
		p := part{Lang: s.Lang, Title: s.Title, State: stateDraft, Version: some(s.Head.Version), PublishedAt: moment(s.Head.PublishedAt)}
		switch {
		case s.Head.Live():
			p.State = stateLive
		case s.Head.Withdrawn:
			p.State = stateWithdrawn
		}
		if s.Newest != nil {
			p.Newest = &revisionRef{ID: s.Newest.ID, Number: s.Newest.Number, Hash: s.Newest.Hash, Author: s.Newest.Author}
			p.Draft = s.Newest.ID != s.Head.Revision
		}
		if s.Lang == content.NoLang {
			out.Facts = &p
			continue
		}
		if p.Version != nil {
			p.URL = some(h.address(e.Kind, e.Slug, s.Lang))
		}
		out.Languages = append(out.Languages, p)
	}
	return out
}

// publishedEntryOf shapes an entry as strangers may see it.
func (h *Handlers) publishedEntryOf(e *site.Entry) entryJSON {
	out := plainEntry(e.Entry)
	for _, meta := range slices.Backward(e.Versions) {
		known := func(p part) bool { return p.Lang == meta.Lang }
		if (meta.Lang == content.NoLang && out.Facts != nil) || slices.ContainsFunc(out.Languages, known) {
			continue
		}
		p := part{Lang: meta.Lang, Title: meta.Title, State: stateLive, Version: &meta.Number, PublishedAt: moment(meta.PublishedAt)}
		if meta.Lang == content.NoLang {
			out.Facts = &p
			continue
		}
		if _, live := e.Current[meta.Lang]; !live {
			p.State = stateWithdrawn
		}
		p.URL = some(h.address(e.Kind, e.Slug, meta.Lang))
		out.Languages = append(out.Languages, p)
	}
	slices.SortFunc(out.Languages, func(a, b part) int { return compareLang(a.Lang, b.Lang) })
	return out
}

// address is where readers find an entry.
func (h *Handlers) address(kind content.EntryKind, slug string, lang content.Lang) string {
	return h.BaseURL + "/" + string(lang) + "/" + folder(kind) + "/" + slug
}
