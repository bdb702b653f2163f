package admin

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// ShowVotes shows how well readers understand each version, the worst first, and what they say to it.
func (h *Handlers) ShowVotes(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), web.Actor(c)
	counts, err := h.Votes.VoteCounts(ctx, actor)
	if err != nil {
		return err
	}
	sentences, err := h.Votes.Sentences(ctx, actor)
	if err != nil {
		return err
	}
	entries, err := h.Editor.Entries(ctx, actor)
	if err != nil {
		return err
	}
	frame, err := h.page(c, "voices", web.Printer(c).T("voices.clarity"))
	if err != nil {
		return err
	}
	page := view.VotesPage{Admin: frame}
	slices.SortStableFunc(counts, func(a, b content.VoteCount) int {
		return cmp.Or(cmp.Compare(a.Share(), b.Share()), cmp.Compare(b.No, a.No))
	})
	for _, count := range counts {
		title, url := versionOf(entries, count.Entry, count.Lang, count.Version)
		page.Rows = append(page.Rows, view.VotesRow{VoteCount: count, Title: title, URL: url})
	}
	for _, vote := range sentences {
		title, url := versionOf(entries, vote.Entry, vote.Lang, vote.Version)
		page.Sentences = append(page.Sentences, view.SentenceRow{Vote: vote, Title: title, URL: url})
	}
	return h.render(c, "admin/votes", page)
}

// versionOf is the newest title of an entry, and where readers find this version of it.
func versionOf(entries []content.EntryState, id string, lang content.Lang, number int) (title, url string) {
	entry, ok := entryByID(entries, id)
	if !ok {
		return id, ""
	}
	return entry.Title(lang), publicPath(entry.Entry, lang) + "/v" + strconv.Itoa(number)
}
