package api

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/web"
)

// wholeEntry is one entry with what readers see of it and, for token holders, what is being written.
type wholeEntry struct {
	entryJSON
	Published  []versionJSON   `json:"published" doc:"the version that readers see, in each language"`
	Tombstones []tombstoneJSON `json:"tombstones"`
	Drafts     []revisionJSON  `json:"drafts,omitempty" doc:"newest revisions that are not published, with a token"`
}

type tombstoneJSON struct {
	Lang         content.Lang `json:"lang"`
	AfterVersion int          `json:"after_version"`
	At           time.Time    `json:"at"`
	Reason       string       `json:"reason"`
	Change       string       `json:"change" doc:"id of the change"`
}

func tombstoneOf(t content.Tombstone) tombstoneJSON {
	return tombstoneJSON{Lang: t.Lang, AfterVersion: t.AfterVersion, At: stamp(t.At), Reason: t.Reason, Change: t.Change}
}

// ShowEntry answers with one entry.
func (h *Handlers) ShowEntry(c *fiber.Ctx) error {
	entry, err := id(c, content.CodeEntryUnknown)
	if err != nil {
		return err
	}
	if insider(c) {
		return h.showDrafts(c, entry)
	}
	v, err := h.readers()
	if err != nil {
		return err
	}
	published, err := publishedEntry(v, entry)
	if err != nil {
		return err
	}
	out := wholeEntry{
		entryJSON: h.publishedEntryOf(published), Published: []versionJSON{}, Tombstones: each(published.Tombstones, tombstoneOf),
	}
	for _, lang := range v.Langs(published) {
		version, err := h.Editor.Version(c.UserContext(), entry, lang, published.Current[lang].Number)
		if err != nil {
			return err
		}
		out.Published = append(out.Published, h.versionOf(published.Entry, version))
	}
	return answer(c, fiber.StatusOK, out)
}

func publishedEntry(v *site.Value, id string) (*site.Entry, error) {
	entry, ok := v.EntryByID(id)
	if !ok {
		return nil, content.Fail(content.NotFound, content.CodeEntryUnknown, nil)
	}
	return entry, nil
}

func (h *Handlers) showDrafts(c *fiber.Ctx, id string) error {
	ctx := c.UserContext()
	state, err := h.Editor.Entry(ctx, web.Actor(c), id)
	if err != nil {
		return err
	}
	stones, err := h.Editor.Tombstones(ctx, id)
	if err != nil {
		return err
	}
	out := wholeEntry{entryJSON: h.entryOf(state), Published: []versionJSON{}, Tombstones: each(stones, tombstoneOf)}
	for _, s := range state.Langs {
		if s.Head.Live() && s.Lang != content.NoLang {
			version, err := h.Editor.Version(ctx, id, s.Lang, s.Head.Version)
			if err != nil {
				return err
			}
			out.Published = append(out.Published, h.versionOf(state.Entry, version))
		}
		if s.Newest != nil && s.Newest.ID != s.Head.Revision {
			draft, err := h.Editor.Revision(ctx, web.Actor(c), s.Newest.ID)
			if err != nil {
				return err
			}
			out.Drafts = append(out.Drafts, revisionOf(draft))
		}
	}
	return answer(c, fiber.StatusOK, out)
}

func compareLang(a, b content.Lang) int { return strings.Compare(string(a), string(b)) }
