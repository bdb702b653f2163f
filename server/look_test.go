package server_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"klartext/content"
)

func smallPNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 60, 40))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *world) upload(path, field string, raw []byte) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile(field, "logo.png")
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := file.Write(raw); err != nil {
		w.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.send(http.MethodPost, path, nil, func(r *http.Request) {
		sent := httptest.NewRequestWithContext(w.t.Context(), http.MethodPost, path, &body)
		r.Body, r.ContentLength = sent.Body, sent.ContentLength
		r.Header.Set("Content-Type", form.FormDataContentType())
	})
}

func TestEditorsChooseWhatIsReadFirst(t *testing.T) {
	w := newWorld(t)
	entry := w.Entry(t, "location")
	w.Publish(t, w.Change(t, "first", w.Write(t, entry.ID, "en", "Do you track me?")).ID)
	w.login(w.Admin)
	bad := w.post("/admin/look", "featured.0", "", "featured.1", "nowhere", "look.accent", "#ffd400", "look.headline.en", "Our <data>").is(422)
	bad.says("#e-featured-1", "no such entry")
	if bad.value("#f-featured-1") != "nowhere" || bad.value("#f-look-headline-en") != "Our <data>" {
		t.Error("what was typed is lost")
	}
	bad = w.post("/admin/look", "featured.1", "location", "look.accent", "#ffd400").is(422).says("#e-look-accent", "7 : 1")
	near := strings.Fields(bad.find("#e-look-accent").Text())
	colour := strings.Trim(near[len(near)-1], ".")
	w.post("/admin/look", "featured.1", "location", "featured.3", "location").is(422).find("#e-featured-3")
	w.post("/admin/look", "featured.1", "location", "look.accent", colour, "look.headline.en", "Our <data>", "look.links.0.label.de", "", "look.links.0.label.en", "Jobs", "look.links.0.url.en", "https://shop.example/jobs").
		to("/admin/look?note=saved")
	w.get("/admin/look").is(200)
	w.refresh()
	home := w.get("/en/").is(200).says("h1", "Our <data>").says(".bottom", "Jobs").says("section[aria-labelledby=featured]", "Do you track me?")
	if !strings.Contains(home.find("style").Text(), "--accent:"+colour) {
		t.Error("the colour that was proposed is not in the page")
	}
	w.login(w.Author)
	w.get("/admin/look").to("/admin/account")
	w.post("/admin/look").is(403)
}

func TestLogoReachesReaders(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	w.upload("/admin/look/logo", "logo", []byte("<svg/>")).is(422).says("#e-logo", "PNG")
	w.upload("/admin/look/logo", "other", smallPNG(t)).is(422).find("#e-logo")
	w.post("/admin/look/logo").is(415)
	w.upload("/admin/look/logo", "logo", smallPNG(t)).to("/admin/look?note=saved")
	w.refresh()
	home := w.get("/en/").is(200)
	src, _ := home.find(".top .name img").Attr("src")
	if alt, _ := home.find(".top .name img").Attr("alt"); alt != "Klartext" {
		t.Errorf("the logo is read out as %q", alt)
	}
	shown := w.get(src).is(200)
	if shown.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(shown.Text, "\x89PNG") {
		t.Errorf("the logo comes as %s", shown.Header.Get("Content-Type"))
	}
	w.get("/logo/0000000000000000.png").is(404)
	w.post("/admin/look", "look.headline.en", "x").to("/admin/look?note=saved")
	w.refresh()
	w.get("/en/").is(200).find(".top .name img") // texts are saved without losing the logo
	w.post("/admin/look/logo/remove").to("/admin/look?note=saved")
	w.refresh()
	w.get("/en/").is(200).says(".top .name", "Klartext")
	w.get(src).is(404)
}

func TestAStrangersLogoIsRefused(t *testing.T) {
	w := newWorld(t)
	if _, err := (&content.Site{Store: w.Store, Now: w.Now}).SetLogo(t.Context(), w.Author, []byte("x")); content.KindOf(err) != content.Forbidden {
		t.Errorf("got %v", err)
	}
}
