package publishertest

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
)

// upload takes a picture in with its description.
func (m *Mastodon) upload(r *http.Request, c call) reply {
	picture, ok := readPicture(r, c.body, "file", "description")
	if !ok {
		return failed(http.StatusUnprocessableEntity, "Validation failed: File can't be blank")
	}
	if !slices.Contains([]string{"image/png", "image/jpeg", "image/webp", "image/gif"}, picture.Type) {
		return failed(http.StatusUnprocessableEntity, "Validation failed: File content type is invalid, File is invalid")
	}
	kept := m.keep(picture, c.mood)
	if kept.waits > 0 {
		return reply{http.StatusAccepted, nil, m.attachment(*kept)}
	}
	return reply{http.StatusOK, nil, m.attachment(*kept)}
}

// readPicture reads the picture and its description from a form; its type is told by its first bytes.
func readPicture(r *http.Request, body []byte, file, description string) (p Picture, ok bool) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return p, false
	}
	form, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(maxBody)
	if err != nil || len(form.File[file]) != 1 {
		return p, false
	}
	part, err := form.File[file][0].Open()
	if err != nil {
		return p, false
	}
	content, err := io.ReadAll(part)
	if texts := form.Value[description]; len(texts) > 0 {
		p.Alt = texts[0]
	}
	p.Type, p.Bytes = http.DetectContentType(content), len(content)
	return p, err == nil && len(content) > 0
}

// attachment is a picture as the server tells of it: without an address as long as it works on it.
func (m *Mastodon) attachment(p Picture) object {
	address := any(m.URL + "/system/media/" + p.ID)
	if p.waits > 0 {
		address = nil
	}
	return object{
		"id": p.ID, "type": "image", "url": address, "preview_url": address, "remote_url": nil, "preview_remote_url": nil, "text_url": nil,
		"description": p.Alt, "blurhash": nil, "meta": nil,
	}
}

// picture tells whether a picture is ready.
func (m *Mastodon) picture(r *http.Request, _ call) reply {
	p, known := m.pictures[r.PathValue("id")]
	switch {
	case !known:
		return m.refuse(http.StatusNotFound)
	case p.waits > 0:
		p.waits--
		return reply{http.StatusPartialContent, nil, m.attachment(Picture{ID: p.ID, Alt: p.Alt, waits: 1})}
	case p.broken:
		return failed(http.StatusUnprocessableEntity, "There was a problem processing the media attachment")
	}
	return reply{http.StatusOK, nil, m.attachment(*p)}
}

// describe changes a picture that is not in a post yet.
func (m *Mastodon) describe(r *http.Request, _ call) reply {
	p, known := m.pictures[r.PathValue("id")]
	if !known {
		return m.refuse(http.StatusNotFound)
	}
	p.Alt = r.FormValue("description")
	return reply{http.StatusOK, nil, m.attachment(*p)}
}
