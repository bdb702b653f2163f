package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"klartext/content"
)

// pictureFile is a PNG with an author's name in it that nobody should see.
func pictureFile(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	img.Set(3, 3, color.RGBA{R: 255, A: 255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "Secret Person"...)
}

// upload sends a file and its descriptions as a form does.
func (w *world) upload(role content.Role, name string, file []byte, alt map[string]string) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range alt {
		if err := form.WriteField(field, value); err != nil {
			w.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		w.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		w.t.Fatal(err)
	}
	req := w.toSite(http.MethodPost, "/api/v1/media", body.String())
	req.Header.Set("Content-Type", form.FormDataContentType())
	if role != "" {
		req.Header.Set("Authorization", "Bearer "+w.tokens[role])
	}
	res, err := w.app.Test(req, -1)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	a := answer{t: w.t, status: res.StatusCode, header: res.Header}
	if a.body, err = io.ReadAll(res.Body); err != nil {
		w.t.Fatal(err)
	}
	if err := json.Unmarshal(a.body, &a.parsed); err != nil {
		w.t.Fatalf("%q: %v", a.body, err)
	}
	return a
}

func TestAPictureIsUploadedReadAndShown(t *testing.T) {
	w := newWorld(t)
	file := pictureFile(t)
	a := w.upload(content.Author, "door.PNG", file, map[string]string{"alt[de]": " Eine Tür ", "alt[en]": "A door"})
	if a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	a.want("width", 40, "height", 20, "type", "image/png", "alt.de", "Eine Tür", "alt.en", "A door", "still", "<nil>", "by", w.Author.UserID)
	id := a.text("id")
	again := w.do(content.Approver, 201, "POST", "/media", object{
		"name": "other.png", "file": base64.StdEncoding.EncodeToString(file), "alt": object{"de": "Eine Tür", "en": "A door"},
	})
	again.want("id", id, "by", w.Author.UserID)
	w.do(content.Author, 200, "GET", "/media/"+id, nil).want("id", id, "size", a.at("size"))
	w.do(content.Author, 200, "GET", "/media", nil).want("items.0.id", id, "next", "<nil>")
	w.do(content.Author, 404, "GET", "/media/nothing", nil).want("code", "media_unknown")

	req := w.toSite(http.MethodGet, "/api/v1/media/"+id+"/file", "")
	req.Header.Set("Authorization", "Bearer "+w.tokens[content.Author])
	res, err := w.app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	shown, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(shown)); err != nil || img.Bounds().Dx() != 40 || bytes.Contains(shown, []byte("Secret")) {
		t.Errorf("%d bytes, %v", len(shown), err)
	}
	for name, want := range map[string]string{
		"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Content-Disposition": `attachment; filename="` + id[:12] + `.png"`,
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestWhatIsNoPictureIsRefusedWithItsReason(t *testing.T) {
	w := newWorld(t)
	alt := map[string]string{"alt[de]": "Eine Tür"}
	for name, c := range map[string]struct {
		file []byte
		alt  map[string]string
		want [2]string // field and code
	}{
		"a.svg":   {[]byte("<svg/>"), alt, [2]string{"file", "picture_svg"}},
		"a.jpg":   {pictureFile(t), alt, [2]string{"file", "picture_name"}},
		"a.png":   {nil, alt, [2]string{"file", "picture_empty"}},
		"b.png":   {pictureFile(t), nil, [2]string{"alt", "alt_none"}},
		"c.png":   {pictureFile(t), map[string]string{"alt[fr]": "Une porte"}, [2]string{"alt.fr", "lang_unknown"}},
		"d.png":   {pictureFile(t), map[string]string{"alt[de]": strings.Repeat("a", 1001)}, [2]string{"alt.de", "too_long"}},
		"big.png": {make([]byte, content.MaxUpload+1), alt, [2]string{"file", "picture_large"}},
	} {
		a := w.upload(content.Author, name, c.file, c.alt)
		if a.status != 422 || a.text("errors.0.field") != c.want[0] || a.text("errors.0.code") != c.want[1] {
			t.Errorf("%s: %d %s, want %v", name, a.status, a.body, c.want)
		}
	}
	w.upload(content.Author, "huge.png", make([]byte, 13<<20), alt).want("code", "picture_large")
	w.do(content.Author, 422, "POST", "/media", object{"file": "no base64!", "alt": object{"de": "a"}}).want("errors.0.code", "base64")
	if a := w.upload("", "a.png", pictureFile(t), alt); a.status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d", a.status)
	}
}

func TestThreadsPicturesAndReferenceInTheAPI(t *testing.T) {
	s := newWorld(t).shop()
	id := s.upload(content.Author, "door.png", pictureFile(t), map[string]string{"alt[en]": "A door"}).text("id")
	put := func(status int, lang string) answer {
		return s.do(content.Author, status, "PUT", "/changes/"+s.change+"/announcements", []object{{
			"channel": s.channel, "lang": lang, "text": "One.\n---\nTwo, which is longer.", "link": false, "thread": true, "reference": true, "media": []string{id},
		}})
	}
	put(422, "de").want("errors.0.field", "announcements.0.media", "errors.0.code", "alt_missing")
	a := put(200, "en")
	first := "One.\n\n" + a.text("hash")[:8]
	a.want("announcements.0.thread", true, "announcements.0.reference", true, "announcements.0.media", "["+id+"]", "announcements.0.length", 21,
		"announcements.0.parts.0.text", first, "announcements.0.parts.1.text", "Two, which is longer.", "announcements.0.parts.1.length", 21,
		"announcements.0.final_text", first+"\n\n---\n\nTwo, which is longer.")
	proposals := s.do(content.Author, 200, "GET", "/changes/"+s.change+"/announcements/proposals", nil)
	if proposals.count("items") == 0 || proposals.text("items.0.channel") != s.channel || proposals.at("items.0.link") != true {
		t.Errorf("%s", proposals.body)
	}
	s.publish()
	deliveries := s.do(content.Author, 200, "GET", "/deliveries?change="+s.change, nil)
	deliveries.want("items.0.text", first, "items.1.text", "Two, which is longer.")
}
