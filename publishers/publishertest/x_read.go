package publishertest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (x *X) me(r *http.Request, _ call) reply {
	if refused, ok := unknownParameters(r.URL.Query(), "user.fields", "expansions", "tweet.fields"); ok {
		return refused
	}
	return reply{http.StatusOK, nil, object{"data": object{"id": xAccount, "name": "Klartext", "username": xName}}}
}

func unknownParameters(query url.Values, known ...string) (reply, bool) {
	for name := range query {
		if !slices.Contains(known, name) {
			return invalid("The query parameter [" + name + "] is not one of [" + strings.Join(known, ",") + "]"), true
		}
	}
	return reply{}, false
}

// timelineAsk is what is asked of an account's posts.
type timelineAsk struct {
	size         int
	since, until time.Time
	after, older string
	fields       []string
}

// The bounds of a page.
const (
	shortestXPage = 5
	usualXPage    = 10
	longestXPage  = 100
)

func readAsk(query url.Values) (a timelineAsk, refused reply, ok bool) {
	if refused, unknown := unknownParameters(query, "max_results", "start_time", "end_time", "since_id", "until_id", "pagination_token", "exclude", "tweet.fields", "expansions", "user.fields", "media.fields"); unknown {
		return a, refused, false
	}
	a.size = usualXPage
	if value := query.Get("max_results"); value != "" {
		n, err := strconv.Atoi(value)
		if err != nil || n < shortestXPage || n > longestXPage {
			return a, invalid("The `max_results` query parameter value [" + value + "] is not between 5 and 100"), false
		}
		a.size = n
	}
	for name, at := range map[string]*time.Time{"start_time": &a.since, "end_time": &a.until} {
		value := query.Get(name)
		if value == "" {
			continue
		}
		var err error
		if *at, err = time.Parse(time.RFC3339, value); err != nil {
			return a, invalid("The `" + name + "` query parameter value [" + value + "] is not a valid RFC3339 date-time"), false
		}
	}
	a.after, a.older = query.Get("since_id"), query.Get("until_id")
	if token := query.Get("pagination_token"); token != "" {
		if a.older, ok = strings.CutPrefix(token, pagePrefix); !ok {
			return a, invalid("The `pagination_token` query parameter value [" + token + "] is not valid"), false
		}
	}
	a.fields = strings.Split(query.Get("tweet.fields"), ",")
	return a, reply{}, true
}

const pagePrefix = "page-"

func (a timelineAsk) wants(h Held) bool {
	switch {
	case h.At.Before(a.since), !a.until.IsZero() && !h.At.Before(a.until),
		a.after != "" && byID(h.ID, a.after) <= 0,
		a.older != "" && byID(h.ID, a.older) >= 0:
		return false
	}
	return true
}

func (x *X) list(r *http.Request, _ call) reply {
	if id := r.PathValue("id"); id != xAccount {
		return notFound(http.StatusOK, "user", "id", id)
	}
	ask, refused, ok := readAsk(r.URL.Query())
	if !ok {
		return refused
	}
	posts := x.newest(ask.wants)
	meta := object{"result_count": min(len(posts), ask.size)}
	if len(posts) == 0 {
		return reply{http.StatusOK, nil, object{"meta": meta}}
	}
	if len(posts) > ask.size {
		posts = posts[:ask.size]
		meta["next_token"] = pagePrefix + posts[len(posts)-1].ID
	}
	meta["newest_id"], meta["oldest_id"] = posts[0].ID, posts[len(posts)-1].ID
	data := make([]object, 0, len(posts))
	for _, h := range posts {
		data = append(data, tweet(h, ask.fields))
	}
	return reply{http.StatusOK, nil, object{"data": data, "meta": meta}}
}

// one reads one post; one that is gone is told of with status 200.
func (x *X) one(r *http.Request, _ call) reply {
	query := r.URL.Query()
	if refused, unknown := unknownParameters(query, "tweet.fields", "expansions", "media.fields", "user.fields"); unknown {
		return refused
	}
	i := x.find(withID(r.PathValue("id")))
	if i < 0 {
		return notFound(http.StatusOK, "tweet", "id", r.PathValue("id"))
	}
	return reply{http.StatusOK, nil, object{"data": tweet(x.held[i], strings.Split(query.Get("tweet.fields"), ","))}}
}

// newest are the posts that are wanted, newest first.
func (x *X) newest(wants func(Held) bool) []Held {
	posts := slices.DeleteFunc(slices.Clone(x.held), func(h Held) bool { return !wants(h) })
	slices.SortStableFunc(posts, func(a, b Held) int { return byID(b.ID, a.ID) })
	return posts
}

// tweet is a post with the fields that were asked for.
func tweet(h Held, fields []string) object {
	w := shortened(h)
	t := object{"id": h.ID, "text": w.text, "edit_history_tweet_ids": []string{h.ID}}
	for _, field := range fields {
		switch field {
		case "created_at":
			t["created_at"] = isoMilli(h.At)
		case "author_id":
			t["author_id"] = xAccount
		case "lang":
			t["lang"] = "und"
		case "entities":
			if len(w.links) > 0 {
				t["entities"] = object{"urls": w.links}
			}
		case "referenced_tweets":
			if h.ReplyTo != "" {
				t["referenced_tweets"] = []object{{"type": "replied_to", "id": h.ReplyTo}}
			}
		case "attachments":
			if keys := mediaKeys(h); len(keys) > 0 {
				t["attachments"] = object{"media_keys": keys}
			}
		}
	}
	return t
}
