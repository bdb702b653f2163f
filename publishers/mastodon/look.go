package mastodon

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-mastodon"

	"klartext/publishers"
	"klartext/publishers/posttext"
)

// A look goes back to before the first attempt by as much as clocks may differ.
const (
	skew     = 2 * time.Minute
	pageSize = 40
	maxPages = 5
)

// Look searches the account's own posts since before the first attempt: for a
// link to the permalink, else for the same words.
func (d *Driver) Look(ctx context.Context, post publishers.Post) ([]publishers.Receipt, error) {
	client, err := d.connect(post.Settings, keyed{})
	if err != nil {
		return nil, settingsBroken(err)
	}
	id := mastodon.ID(post.Account.ID)
	if id == "" { // connected without a check
		me, err := client.GetAccountCurrentUser(ctx)
		if err != nil {
			return nil, fateOf(err, post.Now)
		}
		id = me.ID
	}
	own, err := statuses(ctx, client, id, post.First.Add(-skew))
	if err != nil {
		return nil, fateOf(err, post.Now)
	}
	var found []publishers.Receipt
	for _, s := range slices.Backward(own) {
		if same(s, post) {
			found = append(found, receipt(s))
		}
	}
	return found, nil
}

// statuses lists the account's own posts since a time, newest first.
func statuses(ctx context.Context, client *mastodon.Client, id mastodon.ID, since time.Time) ([]*mastodon.Status, error) {
	var list []*mastodon.Status
	page := mastodon.Pagination{Limit: pageSize}
	for range maxPages {
		next := page
		got, err := client.GetAccountStatusesParams(ctx, id, url.Values{"exclude_reblogs": {"true"}}, &next)
		if err != nil {
			return nil, err //nolint:wrapcheck // fateOf reads it
		}
		for _, s := range got {
			if s.CreatedAt.Before(since) {
				return list, nil
			}
			list = append(list, s)
		}
		if next.MaxID == "" || len(got) == 0 {
			return list, nil
		}
		page = mastodon.Pagination{Limit: pageSize, MaxID: next.MaxID}
	}
	return list, nil
}

var (
	href = regexp.MustCompile(`(?i)\shref\s*=\s*(?:"([^"]*)"|'([^']*)')`)
	tag  = regexp.MustCompile(`<[^>]*>`)
	end  = strings.NewReplacer("<br>", " ", "<br/>", " ", "<br />", " ", "</p>", " </p>")
)

// same: the permalink is in the post, or its words are the same. A post that answers another one has the permalink of
// what it corrects or continues as well, so there whom it answers must fit, too.
func same(s *mastodon.Status, post publishers.Post) bool {
	if s.ID == "" || s.Reblog != nil {
		return false
	}
	answers := answered(s)
	if post.Permalink != "" && answers == post.ReplyTo && slices.Contains(links(s), post.Permalink) {
		return true
	}
	return words(s) == posttext.Normal(post.Text) && (answers == post.ReplyTo || answers == "")
}

// answered is the id of the post that this one answers; a server says null where there is none.
func answered(s *mastodon.Status) string {
	switch id := s.InReplyToID.(type) {
	case string:
		return id
	case float64:
		return strconv.FormatFloat(id, 'f', -1, 64)
	}
	return ""
}

func links(s *mastodon.Status) (list []string) {
	for _, m := range href.FindAllStringSubmatch(s.Content, -1) {
		list = append(list, html.UnescapeString(m[1]+m[2]))
	}
	return list
}

// words are what a reader sees of a post, to be compared.
func words(s *mastodon.Status) string {
	return posttext.Normal(tag.ReplaceAllString(end.Replace(s.Content), ""))
}
