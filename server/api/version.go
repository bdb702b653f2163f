package api

import (
	"fmt"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// versionMeta is a version without what it says.
type versionMeta struct {
	Entry         string       `json:"entry"`
	Lang          content.Lang `json:"lang" doc:"empty for facts"`
	Number        int          `json:"number"`
	Hash          string       `json:"hash" doc:"SHA-256 of the revision"`
	Revision      string       `json:"revision"`
	FactsRevision *string      `json:"facts_revision" doc:"the facts shown with it"`
	Change        string       `json:"change" doc:"id of the change that published it"`
	PublishedAt   time.Time    `json:"published_at"`
	EffectiveDate content.Date `json:"effective_date" format:"date"`
	Imported      bool         `json:"imported"`
	URL           *string      `json:"url" doc:"where readers find it; null for facts"`
	Verdict       *verdictJSON `json:"verdict" doc:"what the gate for plain language said; null where it was not asked"`
}

// versionItem is a version in a list.
type versionItem struct {
	versionMeta
	Title string `json:"title"`
}

// versionJSON is one version, whole.
type versionJSON struct {
	versionMeta
	*writing
	Facts *facts `json:"facts"`
}

func (h *Handlers) metaOfVersion(e content.Entry, m content.VersionMeta) versionMeta {
	out := versionMeta{
		Entry: m.Entry, Lang: m.Lang, Number: m.Number, Hash: m.Hash, Revision: m.Revision, FactsRevision: some(m.Facts),
		Change: m.Change, PublishedAt: stamp(m.PublishedAt), EffectiveDate: m.Effective, Imported: m.Imported, Verdict: verdictOf(m.Verdict),
	}
	if m.Lang != content.NoLang {
		out.URL = some(fmt.Sprintf("%s/v%d", h.address(e.Kind, e.Slug, m.Lang), m.Number))
	}
	return out
}

func (h *Handlers) versionOf(e content.Entry, v content.Version) versionJSON {
	out := versionJSON{versionMeta: h.metaOfVersion(e, v.VersionMeta), Facts: factsOf(v.Facts)}
	if v.Lang != content.NoLang {
		out.writing = writingOf(v.Text, v.HTML)
	}
	return out
}

// ListVersions lists what was published of an entry, newest first.
func (h *Handlers) ListVersions(c *fiber.Ctx) error {
	entry, err := h.readableEntry(c)
	if err != nil {
		return err
	}
	lang, err := queryLang(c)
	if err != nil {
		return err
	}
	if lang == content.NoLang {
		lang = content.EveryLang
	}
	versions, err := h.Editor.Versions(c.UserContext(), entry.ID, lang)
	if err != nil {
		return err
	}
	key := func(m content.VersionMeta) string { return fmt.Sprintf("%s-%d", m.Lang, m.Number) }
	return sendList(c, versions, key, func(m content.VersionMeta) versionItem {
		return versionItem{h.metaOfVersion(entry, m), m.Title}
	})
}

// factsLang is the language of facts in an address.
const factsLang = "facts"

// ShowVersion answers with one version, whole; its language is "facts" for the facts alone.
func (h *Handlers) ShowVersion(c *fiber.Ctx) error {
	entry, err := h.readableEntry(c)
	if err != nil {
		return err
	}
	lang := c.Params("lang")
	number, err := strconv.Atoi(c.Params("n"))
	if err != nil || number < 1 || number > 1<<30 || (lang != factsLang && !langForm(lang)) {
		return content.Fail(content.NotFound, content.CodeVersionUnknown, nil)
	}
	if lang == factsLang {
		lang = string(content.NoLang)
	}
	version, err := h.Editor.Version(c.UserContext(), entry.ID, content.Lang(lang), number)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.versionOf(entry, version))
}

// readableEntry finds the entry in the path, if it is one that the request may know of.
func (h *Handlers) readableEntry(c *fiber.Ctx) (content.Entry, error) {
	entry, err := id(c, content.CodeEntryUnknown)
	if err != nil {
		return content.Entry{}, err
	}
	if insider(c) {
		state, err := h.Editor.Entry(c.UserContext(), web.Actor(c), entry)
		return state.Entry, err
	}
	v, err := h.readers()
	if err != nil {
		return content.Entry{}, err
	}
	published, err := publishedEntry(v, entry)
	if err != nil {
		return content.Entry{}, err
	}
	return published.Entry, nil
}
