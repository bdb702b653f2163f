package publishertest

import (
	"encoding/json"
	"net/http"
	"time"
)

// heaviestPicture is the largest picture that X takes, in bytes.
const heaviestPicture = 5 << 20

// upload takes a picture in, in one piece. Its description comes in a call of its own.
func (x *X) upload(r *http.Request, c call) reply {
	picture, ok := readPicture(r, c.body, "media", "")
	switch {
	case !ok:
		return invalid("$.media: is missing but it is required")
	case r.FormValue("media_category") != "tweet_image":
		return invalid("$.media_category: does not have a value in the enumeration")
	case picture.Bytes > heaviestPicture:
		return invalid("Image file size must be <= 5242880 bytes")
	}
	switch picture.Type {
	case "image/png", "image/jpeg", "image/webp":
	default:
		return invalid("Invalid or unsupported media, Reason: UnsupportedMedia.")
	}
	return x.told(x.keep(picture, c.mood))
}

// told is what X says of a picture: as long as it works on it, when to ask again.
func (x *X) told(p *Picture) reply {
	data := object{"id": p.ID, "media_key": "3_" + p.ID, "size": p.Bytes, "expires_after_secs": int(24 * time.Hour / time.Second)}
	switch {
	case p.waits > 0:
		data["processing_info"] = object{"state": "in_progress", "check_after_secs": 0, "progress_percent": 50}
	case p.broken:
		data["processing_info"] = object{"state": "failed", "error": object{"code": 1, "name": "InvalidMedia", "message": "file is currently unsupported"}}
	}
	return reply{http.StatusOK, nil, object{"data": data}}
}

func (x *X) progress(r *http.Request, _ call) reply {
	query := r.URL.Query()
	p, known := x.pictures[query.Get("media_id")]
	if !known || query.Get("command") != "STATUS" {
		return notFound(http.StatusNotFound, "media", "media_id", query.Get("media_id"))
	}
	if p.waits > 0 {
		p.waits--
	}
	return x.told(p)
}

func (x *X) describe(_ *http.Request, c call) reply {
	var said struct {
		ID       string
		Metadata struct {
			Alt struct{ Text string } `json:"alt_text"`
		}
	}
	if err := json.Unmarshal(c.body, &said); err != nil {
		return invalid(err.Error())
	}
	p, known := x.pictures[said.ID]
	if !known {
		return invalid("The media ID is invalid.")
	}
	p.Alt = said.Metadata.Alt.Text
	return reply{http.StatusOK, nil, object{"data": object{"id": p.ID, "associated_metadata": object{"alt_text": object{"text": p.Alt}}}}}
}
