package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"klartext/content"
)

// Two people save the same text: the second sees both, and whatever they choose, nothing is lost.
func TestTwoEditorsOneText(t *testing.T) {
	for _, choice := range []string{"mine", "theirs", "edit"} {
		t.Run(choice, func(t *testing.T) {
			d := newDesk(t)
			entry := d.newEntry(t, "", "Who reads my mail?")
			at := "/admin/entries/" + entry + "/text/en"
			first := d.page(t, content.Author, at).fields("form.edit")
			second := d.page(t, content.Approver, at).fields("form.edit")
			first.Set("body", "Nobody reads it, not even machines.")
			second.Set("body", "Nobody reads it, except the virus scanner.")
			d.post(t, content.Author, at+"/revisions", first)

			both := d.refuse(t, content.Approver, at+"/revisions", second, 409)
			if !strings.Contains(both.text(".both"), "not even machines") || !strings.Contains(both.text(".both"), "virus scanner") {
				t.Fatalf("both texts must be there: %s", both.text("main"))
			}
			if both.text(".diff ins") == "" || both.text(".diff del") == "" || !strings.Contains(both.text("h2"), "Ada") {
				t.Fatalf("no difference, or not whose text: %s", both.text("main"))
			}
			form := both.fields(".choices-bar")
			form.Set("conflict", choice)
			if choice == "edit" {
				s := d.send(t, content.Approver, "POST", at+"/revisions", form)
				if again := s.fields("form.edit"); s.status != 200 || again.Get("body") != second.Get("body") || again.Get("base") != form.Get("base") {
					t.Fatalf("%d: the editor must hold my text on their base: %v", s.status, again)
				}
				return
			}
			d.post(t, content.Approver, at+"/revisions", form)
			want := map[string]string{"mine": "virus scanner", "theirs": "not even machines"}[choice]
			newest, err := d.store.NewestRevision(t.Context(), entry, "en")
			check(t, err)
			if !strings.Contains(newest.Text.Body, want) {
				t.Fatalf("the newest text is %q", newest.Text.Body)
			}
			if all := d.everyBody(t, entry); !strings.Contains(all, "virus scanner") || !strings.Contains(all, "not even machines") {
				t.Fatalf("a text was lost: %s", all)
			}
		})
	}
}

// everyBody is the bodies of all revisions of an entry in English.
func (d *desk) everyBody(t *testing.T, entry string) string {
	t.Helper()
	list, err := d.store.Revisions(t.Context(), entry, "en")
	check(t, err)
	var all strings.Builder
	for _, meta := range list {
		r, err := d.store.Revision(t.Context(), meta.ID)
		check(t, err)
		all.WriteString(r.Text.Body + "\n")
	}
	return all.String()
}

func TestTwoEditorsOneTableOfFacts(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Where is it kept?")
	at := "/admin/entries/" + entry + "/facts"
	first, second := d.page(t, content.Author, at).fields("form.edit"), d.page(t, content.Approver, at).fields("form.edit")
	first.Set("countries.0", "FR")
	second.Set("countries.0", "DE")
	second.Set("data.0.en", "your name")
	d.post(t, content.Author, at, first)
	both := d.refuse(t, content.Approver, at, second, 409)
	if text := both.text(".fact-diff"); !strings.Contains(text, "France") || !strings.Contains(text, "Germany") || !strings.Contains(text, "your name") {
		t.Fatalf("the difference reads %q", text)
	}
	form := both.fields(".choices-bar")
	form.Set("conflict", "mine")
	d.post(t, content.Approver, at, form)
	newest, err := d.store.NewestRevision(t.Context(), entry, content.NoLang)
	check(t, err)
	if newest.Facts.Countries[0] != "DE" || newest.Facts.Data[0]["en"] != "your name" || newest.Number != 2 {
		t.Fatalf("%+v", newest.Facts)
	}
}

// Two people write into one change: texts, announcements and reasons alike.
func TestTwoEditorsOneChange(t *testing.T) {
	d := newDesk(t)
	channel := d.channel(t, "Our shop", "en")
	to := d.post(t, content.Author, "/admin/changes", url.Values{"title.en": {"Sooner"}})
	at, _, _ := strings.Cut(to, "?")
	old := d.page(t, content.Author, at)
	mine, posts := old.fields("#what form"), old.fields("#announcements form")

	theirs := old.fields("#what form")
	theirs.Set("why.en", "Because the law says so.")
	d.post(t, content.Approver, at, theirs)

	mine.Set("why.en", "Because customers asked.")
	both := d.refuse(t, content.Author, at, mine, 409)
	if text := both.text(".conflict"); !strings.Contains(text, "the law says so") || !strings.Contains(text, "customers asked") {
		t.Fatalf("both reasons must be there: %s", text)
	}
	posts.Set("announcements.0.text", "We delete sooner.")
	unsent := d.refuse(t, content.Author, at+"/announcements", posts, 409)
	if !strings.Contains(unsent.text(".conflict"), "We delete sooner.") || !strings.Contains(unsent.text(".conflict"), channel.Name) {
		t.Fatalf("the post must be there: %s", unsent.text(".conflict"))
	}
	d.post(t, content.Author, at, both.fields(".choices-bar"))
	d.refuse(t, content.Author, at+"/announcements", unsent.fields(".choices-bar"), 409) // moved on once more
	again := d.page(t, content.Author, at)
	if got := again.fields("#what form").Get("why.en"); got != "Because customers asked." {
		t.Fatalf("saved %q", got)
	}
}
