package publishertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// mastodonText is the part of a post that the fake keeps, from a form or from JSON.
type mastodonText struct {
	Status      string   `json:"status"`
	SpoilerText string   `json:"spoiler_text"`
	Visibility  string   `json:"visibility"`
	Language    string   `json:"language"`
	MediaIDs    []string `json:"media_ids"`
	ScheduledAt string   `json:"scheduled_at"`
	InReplyToID string   `json:"in_reply_to_id"`
}

const maxForm = 1 << 20

// readText reads a body as its content type says.
func readText(r *http.Request, body []byte) (t mastodonText, err error) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return t, fmt.Errorf("content type: %w", err)
	}
	var form url.Values
	switch kind {
	case "application/json":
		if err := json.Unmarshal(body, &t); err != nil {
			return t, fmt.Errorf("JSON: %w", err)
		}
		return t, nil
	case "multipart/form-data":
		parts, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(maxForm)
		if err != nil {
			return t, fmt.Errorf("form: %w", err)
		}
		form = parts.Value
	default:
		if form, err = url.ParseQuery(string(body)); err != nil {
			return t, fmt.Errorf("form: %w", err)
		}
	}
	return mastodonText{
		Status: form.Get("status"), SpoilerText: form.Get("spoiler_text"), Visibility: form.Get("visibility"),
		Language: form.Get("language"), MediaIDs: form["media_ids[]"], ScheduledAt: form.Get("scheduled_at"),
		InReplyToID: form.Get("in_reply_to_id"),
	}, nil
}

// post answers a repeated key with the post that is there, whatever the body says now.
func (m *Mastodon) post(r *http.Request, c call) reply {
	if i := m.remembered(c); i >= 0 {
		m.held[i].Arrivals++
		if c.mood.Act == Replay {
			return m.refuse(http.StatusInternalServerError)
		}
		return reply{http.StatusOK, nil, m.status(m.held[i])}
	}
	t, err := readText(r, c.body)
	if err != nil {
		return failed(http.StatusBadRequest, "Bad Request: "+err.Error())
	}
	if refused, ok := m.refusesText(t); ok {
		return refused
	}
	if t.InReplyToID != "" && m.find(withID(t.InReplyToID)) < 0 {
		return m.refusesReply()
	}
	pictures, _ := m.attached(t.MediaIDs) // refusesText looked
	post := m.born(Held{
		ReplyTo: t.InReplyToID, Pictures: pictures,
		Text: t.Status, Warning: t.SpoilerText, Lang: t.Language, Visibility: m.visibility(t.Visibility, c.mood), key: c.key,
	})
	if post.Lang == "" {
		post.Lang = "en" // the account's own setting
	}
	if c.mood.Act != Drop {
		m.hold(post)
	}
	return reply{http.StatusOK, nil, m.status(post)}
}

func (m *Mastodon) remembered(c call) int {
	if m.options.Kind != MastodonKind || c.key == "" || c.mood.Act == Forget {
		return -1
	}
	return m.find(func(h Held) bool { return h.key == c.key && m.Now().Sub(h.At) < keyLife })
}

func (m *Mastodon) visibility(asked string, mood Mood) string {
	switch {
	case asked == "" && m.options.Kind == GoToSocial:
		return "unlisted"
	case asked != "" && asked != "public":
		return asked
	case m.options.Limited, mood.Act == Unlisted:
		return "unlisted"
	}
	return "public"
}

// refusesText tells why a text is not taken.
func (m *Mastodon) refusesText(t mastodonText) (reply, bool) {
	length := m.length(t.SpoilerText) + m.length(t.Status)
	empty := strings.TrimSpace(t.Status) == "" && len(t.MediaIDs) == 0
	if m.options.Kind == GoToSocial {
		switch {
		case empty:
			return failed(http.StatusBadRequest, "Bad Request: no text, media, or poll provided"), true
		case length > m.options.Limit:
			return failed(http.StatusBadRequest, fmt.Sprintf("Bad Request: text + content warning length %d exceeds limit %d", length, m.options.Limit)), true
		}
		return m.refusesForm(t, http.StatusBadRequest)
	}
	switch {
	case empty:
		return failed(http.StatusUnprocessableEntity, "Validation failed: Text can't be blank"), true
	case length > m.options.Limit:
		return failed(http.StatusUnprocessableEntity, "Validation failed: Text character limit of "+strconv.Itoa(m.options.Limit)+" exceeded"), true
	}
	return m.refusesForm(t, http.StatusUnprocessableEntity)
}

// refusesReply: a post that is not there cannot be answered.
func (m *Mastodon) refusesReply() reply {
	if m.options.Kind == GoToSocial {
		return failed(http.StatusBadRequest, "Bad Request: cannot reply to status that does not exist")
	}
	return failed(http.StatusNotFound, "The post you are trying to reply to does not appear to exist.")
}

// refusesForm: pictures have to be uploaded first, and Klartext never schedules there.
func (m *Mastodon) refusesForm(t mastodonText, status int) (reply, bool) {
	switch t.Visibility {
	case "", "public", "unlisted", "private", "direct":
	default:
		return failed(status, "Validation failed: Visibility is not included in the list"), true
	}
	pictures, ready := m.attached(t.MediaIDs)
	switch {
	case !ready && m.options.Kind == MastodonKind && len(pictures) == 0 && m.waiting(t.MediaIDs):
		return failed(status, "Cannot attach files that have not finished processing. Try again in a moment!"), true
	case !ready:
		return failed(status, "Validation failed: Media attachments not found"), true
	case len(t.MediaIDs) > mostPictures:
		return failed(status, "Cannot attach more than 4 files"), true
	case t.ScheduledAt != "":
		return failed(status, "Validation failed: Scheduled at the scheduled date must be in the future"), true
	}
	return reply{}, false
}

const mostPictures = 4

// waiting tells whether one of the pictures is there but not ready.
func (m *Mastodon) waiting(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return m.pictures[id] != nil && m.pictures[id].waits > 0 })
}
