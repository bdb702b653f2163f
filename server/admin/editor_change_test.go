package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"klartext/content"
)

// ready makes a change that can be submitted, and answers its address and its entry.
func (d *desk) ready(t *testing.T) (at, entry string) {
	t.Helper()
	entry = d.newEntry(t, "", "Why?")
	d.writeText(t, entry, "en", url.Values{"body": {"Because."}})
	form := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").fields("#propose form")
	form.Set("title", "An answer")
	at, _, _ = strings.Cut(d.post(t, content.Author, "/admin/entries/"+entry+"/propose", form), "?")
	what := d.page(t, content.Author, at).fields("#what form")
	what.Set("why.en", "People asked.")
	d.post(t, content.Author, at, what)
	return at, entry
}

// approved takes it as far as that.
func (d *desk) approved(t *testing.T) (at, entry string) {
	t.Helper()
	at, entry = d.ready(t)
	d.post(t, content.Author, at+"/submit", nil)
	d.post(t, content.Approver, at+"/approve", d.page(t, content.Approver, at).fields(`form[action$="/approve"]`))
	return at, entry
}

func TestApprovalIsForWhatWasSeen(t *testing.T) {
	d := newDesk(t)
	at, _ := d.ready(t)
	d.post(t, content.Author, at+"/submit", nil)
	seen := d.page(t, content.Approver, at).fields(`form[action$="/approve"]`)
	edit := d.page(t, content.Author, at+"?edit=1")
	if edit.Find("#what .warning").Length() == 0 {
		t.Error("nothing warns that an edit takes the change back")
	}
	what := edit.fields("#what form")
	what.Set("why.en", "Something else.")
	d.post(t, content.Author, at, what)
	d.post(t, content.Author, at+"/submit", nil)
	s := d.refuse(t, content.Approver, at+"/approve", seen, 409)
	if s.text("#problems") == "" || s.Find(`form[action$="/approve"]`).Length() != 1 {
		t.Fatalf("%s", s.text("main"))
	}
	d.refuse(t, content.Author, at+"/approve", seen, 403)
}

func TestRequestEdits(t *testing.T) {
	d := newDesk(t)
	at, _ := d.ready(t)
	d.post(t, content.Author, at+"/submit", nil)
	d.post(t, content.Approver, at+"/request-edits", url.Values{"note": {"Say it shorter."}})
	if got := d.page(t, content.Author, at).text(".review-note"); !strings.Contains(got, "Say it shorter.") {
		t.Fatalf("the note reads %q", got)
	}
	long := strings.Repeat("x", 6000)
	d.post(t, content.Author, at+"/submit", nil)
	if s := d.refuse(t, content.Approver, at+"/request-edits", url.Values{"note": {long}}, 422); s.Find("textarea[name=note]").Text() == "" {
		t.Fatal("a note that is too long is gone")
	}
}

func TestSchedule(t *testing.T) {
	d := newDesk(t)
	at, _ := d.approved(t)
	form := d.page(t, content.Approver, at).fields("#schedule form")
	if form.Get("publish_at") != "2026-09-02T09:00" {
		t.Fatalf("proposes %q", form.Get("publish_at"))
	}
	for value, want := range map[string]string{
		"2027-03-28T02:30": "clocks go forward", "2026-08-01T09:00": "has passed", "soon": "day and a time",
	} {
		form.Set("publish_at", value)
		s := d.refuse(t, content.Approver, at+"/schedule", form, 422)
		if !strings.Contains(s.text("#e-publish_at"), want) || s.Find("#f-publish_at").AttrOr("value", "") != value {
			t.Errorf("%s: %q", value, s.text("#schedule"))
		}
	}
	form.Set("publish_at", "2026-10-25T02:30")
	twice := d.refuse(t, content.Approver, at+"/schedule", form, 422)
	if twice.Find("input[name=offset]").Length() != 2 {
		t.Fatalf("the hour that comes twice: %s", twice.text("#schedule"))
	}
	form.Set("offset", "+01:00")
	d.post(t, content.Approver, at+"/schedule", form)
	shown := d.page(t, content.Approver, at)
	if !strings.Contains(shown.text(".when"), "25 October 2026, 02:30 CET") || shown.fields("#schedule form").Get("publish_at") != "2026-10-25T02:30" {
		t.Fatalf("scheduled for %q", shown.text(".when"))
	}
	d.post(t, content.Approver, at+"/cancel", nil)
	d.page(t, content.Approver, at)
}

func TestTakeDown(t *testing.T) {
	d := newDesk(t)
	at, entry := d.approved(t)
	d.post(t, content.Approver, at+"/publish", nil)
	page := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en")
	form := page.fields("#take-down form")
	s := d.refuse(t, content.Author, "/admin/entries/"+entry+"/withdraw", form, 422)
	if s.Find("#take-down details[open]").Length() != 1 {
		t.Fatal("the form without a reason is not shown again")
	}
	form.Set("reason", "We no longer do this.")
	form.Set("title", "Gone")
	change, _, _ := strings.Cut(d.post(t, content.Author, "/admin/entries/"+entry+"/withdraw", form), "?")
	shown := d.page(t, content.Author, change)
	if shown.fields(".withdrawal form").Get("withdraw.0.reason") != "We no longer do this." {
		t.Fatalf("%s", shown.text("#pieces"))
	}
	reason := shown.fields(".withdrawal form")
	reason.Set("withdraw.0.reason", "We stopped doing this in May.")
	reason.Set("do", "save")
	d.post(t, content.Author, change+"/withdrawals", reason)
	if stale := d.refuse(t, content.Author, change+"/withdrawals", reason, 409); stale.Find(".choices-bar").Length() == 0 {
		t.Fatal("a reason on an old edition is lost")
	}
	reason = d.page(t, content.Author, change).fields(".withdrawal form")
	reason.Set("do", "remove")
	d.post(t, content.Author, change+"/withdrawals", reason)
	if d.page(t, content.Author, change).Find(".piece").Length() != 0 {
		t.Fatal("the withdrawal is still there")
	}
}

func TestPieces(t *testing.T) {
	d := newDesk(t)
	at, entry := d.ready(t)
	d.writeText(t, entry, "en", url.Values{"body": {"Because, and because."}})
	page := d.page(t, content.Author, at)
	newest := page.fields(".piece .warning form")
	newest.Set("do", "newest")
	d.post(t, content.Author, at+"/pieces", newest)
	page = d.page(t, content.Author, at)
	if page.Find(".piece .warning").Length() != 0 || !strings.Contains(page.text(".piece .diff"), "Because, and because.") {
		t.Fatalf("%s", page.text("#pieces"))
	}
	remove := page.fields(".take-out")
	remove.Set("do", "remove")
	d.post(t, content.Author, at+"/pieces", remove)
	if d.page(t, content.Author, at).Find("article.piece").Length() != 0 {
		t.Fatal("the piece is still there")
	}
	if to := d.post(t, content.Author, "/admin/entries/"+entry+"/propose", url.Values{"change": {"new"}}); !strings.Contains(to, "nothing_chosen") {
		t.Fatalf("nothing chosen leads to %s", to)
	}
}

func TestAnnouncementsAreCountedAsSent(t *testing.T) {
	d := newDesk(t)
	ch := d.channel(t, "Our shop", "en")
	at, _ := d.ready(t)
	id := strings.TrimPrefix(at, "/admin/changes/")
	s := d.send(t, content.Author, "POST", at+"/length", url.Values{"channel": {ch.ID}, "lang": {"en"}, "text": {"Short."}, "link": {"1"}})
	if s.status != 200 || !strings.Contains(s.html, "of 200 characters") || !strings.Contains(s.html, "/en/changes/") {
		t.Fatalf("%d %s", s.status, s.html)
	}
	long := strings.Repeat("too long ", 30)
	d.announce(t, id, ch, "en", long)
	page := d.page(t, content.Author, at)
	if !strings.Contains(page.text(".over"), "too long") || page.Find(`.gate a[href="#f-announcements-0-text"]`).Length() != 1 {
		t.Fatalf("%s / %s", page.text(".counts"), page.text(".gate"))
	}
	if refused := d.refuse(t, content.Author, at+"/submit", nil, 422); refused.fields("#announcements form").Get("announcements.0.text") != strings.TrimSpace(long) {
		t.Fatal("the text is gone")
	}
	d.announce(t, id, ch, "en", "")
	if len(d.page(t, content.Author, at).text(".gate")) > 0 {
		t.Fatal("an empty announcement still holds the change back")
	}
}

func TestWhatAChangeCannotSay(t *testing.T) {
	d := newDesk(t)
	at, _ := d.ready(t)
	form := d.page(t, content.Author, at).fields("#what form")
	form.Set("slug", "No Address")
	form.Set("effective_date", "2026-02-31")
	form.Set("summary.de", "Bleibt stehen.")
	form.Set("title.en", strings.Repeat("long ", 80))
	s := d.refuse(t, content.Author, at, form, 422)
	again := s.fields("#what form")
	for _, field := range []string{"slug", "effective_date", "summary.de", "title.en"} {
		if strings.TrimSpace(again.Get(field)) != strings.TrimSpace(form.Get(field)) {
			t.Errorf("%s came back as %q", field, again.Get(field))
		}
	}
	for _, field := range []string{"slug", "effective_date", "title.en"} {
		if s.Find(`[name="`+field+`"]`).AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s is not marked", field)
		}
	}
}

func TestChangesList(t *testing.T) {
	d := newDesk(t)
	at, _ := d.ready(t)
	d.post(t, content.Author, at+"/submit", nil)
	d.post(t, content.Author, "/admin/changes", url.Values{"title.en": {"Another"}})
	d.post(t, content.Author, "/admin/changes", url.Values{}) // may have no words yet
	d.post(t, content.Author, "/admin/changes", url.Values{})
	if n := d.page(t, content.Author, "/admin/changes").Find(".changes > li").Length(); n != 4 {
		t.Fatalf("%d changes", n)
	}
	if got := d.page(t, content.Author, "/admin/changes?state=in_review").text(".changes .list-title"); got != "An answer" {
		t.Fatalf("in review: %q", got)
	}
}
