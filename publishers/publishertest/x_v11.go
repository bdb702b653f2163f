package publishertest

import (
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// v11 closes a call of API v1.1 to accounts without a contract for it.
func (x *X) v11(do func(*http.Request, call) reply) func(*http.Request, call) reply {
	return func(r *http.Request, c call) reply {
		if !x.allow {
			return noV11()
		}
		return do(r, c)
	}
}

func noV11() reply {
	return failed11(453, "You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints "+
		"(e.g. media post, oauth) only. If you need access to this endpoint, you may need a different access level.")
}

// failed11 refuses as v1.1 does: with 403, whatever it is.
func failed11(code int, message string) reply {
	return reply{http.StatusForbidden, nil, object{"errors": []object{{"code": code, "message": message}}}}
}

// The codes of v1.1 for texts that are not taken.
const (
	codeMissing   = 170
	codeTooLong   = 186
	codeDuplicate = 187
)

func (x *X) post11(_ *http.Request, c call) reply {
	form, err := url.ParseQuery(string(c.body))
	status := form.Get("status")
	n, valid := weight(status)
	switch {
	case err != nil, plain(status) == "", !valid:
		return failed11(codeMissing, "Missing required parameter: status.")
	case n > heaviest:
		return failed11(codeTooLong, "Tweet needs to be a bit shorter.")
	}
	post, refused := x.take(Held{Text: status}, c.mood)
	if refused != nil {
		return failed11(codeDuplicate, "Status is a duplicate.")
	}
	return reply{http.StatusOK, nil, x.tweet11(post)}
}

func (x *X) me11(*http.Request, call) reply {
	return reply{http.StatusOK, nil, user11()}
}

func user11() object {
	id, _ := strconv.ParseInt(xAccount, 10, 64)
	return object{"id": id, "id_str": xAccount, "name": "Klartext", "screen_name": xName}
}

const longestPage11 = 200

func (x *X) list11(r *http.Request, _ call) reply {
	query := r.URL.Query()
	size := usualPage
	if n, err := strconv.Atoi(query.Get("count")); err == nil && n > 0 {
		size = min(n, longestPage11)
	}
	since, older := query.Get("since_id"), query.Get("max_id")
	posts := x.newest(func(h Held) bool {
		return (since == "" || byID(h.ID, since) > 0) && (older == "" || byID(h.ID, older) <= 0)
	})
	page := []object{}
	for _, h := range posts[:min(size, len(posts))] {
		page = append(page, x.tweet11(h))
	}
	return reply{http.StatusOK, nil, page}
}

func (x *X) tweet11(h Held) object {
	id, _ := strconv.ParseInt(h.ID, 10, 64)
	w := shortened(h)
	urls := []object{}
	for _, l := range w.links {
		urls = append(urls, object{"url": l.URL, "expanded_url": l.Expanded, "display_url": l.Display, "indices": []int{l.Start, l.End}})
	}
	return object{
		"in_reply_to_status_id_str": nilIfEmpty(h.ReplyTo),
		"id":                        id, "id_str": h.ID, "text": w.text, "full_text": w.text, "truncated": false, "created_at": h.At.Format(time.RubyDate),
		"user": user11(), "entities": object{"urls": urls, "hashtags": []any{}, "user_mentions": []any{}},
	}
}

func nilIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
