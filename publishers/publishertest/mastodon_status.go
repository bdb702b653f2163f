package publishertest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// object is a JSON object of the network.
type object = map[string]any

func isoMilli(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// status is a post as the server gives it.
func (m *Mastodon) status(h Held) object {
	s := object{
		"id": h.ID, "created_at": isoMilli(h.At), "in_reply_to_id": nil, "in_reply_to_account_id": nil,
		"sensitive": h.Warning != "", "spoiler_text": h.Warning, "visibility": h.Visibility, "language": h.Lang,
		"uri": m.URL + "/users/" + mastodonName + "/statuses/" + h.ID, "url": h.URL, "content": m.content(h.Text),
		"replies_count": 0, "reblogs_count": 0, "favourites_count": 0, "edited_at": nil, "reblog": nil, "application": nil,
		"account": m.account(), "media_attachments": m.attachments(h.Pictures), "mentions": []any{}, "tags": []any{}, "emojis": []any{},
		"card": nil, "poll": nil,
	}
	if h.ReplyTo != "" {
		s["in_reply_to_id"], s["in_reply_to_account_id"] = h.ReplyTo, m.AccountID()
	}
	if !h.Edited.IsZero() {
		s["edited_at"] = isoMilli(h.Edited)
	}
	if h.Boost {
		boosted := h
		boosted.Boost, boosted.ID = false, h.ID+"0"
		s["reblog"] = m.status(boosted)
	}
	return s
}

func (m *Mastodon) attachments(pictures []Picture) []object {
	list := []object{}
	for _, p := range pictures {
		list = append(list, m.attachment(p))
	}
	return list
}

func (m *Mastodon) account() object {
	return object{
		"id": m.AccountID(), "username": mastodonName, "acct": mastodonName, "display_name": "Klartext", "locked": false, "bot": false,
		"created_at": "2024-01-01T00:00:00.000Z", "note": "", "url": m.URL + "/@" + mastodonName, "uri": m.URL + "/users/" + mastodonName,
		"avatar": "", "header": "", "followers_count": 0, "following_count": 0, "statuses_count": len(m.held), "emojis": []any{}, "fields": []any{},
	}
}

func (m *Mastodon) me(*http.Request, call) reply {
	me := m.account()
	me["source"] = object{"privacy": "public", "sensitive": false, "language": "en", "note": "", "fields": []any{}, "follow_requests_count": 0}
	return reply{http.StatusOK, nil, me}
}

// Sizes of a page of posts.
const (
	usualPage   = 20
	longestPage = 40
)

// list answers a page of the account's posts, newest first.
func (m *Mastodon) list(r *http.Request, _ call) reply {
	if r.PathValue("id") != m.AccountID() {
		return m.refuse(http.StatusNotFound)
	}
	query := r.URL.Query()
	size := usualPage
	if n, err := strconv.Atoi(query.Get("limit")); err == nil && n > 0 {
		size = min(n, longestPage)
	}
	posts := slices.DeleteFunc(slices.Clone(m.held), func(h Held) bool { return !wanted(h, query) })
	slices.SortStableFunc(posts, func(a, b Held) int { return byID(b.ID, a.ID) })
	if query.Get("min_id") != "" && len(posts) > size {
		posts = posts[len(posts)-size:] // min_id asks for those just after it
	}
	posts = posts[:min(size, len(posts))]
	page := make([]object, 0, len(posts))
	for _, h := range posts {
		page = append(page, m.status(h))
	}
	return reply{http.StatusOK, m.pages(r, posts), page}
}

func wanted(h Held, query url.Values) bool {
	older, since, after := query.Get("max_id"), query.Get("since_id"), query.Get("min_id")
	switch {
	case h.Boost && isTrue(query.Get("exclude_reblogs")),
		older != "" && byID(h.ID, older) >= 0,
		since != "" && byID(h.ID, since) <= 0,
		after != "" && byID(h.ID, after) <= 0:
		return false
	}
	return true
}

func isTrue(s string) bool { return s == "true" || s == "1" }

// byID orders ids: they are numbers of any length.
func byID(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// pages is the Link header that leads to the pages before and after.
func (m *Mastodon) pages(r *http.Request, posts []Held) map[string]string {
	if len(posts) == 0 {
		return nil
	}
	page := func(name, id string) string {
		query := r.URL.Query()
		for _, other := range []string{"max_id", "min_id", "since_id"} {
			query.Del(other)
		}
		query.Set(name, id)
		return m.URL + r.URL.Path + "?" + query.Encode()
	}
	return map[string]string{"Link": fmt.Sprintf(`<%s>; rel="next", <%s>; rel="prev"`,
		page("max_id", posts[len(posts)-1].ID), page("min_id", posts[0].ID))}
}
