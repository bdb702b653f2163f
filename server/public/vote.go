package public

import (
	"context"
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/site"
	"klartext/server/view"
)

func votePath(lang content.Lang, entry content.Entry, number int) string {
	return versionPath(lang, entry, number) + "/vote"
}

// ballot is the version that is voted on, and what was sent.
type ballot struct {
	entry    *site.Entry
	meta     content.VersionMeta
	sentence string
	wrong    error
	done     bool
}

// voted finds the version that a vote is about.
func (h *Handlers) voted(c *fiber.Ctx) (*snapshot, ballot, bool) {
	s, entry, lang, ok := h.find(c)
	if !ok || !h.listens() {
		return nil, ballot{}, false
	}
	number, ok := parseVersion(c.Params("version"))
	if !ok {
		return nil, ballot{}, false
	}
	meta, ok := site.Version(entry, lang, number)
	return s, ballot{entry: entry, meta: meta}, ok
}

// ShowVote shows the form for a vote, or thanks for one.
func (h *Handlers) ShowVote(c *fiber.Ctx) error {
	s, b, ok := h.voted(c)
	if !ok {
		return c.Next()
	}
	b.done = c.Query("sent") != ""
	return h.showVote(c, s, b)
}

func (h *Handlers) showVote(c *fiber.Ctx, s *snapshot, b ballot) error {
	return h.fresh(c, s, b.meta.Lang, func(d *desk) (string, any, error) {
		page := view.VotePage{
			Public:   d.public(d.printer.T("voice.clear"), func(lang content.Lang) string { return entryPath(lang, b.entry.Entry) }),
			EntryURL: entryPath(d.lang, b.entry.Entry), Heading: b.meta.Title, Number: b.meta.Number,
			Action: votePath(d.lang, b.entry.Entry, b.meta.Number), Sentence: b.sentence, Done: b.done,
		}
		page.Section, page.Canonical, page.AskURL = section(b.entry), "", d.askURL(b.entry)
		d.refuse(b.wrong, &page.Wrong)
		return "public/vote", page, nil
	})
}

// Vote keeps a vote on a version and thanks for it.
func (h *Handlers) Vote(c *fiber.Ctx) error {
	s, b, ok := h.voted(c)
	if !ok {
		return c.Next()
	}
	form, err := h.readVoice(c)
	if err != nil {
		return err
	}
	b.sentence = form.Get("sentence")
	if b.wrong = h.keepVote(c, b, form.Get("clear")); b.wrong != nil {
		if !forReader(b.wrong) {
			return b.wrong
		}
		return h.showVote(c, s, b)
	}
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderCacheControl, notKept)
	return c.Redirect(votePath(b.meta.Lang, b.entry.Entry, b.meta.Number)+"?sent=1", fiber.StatusSeeOther)
}

func (h *Handlers) keepVote(c *fiber.Ctx, b ballot, answer string) error {
	if answer != "yes" && answer != "no" {
		return content.Fail(content.Invalid, content.CodeVoteMissing, nil)
	}
	place := "vote " + h.origins.Of(c, h.deps.Proxies, h.deps.Now())
	version := place + " " + b.entry.ID + " " + string(b.meta.Lang) + " " + strconv.Itoa(b.meta.Number)
	if err := h.gate.pass(h.deps.Now(), map[string]int{place: votesOfOne, version: votesOnVersion, "votes": votesOfAll}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), buildTime)
	defer cancel()
	return h.deps.Votes.Cast(ctx, content.Vote{
		Entry: b.entry.ID, Lang: b.meta.Lang, Version: b.meta.Number, Clear: answer == "yes", Sentence: b.sentence,
	})
}

// askURL leads to the form for a question about an entry; "" where nobody listens.
func (d *desk) askURL(entry *site.Entry) string {
	if !d.h.listens() {
		return ""
	}
	if entry.Kind == content.Policy {
		return askPath(d.lang)
	}
	return askPath(d.lang) + "?about=" + entry.Slug
}

// forReader tells whether the reader can do something about it, and so must not lose what was written.
func forReader(err error) bool {
	return content.KindOf(err) == content.Invalid || isCode(err, content.CodeVoicesSlow) || isCode(err, content.CodeBusy)
}

func isCode(err error, code content.Code) bool {
	e, ok := errors.AsType[*content.Error](err)
	return ok && e.Code == code
}
