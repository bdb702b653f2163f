package api_test

import (
	"strings"
	"testing"

	"klartext/content"
)

func TestVoicesOverTheAPI(t *testing.T) {
	w := newWorld(t)
	entry := w.Entry(t, "location")
	w.Publish(t, w.Change(t, "first", w.Write(t, entry.ID, "en", "Do you track me?")).ID)
	asked := w.do(content.Author, 201, "POST", "/questions", object{"lang": "en", "text": "Do you know who I am?", "about": entry.ID})
	if !strings.HasSuffix(asked.text("url"), "/en/questions/"+asked.text("receipt")) {
		t.Errorf("the receipt is at %q", asked.text("url"))
	}
	w.do(content.Author, 422, "POST", "/questions", object{"lang": "en", "text": "Why?"}).want("errors.0.code", "question_short")
	list := w.do(content.Author, 200, "GET", "/questions?state=new", nil)
	list.want("items.0.text", "Do you know who I am?", "items.0.about", entry.ID, "items.0.state", "new", "items.0.answer", "<nil>")
	list.lacks(asked.text("receipt"))
	own := "/questions/" + list.text("items.0.id")
	w.do(content.Author, 422, "POST", own+"/answer", object{"entry": entry.ID, "lang": "en", "version": 2}).want("errors.0.field", "version")
	w.do(content.Author, 200, "POST", own+"/answer", object{"entry": entry.ID, "lang": "en", "version": 1}).want("state", "answered", "answer.version", 1)
	w.do(content.Author, 200, "GET", "/questions?state=new", nil).want("items", "[]")
	w.do(content.Author, 200, "POST", own+"/reopen", nil).want("state", "new", "answer", "<nil>")
	w.do(content.Author, 200, "POST", own+"/close", object{"word": "No."}).want("state", "closed", "word", "No.")
	w.do(content.Author, 404, "GET", "/questions/"+nobodys, nil)

	for _, clear := range []bool{true, false} {
		w.do(content.Author, 201, "POST", "/votes", object{"entry": entry.ID, "lang": "en", "version": 1, "clear": clear, "sentence": "Well."})
	}
	w.do(content.Author, 404, "POST", "/votes", object{"entry": entry.ID, "lang": "en", "version": 2, "clear": true})
	w.do(content.Author, 200, "GET", "/vote-counts", nil).want("items.0.entry", entry.ID, "items.0.yes", 1, "items.0.no", 1, "items.0.share", 50)
	if n := w.do(content.Author, 200, "GET", "/votes?limit=1", nil).count("items"); n != 1 {
		t.Errorf("%d votes in a list of one", n)
	}
}
