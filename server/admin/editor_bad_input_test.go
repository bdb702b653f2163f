package admin_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"klartext/content"
)

// What cannot be saved is explained beside its field, and everything typed is still there.
func TestRefusedTextIsKept(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "Warum?", "Why?")
	at := "/admin/entries/" + entry + "/text/en"
	for _, test := range []struct {
		name, field, wrong string
		also               url.Values
	}{
		{"nested too deep", "body", strings.Repeat("> ", 10_000) + "deep", nil},
		{"no title", "title", " ", nil},
		{"a link that is none", "choices.0.url", "javascript:alert(1)", url.Values{"choices.0.label": {"Click"}}},
		{"a view nested too deep", "perspectives.critic", strings.Repeat("> ", 10_000) + "deep", nil},
		{"an example nested too deep", "examples.0", strings.Repeat("> ", 10_000) + "deep", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			form := d.page(t, content.Author, at).fields("form.edit")
			form.Set("short_answer", "Kept, whatever happens.")
			form.Set(test.field, test.wrong)
			maps.Copy(form, test.also)
			s := d.refuse(t, content.Author, at+"/revisions", form, 422)
			again := s.fields("form.edit")
			if strings.TrimSpace(again.Get(test.field)) != strings.TrimSpace(test.wrong) || again.Get("short_answer") != "Kept, whatever happens." {
				t.Fatalf("%s came back as %.60q", test.field, again.Get(test.field))
			}
			control := s.Find(`[name="` + test.field + `"]`)
			if control.AttrOr("aria-invalid", "") != "true" || s.text("#"+strings.Fields(control.AttrOr("aria-describedby", ""))[0]) == "" {
				t.Errorf("nothing stands beside %s", test.field)
			}
			if s.Find("#problems a").Length() == 0 || !strings.HasPrefix(s.text("title"), "Please check") && s.text("title") == "" {
				t.Error("the page does not say above what is wrong")
			}
		})
	}
	list, err := d.store.Revisions(t.Context(), entry, "en")
	check(t, err)
	if len(list) != 1 {
		t.Fatalf("%d revisions after nothing was accepted", len(list))
	}
}

func TestUnknownLanguage(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Why?")
	s := d.send(t, content.Author, "GET", "/admin/entries/"+entry+"/text/fr", nil)
	if s.status != 404 || !strings.Contains(s.text("main"), "French") || !strings.Contains(s.text("main"), "German, English") {
		t.Fatalf("%d %s", s.status, s.text("main"))
	}
	kept := d.refuse(t, content.Author, "/admin/entries/"+entry+"/text/fr/revisions", url.Values{"title": {"Pourquoi ?"}, "body": {"Parce que."}}, 422)
	if form := kept.fields("form.edit"); form.Get("title") != "Pourquoi ?" || form.Get("body") != "Parce que." {
		t.Fatalf("the text is gone: %v", form)
	}
}

// A body too large for the server gets an answer, in the reader's language; what fits is taken.
func TestLargeTexts(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Why?")
	at := "/admin/entries/" + entry + "/text/en"
	s := d.send(t, content.Author, "POST", at+"/revisions", url.Values{"title": {"Why?"}, "body": {strings.Repeat("word ", 1<<20)}})
	if s.status != 413 || s.text("main") == "" {
		t.Fatalf("5 MB: %d %s", s.status, s.text("main"))
	}
	form := d.page(t, content.Author, at).fields("form.edit")
	form.Set("body", strings.Repeat("words of a long answer, ", 60_000)) // 1.4 MB: the server takes it, the renderer refuses it
	kept := d.refuse(t, content.Author, at+"/revisions", form, 422)
	if len(kept.fields("form.edit").Get("body")) < 1_400_000 {
		t.Fatal("a long text was cut")
	}
}

// Every text is foreign: nothing typed becomes markup.
func TestHostileTexts(t *testing.T) {
	d := newDesk(t)
	bad := `"><img src=x onerror=alert(1)><script>alert(2)</script>`
	channel := d.channel(t, bad, "en")
	entry := d.newEntry(t, "", bad)
	d.writeText(t, entry, "en", url.Values{"short_answer": {bad}, "choices.0.label": {bad}})
	text := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").fields("form.edit")
	text.Set("body", bad+" [x](javascript:alert(1))") // raw HTML is rewritten when it is saved
	text.Set("examples.0", bad)
	d.post(t, content.Author, "/admin/entries/"+entry+"/text/en/revisions", text)
	form := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").fields("#propose form")
	form.Set("title", bad)
	to := d.post(t, content.Author, "/admin/entries/"+entry+"/propose", form)
	change, _, _ := strings.Cut(to, "?")
	what := d.page(t, content.Author, change).fields("#what form")
	what.Set("why.en", bad)
	d.post(t, content.Author, change, what)
	d.announce(t, strings.TrimPrefix(change, "/admin/changes/"), channel, "en", bad)
	for _, path := range []string{
		change, "/admin/changes", "/admin/entries", "/admin/entries?q=" + url.QueryEscape(bad), "/admin/topics",
		"/admin/entries/" + entry + "/text/en", "/admin/entries/" + entry + "/text/de", "/admin/entries/" + entry + "/settings",
	} {
		s := d.page(t, content.Author, path)
		if s.Find("img, script:not([src]), [onerror], a[href^='javascript']").Length() > 0 {
			t.Errorf("%s: markup got through", path)
		}
	}
}

func TestFactsThatAreWrong(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Where?")
	at := "/admin/entries/" + entry + "/facts"
	form := d.page(t, content.Author, at).fields("form.edit")
	form.Set("retention.count", "three")
	form.Set("retention.unit", "Y")
	form.Set("countries.0", "Atlantis")
	form.Set("recipients.0.role.en", "carries parcels")
	s := d.refuse(t, content.Author, at, form, 422)
	again := s.fields("form.edit")
	if again.Get("retention.count") != "three" || again.Get("retention.unit") != "Y" || again.Get("recipients.0.role.en") != "carries parcels" {
		t.Fatalf("came back as %v", again)
	}
	for _, field := range []string{"countries.0", "recipients.0.name", "retention.count"} {
		if s.Find(`[name="`+field+`"]`).AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s is not marked", field)
		}
	}
	if again.Get("retention.duration") != "" || again.Get("countries.0") != "Atlantis" {
		t.Errorf("what was typed has changed: %v", again)
	}
	// The sentences speak of what was typed, not of what was made of it.
	list := s.Find("#problems li").Text()
	for _, words := range []string{"“three”", "“Atlantis”"} {
		if !strings.Contains(list, words) {
			t.Errorf("the list of problems does not name %s: %s", words, list)
		}
	}
	if strings.Contains(list, "PTHREEY") {
		t.Errorf("the list of problems shows a duration that nobody typed: %s", list)
	}
}
