package api_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"testing"

	"klartext/content"
)

func TestLookOverTheAPI(t *testing.T) {
	w := newWorld(t)
	first, second := w.Entry(t, "first"), w.Entry(t, "second")
	w.do(content.Admin, 200, "PATCH", "/settings", object{
		"featured": []string{second.ID, first.ID}, "look": object{"accent": "#004488", "note": object{"de": "Hallo"}, "links": []object{{"label": object{"de": "Ort"}, "url": object{"de": "/ort"}}}},
	}).want("featured.0", second.ID, "featured.1", first.ID, "look.accent", "#004488", "look.note.de", "Hallo", "look.links.0.url.de", "/ort")
	w.do(content.Admin, 200, "PATCH", "/settings", object{"look": object{"lead": object{"en": "Hello"}}}).
		want("look.accent", "#004488", "look.note.de", "Hallo", "look.lead.en", "Hello", "featured.1", first.ID)
	w.do("", 200, "GET", "/settings", nil).want("look.accent", "#004488", "look.logo", "<nil>")
	w.do(content.Admin, 422, "PATCH", "/settings", object{"look": object{"accent": "#ffee00"}}).want("errors.0.field", "look.accent", "errors.0.code", "colour_contrast")
	w.do(content.Admin, 422, "PATCH", "/settings", object{"featured": []string{first.ID, nobodys}}).want("errors.0.field", "featured.1", "errors.0.code", "entry_unknown")
	w.do(content.Admin, 422, "PATCH", "/settings", object{"featured": []string{first.ID, first.ID}}).want("errors.0.code", "twice")
	w.do(content.Admin, 200, "PATCH", "/settings", object{"languages": []string{"en"}}).want("look.note", "map[]", "look.links", "[]")

	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 10))); err != nil {
		t.Fatal(err)
	}
	w.do(content.Admin, 422, "PUT", "/settings/logo", object{"image": "no base64"}).want("errors.0.code", "logo_form")
	w.do(content.Admin, 200, "PUT", "/settings/logo", object{"image": base64.StdEncoding.EncodeToString(b.Bytes())}).want("look.logo.width", 20, "look.logo.height", 10)
	w.do(content.Admin, 200, "PATCH", "/settings", object{"look": object{"note": object{"en": "x"}}}).want("look.logo.width", 20)
	w.do(content.Admin, 200, "DELETE", "/settings/logo", nil).want("look.logo", "<nil>")
}
