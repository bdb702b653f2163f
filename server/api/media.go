package api

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// announcementOperations are the calls around what an editor writes for the networks.
func announcementOperations() []operation {
	add := create[mediaInput, mediaJSON]("/media", "addMedia", content.WriteChange,
		"Upload a picture; it is read, turned upright and written anew without metadata. The same picture with the same descriptions is kept once")
	add.upload = true
	file := operation{
		method: http.MethodGet, path: version + "/media/{id}/file", name: "showMediaFile", act: content.ReadDrafts,
		summary: "The picture itself", status: http.StatusOK, file: true,
	}
	return []operation{
		get[listOf[proposalJSON]]("/changes/{id}/announcements/proposals", "listProposals", content.ReadDrafts,
			"For each connected channel and language: the change's summary, cut only between sentences, as it fits with the link"),
		get[listOf[mediaJSON]]("/media", "listMedia", content.ReadDrafts, "Pictures, newest first", paged()...),
		add,
		get[mediaJSON]("/media/{id}", "showMedia", content.ReadDrafts, "One picture, without its bytes"),
		file,
	}
}

type mediaInput struct {
	Name string       `json:"name" doc:"of the file; where it has an extension, that must fit the content"`
	File string       `json:"file" need:"true" doc:"PNG, JPEG, GIF (the first picture) or WebP, as base64, at most 8 MiB before that"`
	Alt  content.Text `json:"alt" need:"true" doc:"by language, what there is to see, for people who do not see it"`
}

type mediaJSON struct {
	ID      string       `json:"id" doc:"made of the picture and its descriptions: another description is another picture"`
	Type    string       `json:"type" enum:"image/png,image/jpeg"`
	Width   int          `json:"width"`
	Height  int          `json:"height"`
	Size    int          `json:"size" doc:"bytes"`
	SHA256  string       `json:"sha256" doc:"of the bytes"`
	Alt     content.Text `json:"alt"`
	Still   bool         `json:"still,omitempty" doc:"the file was an animation, of which only the first picture is kept"`
	Created time.Time    `json:"created_at"`
	By      string       `json:"by,omitempty" doc:"id of the user"`
}

func mediaOf(m content.Media) mediaJSON {
	return mediaJSON{
		ID: m.ID, Type: m.Type, Width: m.Width, Height: m.Height, Size: m.Size, SHA256: m.Hash, Alt: text(m.Alt), Created: stamp(m.Created), By: m.By,
	}
}

// uploadSchema describes the same as mediaInput as a form.
func uploadSchema() object {
	return object{
		"type": "object", "required": []string{"file"}, "properties": object{
			"file":    object{"type": "string", "contentMediaType": "image/*", "description": "at most 8 MiB"},
			"alt[de]": object{"type": "string", "description": "what there is to see, in German; alt[en] in English, and so on"},
			"alt[en]": object{"type": "string"},
		},
	}
}

// AddMedia keeps a picture.
func (h *Handlers) AddMedia(c *fiber.Ctx) error {
	in, err := h.readMedia(c)
	if err != nil {
		return err
	}
	m, still, err := h.Pictures.Add(c.UserContext(), web.Actor(c), in)
	if err != nil {
		return err
	}
	out := mediaOf(m)
	out.Still = still
	return answer(c, fiber.StatusCreated, out)
}

func (h *Handlers) readMedia(c *fiber.Ctx) (content.NewPicture, error) {
	if web.IsUpload(c) {
		form, file, err := web.ReadUpload(c)
		return content.NewPicture{Name: file.Name, File: file.Bytes, Alt: form.Langs("alt")}, err
	}
	in, err := read[mediaInput](h, c)
	if err != nil {
		return content.NewPicture{}, err
	}
	file, err := base64.StdEncoding.DecodeString(strings.TrimSpace(in.File))
	if err != nil {
		return content.NewPicture{}, &content.Error{
			Kind: content.Invalid, Code: content.CodeInvalid, Err: err,
			Fields: []content.FieldError{{Field: "file", Code: CodeBase64}},
		}
	}
	return content.NewPicture{Name: in.Name, File: file, Alt: in.Alt}, nil
}

// CodeBase64 says that a file in JSON is not written as base64.
const CodeBase64 content.Code = "base64"

// ListMedia lists the newest pictures.
func (h *Handlers) ListMedia(c *fiber.Ctx) error {
	all, err := h.Pictures.List(c.UserContext(), web.Actor(c), maxMedia)
	if err != nil {
		return err
	}
	return sendList(c, all, func(m content.Media) string { return m.ID }, mediaOf)
}

// maxMedia is how many pictures can be listed; older ones are known by the announcements that show them.
const maxMedia = 1000

// ShowMedia answers with one picture, without its bytes.
func (h *Handlers) ShowMedia(c *fiber.Ctx) error {
	id, err := id(c, content.CodeMediaUnknown)
	if err != nil {
		return err
	}
	m, err := h.Pictures.Info(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, mediaOf(m))
}

// ShowMediaFile answers with the bytes of a picture.
func (h *Handlers) ShowMediaFile(c *fiber.Ctx) error {
	id, err := id(c, content.CodeMediaUnknown)
	if err != nil {
		return err
	}
	m, err := h.Pictures.Get(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	return web.SendPicture(c, m)
}
