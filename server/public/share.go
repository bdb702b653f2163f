package public

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/locale"
	"klartext/server/view"
)

// Cards draws the pictures that networks show beside a link.
type Cards interface {
	Card(card content.Card) ([]byte, error)
}

// Budget of the pictures kept, and what one costs.
const (
	shareBudget = 8 << 20
	shareCost   = 48 << 10
)

// sharePrefix begins the names of pictures.
const sharePrefix = "share-"

// share leads to the picture of a page under the hash of what stands on it; nothing where nobody draws.
func (d *desk) share(path string, card content.Card, alt string) view.Share {
	if d.h.deps.Cards == nil {
		return view.Share{}
	}
	return view.Share{URL: d.h.deps.BaseURL + sharePath(path, card), Alt: alt}
}

func sharePath(path string, card content.Card) string {
	raw, err := json.Marshal(card)
	if err != nil {
		panic(fmt.Sprintf("public: texts always encode: %v", err))
	}
	sum := sha256.Sum256(raw)
	return path + "/" + sharePrefix + hex.EncodeToString(sum[:6]) + ".png"
}

// entryCard is in the language of the version, wherever it is shown.
func (d *desk) entryCard(entry *site.Entry, v content.Version) content.Card {
	p := d.in(v.Lang)
	card := d.card(v.Lang, v.Text.Title, v.Text.ShortAnswer)
	card.Label = p.T("share.policy")
	if topic, ok := d.site.TopicOf(entry); ok && entry.Kind == content.FAQ {
		card.Label, _ = topic.Title.In(v.Lang, d.site.Languages()...)
	}
	since := d.edition(entry, v.VersionMeta)
	id := "share.since"
	if since.Pending {
		id = "share.from"
	}
	card.Foot = p.T(id, "Number", v.Number, "Day", p.Day(since.Since))
	return card
}

func (d *desk) changeCard(change *site.Change) content.Card {
	title, _ := change.Title.In(d.lang, d.site.Languages()...)
	summary, _ := change.Summary.In(d.lang, d.site.Languages()...)
	card := d.card(d.lang, title, summary)
	card.Label = d.printer.T("share.change", "Day", d.printer.Date(d.local(change.PublishedAt)))
	card.Foot = d.printer.T("share.effective", "Day", d.printer.Day(change.Effective(d.site.Zone())))
	return card
}

func (d *desk) card(lang content.Lang, title, text string) content.Card {
	settings := d.site.Settings()
	name, _ := settings.SiteName.In(lang, d.site.Languages()...)
	return content.Card{Site: name, Title: title, Text: text, Accent: settings.Look.Accent}
}

// in speaks another language than the page's.
func (d *desk) in(lang content.Lang) *locale.Printer { return d.h.deps.Catalog.Printer(lang) }

// Lasting is whether an address is that of a picture under the hash of what it shows.
func (h *Handlers) Lasting(path string) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	return strings.HasPrefix(name, sharePrefix) && strings.HasSuffix(name, ".png")
}

// ShowShare answers /{lang}/{folder}/{slug}/share-HASH.png. A picture of what stood there before leads to today's.
func (h *Handlers) ShowShare(c *fiber.Ctx) error {
	if h.deps.Cards == nil || !strings.HasPrefix(c.Params("version"), sharePrefix) {
		return c.Next()
	}
	s, err := h.now()
	if err != nil {
		return err
	}
	card, path, ok := h.shared(s, c)
	if !ok {
		return c.Next()
	}
	if to := sharePath(path, card); to != c.Path() {
		h.setFrame(&c.Response().Header)
		c.Set(fiber.HeaderCacheControl, revalidate)
		return c.Redirect(to, fiber.StatusFound)
	}
	p, kept := h.shares.get(c.Path())
	if !kept {
		p = h.shares.put(c.Path(), &page{keep: forever, build: h.oneOfFew(h.drawn(card))}, shareCost)
	}
	return h.send(c, s, p)
}

// shared is the card of the page at which the picture hangs.
func (h *Handlers) shared(s *snapshot, c *fiber.Ctx) (content.Card, string, bool) {
	lang := content.Lang(c.Params("lang"))
	d := &desk{snapshot: s, h: h, lang: lang, printer: h.deps.Catalog.Printer(lang)}
	if c.Params("folder") == "changes" {
		change, ok := s.site.Change(c.Params("slug"))
		if !ok || !s.site.HasLang(lang) {
			return content.Card{}, "", false
		}
		return d.changeCard(change), changePath(lang, change.Slug), true
	}
	_, entry, _, ok := h.find(c)
	if !ok {
		return content.Card{}, "", false
	}
	version, live := entry.Current[lang]
	if !live {
		return content.Card{}, "", false
	}
	return d.entryCard(entry, version), entryPath(lang, entry.Entry), true
}

func (h *Handlers) drawn(card content.Card) builder {
	return func(context.Context, *snapshot) (document, error) {
		picture, err := h.deps.Cards.Card(card)
		return document{http.StatusOK, "image/png", picture}, err
	}
}
