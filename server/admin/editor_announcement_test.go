package admin_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"klartext/content"
)

func pictureFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

// upload sends a form with a file, as a browser without scripts does.
func (d *desk) upload(t *testing.T, path string, form url.Values, file []byte, change ...func(*http.Request)) seen {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			check(t, parts.WriteField(name, value))
		}
	}
	part, err := parts.CreateFormFile("file", "door.png")
	check(t, err)
	_, err = part.Write(file)
	check(t, err)
	check(t, parts.Close())
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &body)
	req.Host = strings.TrimPrefix(deskBase, "http://")
	req.Header.Set("Cookie", "klartext_session="+d.sessions[content.Author])
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Content-Type", parts.FormDataContentType())
	for _, f := range change {
		f(req)
	}
	resp, err := d.App().Test(req, -1)
	check(t, err)
	defer func() { _ = resp.Body.Close() }()
	doc, err := goquery.NewDocumentFromReader(resp.Body)
	check(t, err)
	return seen{Document: doc, status: resp.StatusCode, location: resp.Header.Get("Location")}
}

// typed is the form of the announcements with a text in each language.
func (d *desk) typed(t *testing.T, at string) url.Values {
	t.Helper()
	form := d.page(t, content.Author, at).fields("#announcements form")
	form.Set("announcements.0.text", "Getippt.")
	form.Set("announcements.1.text", "Typed.")
	return form
}

func TestAPictureIsUploadedAndNothingTypedIsLost(t *testing.T) {
	d := newDesk(t)
	d.channel(t, "Our shop", "de", "en")
	at, _ := d.ready(t)
	form := d.typed(t, at)
	form.Set("alt.en", "")
	s := d.upload(t, at+"/pictures", form, pictureFile(t))
	if s.status != 422 || s.Find("#e-alt-en, #e-alt-de").Length() != 2 || s.Find("details#upload[open]").Length() != 1 {
		t.Fatalf("%d %s", s.status, s.text("main"))
	}
	wellMade(t, "an upload without a description", s)
	form.Set("alt.en", "A door")
	s = d.upload(t, at+"/pictures", form, pictureFile(t))
	if s.status != 200 || !strings.Contains(s.text(".note"), "1 post shows it") {
		t.Fatalf("%d %s", s.status, s.text("main"))
	}
	wellMade(t, "after an upload", s)
	again := s.fields("#announcing")
	id := again.Get("announcements.1.media")
	if again.Get("announcements.0.text") != "Getippt." || again.Get("announcements.1.text") != "Typed." || id == "" || again.Get("announcements.0.media") != "" {
		t.Fatalf("%v", again)
	}
	if s.Find("#announcing[data-unsaved]").Length() != 1 || s.Find(`input[name="announcements.0.media"][disabled]`).Length() != 1 {
		t.Error("what is not saved, or cannot be chosen, is not marked")
	}
	d.post(t, content.Author, at+"/announcements", again)
	page := d.page(t, content.Author, at)
	if page.Find(`.as-sent img[src="/admin/media/`+id+`/small"]`).Length() != 1 || !strings.Contains(page.text(".as-sent figcaption"), "A door") {
		t.Fatalf("%s", page.text("#announcements"))
	}
	form.Set("announcements.0.media", id)
	refused := d.refuse(t, content.Author, at+"/announcements", form, 422)
	if !strings.Contains(refused.text("#e-announcements-0"), "German") {
		t.Errorf("%s", refused.text("#announcements"))
	}
}

func TestPicturesAreForPeopleWhoAreLoggedIn(t *testing.T) {
	d := newDesk(t)
	d.channel(t, "Our shop", "en")
	at, _ := d.ready(t)
	form := d.page(t, content.Author, at).fields("#announcements form")
	form.Set("announcements.0.text", "Typed.")
	form.Set("alt.en", "A door")
	id := d.upload(t, at+"/pictures", form, pictureFile(t)).fields("#announcing").Get("announcements.0.media")
	for _, path := range []string{"/admin/media/" + id, "/admin/media/" + id + "/small"} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		req.Host = strings.TrimPrefix(deskBase, "http://")
		stranger, err := d.App().Test(req, -1)
		check(t, err)
		check(t, stranger.Body.Close())
		if stranger.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: a stranger gets %d", path, stranger.StatusCode)
		}
		req.Header.Set("Cookie", "klartext_session="+d.sessions[content.Author])
		resp, err := d.App().Test(req, -1)
		check(t, err)
		if _, err := png.Decode(resp.Body); err != nil || resp.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" ||
			resp.Header.Get("X-Content-Type-Options") != "nosniff" || resp.Header.Get("Content-Type") != "image/png" {
			t.Errorf("%s: %v %v", path, err, resp.Header)
		}
		check(t, resp.Body.Close())
	}
}

// An old browser says nothing of where a form came from; then the form must carry the session's token.
func TestAForgedUploadIsRefused(t *testing.T) {
	d := newDesk(t)
	d.channel(t, "Our shop", "en")
	at, _ := d.ready(t)
	form := d.page(t, content.Author, at).fields("#announcements form")
	form.Set("alt.en", "A door")
	silent := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }
	if s := d.upload(t, at+"/pictures", form, pictureFile(t), silent); s.status != 200 {
		t.Errorf("with the token: %d", s.status)
	}
	form.Set("_csrf", "another")
	if s := d.upload(t, at+"/pictures", form, pictureFile(t), silent); s.status != 403 {
		t.Errorf("with another token: %d", s.status)
	}
	if s := d.upload(t, at+"/pictures", form, pictureFile(t), func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }); s.status != 403 {
		t.Errorf("from another site: %d", s.status)
	}
	ended := d.upload(t, at+"/pictures", form, pictureFile(t), func(r *http.Request) { r.Header.Set("Cookie", "klartext_session=gone") })
	if ended.status != 401 || ended.Find(`textarea[name="alt.en"]`).Text() != "A door" {
		t.Errorf("after the session: %d %s", ended.status, ended.text("main"))
	}
}

func TestProposalsFillWhatIsEmpty(t *testing.T) {
	d := newDesk(t)
	d.channel(t, "Our shop", "de", "en")
	at, _ := d.ready(t)
	what := d.page(t, content.Author, at).fields("#what form")
	what.Set("summary.en", "We keep less.")
	what.Set("summary.de", strings.Repeat("Wir behalten weniger ", 20)+"als zuvor.")
	d.post(t, content.Author, at, what)
	form := d.page(t, content.Author, at).fields("#announcements form")
	s := d.send(t, content.Author, http.MethodPost, at+"/proposals", form)
	if s.status != 200 || !strings.Contains(s.text(".note"), "1 proposal") {
		t.Fatalf("%d %s", s.status, s.text("main"))
	}
	wellMade(t, "proposals", s)
	if got := s.fields("#announcing"); got.Get("announcements.1.text") != "We keep less." || got.Get("announcements.0.text") != "" {
		t.Errorf("%v", got)
	}
	if !strings.Contains(s.text("#p-announcements-0"), "too long") {
		t.Errorf("nothing says why there is no German proposal: %s", s.text("#announcements"))
	}
	form.Set("announcements.1.text", "Mine.")
	if got := d.send(t, content.Author, http.MethodPost, at+"/proposals", form).fields("#announcing"); got.Get("announcements.1.text") != "Mine." {
		t.Errorf("a proposal took the place of what was written: %v", got)
	}
	if c, err := d.store.Changes(t.Context(), ""); err != nil || len(c[0].Announcements) > 0 {
		t.Errorf("a proposal was saved: %v", err)
	}
}

func TestAThreadIsCountedPartByPart(t *testing.T) {
	d := newDesk(t)
	ch := d.channel(t, "Our shop", "en")
	at, _ := d.ready(t)
	s := d.send(t, content.Author, http.MethodPost, at+"/length", url.Values{
		"channel": {ch.ID}, "lang": {"en"}, "text": {"One.\n---\n" + strings.Repeat("x", 201)}, "thread": {"1"},
	})
	if s.Find(".as-sent").Length() != 2 || s.text("[data-over]") != "1 character too long" || !strings.Contains(s.text("[data-cost]"), "0.40") {
		t.Fatalf("%s", s.html)
	}
}
