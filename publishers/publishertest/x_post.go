package publishertest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// xText is the body of a post; every other key is refused.
type xText struct {
	Text  string `json:"text"`
	Reply *struct {
		To string `json:"in_reply_to_tweet_id"`
	} `json:"reply"`
	Media *struct {
		IDs []string `json:"media_ids"`
	} `json:"media"`
}

func (x *X) post(r *http.Request, c call) reply {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return invalid("Content-Type must be application/json")
	}
	var t xText
	decoder := json.NewDecoder(bytes.NewReader(c.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		return invalid(err.Error())
	}
	if _, err := decoder.Token(); err != io.EOF {
		return invalid("there is more than one value in the body")
	}
	draft := Held{Text: t.Text}
	if t.Media != nil {
		pictures, ready := x.attached(t.Media.IDs)
		if !ready || len(pictures) == 0 || len(pictures) > mostPictures {
			return invalid("Your media IDs are invalid.")
		}
		draft.Pictures = pictures
	}
	if t.Reply != nil {
		if draft.ReplyTo = t.Reply.To; x.find(withID(t.Reply.To)) < 0 {
			return blank(http.StatusForbidden, "You attempted to reply to a Tweet that is deleted or not visible to you.")
		}
	}
	post, refused := x.take(draft, c.mood)
	if refused != nil {
		return *refused
	}
	return reply{http.StatusCreated, nil, object{"data": object{
		"id": post.ID, "text": shortened(post).text, "edit_history_tweet_ids": []string{post.ID},
	}}}
}

// take stores a text, or says why not.
func (x *X) take(draft Held, mood Mood) (Held, *reply) {
	var refused reply
	text := draft.Text
	n, valid := weight(text)
	same := func(h Held) bool { return plain(h.Text) == plain(text) }
	switch {
	case plain(text) == "" && len(draft.Pictures) == 0:
		refused = invalid("'text' field is required.")
	case !valid:
		refused = invalid("The text contains invalid characters.")
	case n > heaviest:
		refused = refuseX(http.StatusForbidden)
	case x.find(same) >= 0:
		refused = duplicate()
	default:
		draft.Visibility = "public"
		post := x.born(draft)
		if mood.Act != Drop {
			x.hold(post)
		}
		return post, nil
	}
	return Held{}, &refused
}

func plain(text string) string { return norm.NFC.String(strings.TrimSpace(text)) }

func (x *X) remove(r *http.Request, _ call) reply {
	if !x.lose(r.PathValue("id")) {
		return notFound(http.StatusNotFound, "tweet", "id", r.PathValue("id"))
	}
	return reply{http.StatusOK, nil, object{"data": object{"deleted": true}}}
}

// notFound: what a list is asked of is missing with status 200, what is named itself with 404.
func notFound(status int, resource, parameter, id string) reply {
	missing := problem{
		Title: "Not Found Error", Detail: "Could not find " + resource + " with " + parameter + ": [" + id + "].", Type: problemURL + "resource-not-found",
	}
	if status == http.StatusNotFound {
		missing.Status = status
		return missing.reply(status)
	}
	return reply{status, nil, object{"errors": []any{missing}}}
}
