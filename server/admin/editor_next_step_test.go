package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"klartext/content"
)

// Everything that is missing is told at once, in the order of the form, by the names that stand there.
func TestNewEntryTellsAllThatIsMissing(t *testing.T) {
	d := newDesk(t)
	s := d.refuse(t, content.Author, "/admin/entries", d.page(t, content.Author, "/admin/entries/new").fields("main form"), 422)
	list := s.Find("#problems li")
	if list.Length() != 2 || !strings.HasPrefix(list.First().Text(), "Title (") || !strings.Contains(list.Last().Text(), "create a new one") {
		t.Errorf("it says %q", list.Text())
	}
	if s.Find(`[name="topic"]`).AttrOr("aria-invalid", "") != "true" {
		t.Error("the topic is not marked")
	}
}

func TestPlaceOfAnEntryMustBeANumber(t *testing.T) {
	d := newDesk(t)
	at := "/admin/entries/" + d.newEntry(t, "", "Where?") + "/settings"
	form := d.page(t, content.Author, at).fields("main form")
	form.Set("position", "first")
	if s := d.refuse(t, content.Author, at, form, 422); !strings.Contains(s.text("#problems"), "“first”") {
		t.Errorf("it says %q", s.text("#problems"))
	}
}

func TestChangeWithoutATitle(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Why?")
	form := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").fields("#propose form")
	form.Set("title", "")
	at, _, _ := strings.Cut(d.post(t, content.Author, "/admin/entries/"+entry+"/propose", form), "?")
	s := d.page(t, content.Author, at)
	if s.text("h1") != "Untitled change" {
		t.Errorf("its heading is %q", s.text("h1"))
	}
	slug := s.fields("#what form").Get("slug")
	if list := d.page(t, content.Author, "/admin/changes"); !strings.Contains(list.text(".list-title"), slug) {
		t.Errorf("among others it cannot be told apart: %q", list.text(".list-title"))
	}
	refused := d.refuse(t, content.Author, at+"/submit", nil, 422)
	if !strings.Contains(refused.text("#problems li"), "title") {
		t.Errorf("submitting does not say what is missing: %q", refused.text("#problems"))
	}
}

func TestScheduleErrorSpeaksOfTheSchedule(t *testing.T) {
	d := newDesk(t)
	at, _ := d.approved(t)
	form := d.page(t, content.Approver, at).fields("#schedule form")
	form.Set("publish_at", "2001-01-01T10:00")
	s := d.refuse(t, content.Approver, at+"/schedule", form, 422)
	if got := s.text("#problems h2"); got != "This has not been scheduled yet" {
		t.Errorf("the list of problems is headed %q", got)
	}
}

func TestNothingNewNothingToPropose(t *testing.T) {
	d := newDesk(t)
	at, entry := d.approved(t)
	path := "/admin/entries/" + entry + "/text/en"
	if d.page(t, content.Author, path).Find("#propose form").Length() == 0 {
		t.Error("a draft cannot be proposed")
	}
	d.post(t, content.Approver, at+"/publish", nil)
	s := d.page(t, content.Author, path)
	if s.Find("#propose form").Length() > 0 || !strings.Contains(s.text("#propose"), "Save a new draft") {
		t.Errorf("with nothing new it offers %q", s.text("#propose"))
	}
}

// A draft about another matter is not chosen by itself, the one that carries the entry is.
func TestWhichChangeIsChosen(t *testing.T) {
	d := newDesk(t)
	_, entry := d.ready(t)
	other := d.newEntry(t, "", "Where?")
	chosen := func(entry string) string {
		s := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en")
		return s.Find("#propose-change option[selected]").Text()
	}
	if got := chosen(other); got != "A new change" {
		t.Errorf("for another entry %q is chosen", got)
	}
	d.writeText(t, entry, "en", url.Values{"body": {"Because, again."}})
	if got := chosen(entry); got != "An answer" {
		t.Errorf("for its own entry %q is chosen", got)
	}
}

// Languages that are none must not take the site's names with them.
func TestSettingsKeepTheNamesThatWereTyped(t *testing.T) {
	d := newDesk(t)
	form := d.page(t, content.Admin, "/admin/settings").fields("main form")
	form.Set("site_name.de", "Der neue Name")
	form.Set("languages", "deutsch")
	s := d.refuse(t, content.Admin, "/admin/settings", form, 422)
	if got := s.fields("main form").Get("site_name.de"); got != "Der neue Name" {
		t.Errorf("the name came back as %q", got)
	}
}
