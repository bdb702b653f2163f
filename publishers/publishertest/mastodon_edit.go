package publishertest

import (
	"net/http"
	"slices"
)

// one runs an act on the post that a path names.
func (m *Mastodon) one(r *http.Request, do func(*Held) reply) reply {
	i := m.find(withID(r.PathValue("id")))
	if i < 0 {
		return m.refuse(http.StatusNotFound)
	}
	return do(&m.held[i])
}

func (m *Mastodon) read(r *http.Request, _ call) reply {
	return m.one(r, func(h *Held) reply { return reply{http.StatusOK, nil, m.status(*h)} })
}

func (m *Mastodon) source(r *http.Request, _ call) reply {
	return m.one(r, func(h *Held) reply {
		return reply{http.StatusOK, nil, object{"id": h.ID, "text": h.Text, "spoiler_text": h.Warning}}
	})
}

// change replaces every field: what is not sent again is gone.
func (m *Mastodon) change(r *http.Request, c call) reply {
	return m.one(r, func(h *Held) reply {
		t, err := readText(r, c.body)
		if err != nil {
			return failed(http.StatusBadRequest, "Bad Request: "+err.Error())
		}
		if refused, ok := m.refusesText(t); ok {
			return refused
		}
		pictures, _ := m.attached(t.MediaIDs) // refusesText looked
		same := t.Status == h.Text && t.SpoilerText == h.Warning && (t.Language == "" || t.Language == h.Lang) && slices.Equal(pictures, h.Pictures)
		if same && m.options.Kind == GoToSocial {
			return failed(http.StatusUnprocessableEntity, "Unprocessable Entity: status not changed")
		}
		if c.mood.Act == Drop {
			return reply{http.StatusOK, nil, m.status(*h)}
		}
		h.Text, h.Warning, h.Pictures = t.Status, t.SpoilerText, pictures
		if t.Language != "" {
			h.Lang = t.Language
		}
		if !same {
			h.Edited = m.Now().UTC()
		}
		return reply{http.StatusOK, nil, m.status(*h)}
	})
}

// remove answers with the source, so that a person can write it anew.
func (m *Mastodon) remove(r *http.Request, _ call) reply {
	return m.one(r, func(h *Held) reply {
		gone := m.status(*h)
		gone["text"] = h.Text
		m.lose(h.ID)
		return reply{http.StatusOK, nil, gone}
	})
}
