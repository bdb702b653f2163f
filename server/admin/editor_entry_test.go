package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"klartext/content"
)

func TestPolicyInSections(t *testing.T) {
	d := newDesk(t)
	form := d.page(t, content.Author, "/admin/entries/new").fields("main form")
	form.Set("kind", "policy")
	form.Set("title.en", "Privacy policy")
	at, _, _ := strings.Cut(d.post(t, content.Author, "/admin/entries", form), "?")

	edit := d.page(t, content.Author, at).fields("form.edit")
	edit.Set("body", "# Privacy policy\n\nWho we are.\n\n## Orders\n\nWe keep orders.\n\n## Cameras\n\nWe film the door.")
	d.post(t, content.Author, at+"/revisions", edit)
	cut := d.page(t, content.Author, at)
	edit = cut.fields("form.edit")
	if n := cut.Find("fieldset.section:not(.new)").Length(); n < 2 {
		t.Fatalf("%d sections", n)
	}
	last := cut.Find("fieldset.section:not(.new)").Length() - 1
	lastAt := "sections." + string(rune('0'+last))
	if edit.Get(lastAt+".heading") != "Cameras" {
		t.Fatalf("the last section is %q", edit.Get(lastAt+".heading"))
	}
	edit.Set(lastAt+".summary", "A camera watches the door.")
	edit.Set(lastAt+".place", "0.5")
	edit.Set("sections."+string(rune('0'+last-1))+".remove", "1")
	fresh := "sections." + string(rune('0'+last+1))
	edit.Set(fresh+".heading", "Newsletter")
	edit.Set(fresh+".body", "Only if you ask for it.")
	d.post(t, content.Author, at+"/revisions", edit)

	id := strings.Split(at, "/")[3]
	newest, err := d.store.NewestRevision(t.Context(), id, "en")
	check(t, err)
	sections := newest.Text.Sections
	if sections[0].Heading != "Cameras" || sections[0].Summary == "" || sections[len(sections)-1].Heading != "Newsletter" {
		t.Fatalf("sections: %+v", sections)
	}
	for _, s := range sections {
		if s.Heading == "Orders" {
			t.Fatal("a removed section is still there")
		}
	}
}

func TestPreviewSavesNothing(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Why?")
	at := "/admin/entries/" + entry + "/text/en"
	form := d.page(t, content.Author, at).fields("form.edit")
	form.Set("body", "Because **we** must.")
	s := d.send(t, content.Author, "POST", at+"/preview", form)
	wellMade(t, at, s)
	if s.status != 200 || s.Find("#preview strong").Text() != "we" || s.fields("form.edit").Get("body") != form.Get("body") {
		t.Fatalf("%d %s", s.status, s.text("#preview"))
	}
	list, err := d.store.Revisions(t.Context(), entry, "en")
	check(t, err)
	if len(list) != 1 {
		t.Fatalf("%d revisions", len(list))
	}
	if back := d.send(t, content.Author, "GET", at+"/preview", nil); back.status != 303 || back.location != at {
		t.Fatalf("reloading the preview's address: %d %s", back.status, back.location)
	}
}

func TestRestoreMakesANewRevision(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Why?")
	d.writeText(t, entry, "en", url.Values{"body": {"First."}})
	d.writeText(t, entry, "en", url.Values{"body": {"Second."}})
	page := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en")
	old := page.Find(".revisions a").Eq(1).AttrOr("href", "")
	shown := d.page(t, content.Author, old)
	if !strings.Contains(shown.text(".preview"), "First.") {
		t.Fatalf("shows %s", shown.text(".preview"))
	}
	restore := shown.fields(`form[action$="/restore"]`)
	d.post(t, content.Author, old+"/restore", restore)
	newest, err := d.store.NewestRevision(t.Context(), entry, "en")
	check(t, err)
	if newest.Text.Body != "First." || newest.Number != 4 {
		t.Fatalf("newest is %d %q", newest.Number, newest.Text.Body)
	}
	if to := d.post(t, content.Approver, old+"/restore", restore); !strings.Contains(to, "moved_on") {
		t.Fatalf("a stale restore leads to %s", to)
	}
}

func TestEntriesListAndFilter(t *testing.T) {
	d := newDesk(t)
	d.newEntry(t, "Wer liest meine Post?", "Who reads my mail?")
	d.newEntry(t, "", "Where are your cameras?")
	all := d.page(t, content.Author, "/admin/entries")
	if all.Find(".list > li").Length() != 2 || !strings.Contains(all.text(".states"), "draft, never published") || !strings.Contains(all.text(".states"), "nothing yet") {
		t.Fatalf("list: %s", all.text("main"))
	}
	some := d.page(t, content.Author, "/admin/entries?q=POST+liest")
	if some.Find(".list > li").Length() != 1 || some.text(".list-title") != "Who reads my mail?" {
		t.Fatalf("filtered: %s", some.text("main"))
	}
}

func TestNewEntryThatIsIncomplete(t *testing.T) {
	d := newDesk(t)
	s := d.refuse(t, content.Author, "/admin/entries", url.Values{"kind": {"entry"}, "new_topic.en": {"Orders"}}, 422)
	if s.Find(`[name="title.de"]`).AttrOr("aria-invalid", "") != "true" || s.fields("main form").Get("new_topic.en") != "Orders" {
		t.Fatalf("%s", s.text("main"))
	}
	long := d.refuse(t, content.Author, "/admin/entries", url.Values{"kind": {"entry"}, "title.en": {strings.Repeat("why ", 100)}, "new_topic.en": {"Orders"}}, 422)
	if long.Find(`[name="title.en"]`).AttrOr("aria-invalid", "") != "true" {
		t.Fatalf("%s", long.text("main"))
	}
	if d.page(t, content.Author, "/admin/entries").Find(".list li").Length() != 0 {
		t.Fatal("an entry was half made")
	}
	d.newEntry(t, "", "Why?")
	second := d.newEntry(t, "", "Why?")
	if slug := d.page(t, content.Author, "/admin/entries/"+second+"/settings").fields("form.narrow").Get("slug"); slug != "why-2" {
		t.Fatalf("the second address is %q", slug)
	}
}

func TestEntrySettings(t *testing.T) {
	d := newDesk(t)
	entry := d.newEntry(t, "", "Why?")
	at := "/admin/entries/" + entry + "/settings"
	form := d.page(t, content.Author, at).fields("form.narrow")
	form.Set("slug", "Not An Address")
	if s := d.refuse(t, content.Author, at, form, 422); s.fields("form.narrow").Get("slug") != "Not An Address" {
		t.Fatal("what was typed is gone")
	}
	form.Set("slug", "why-at-all")
	d.post(t, content.Author, at, form)
	if got := d.page(t, content.Author, at).fields("form.narrow").Get("slug"); got != "why-at-all" {
		t.Fatalf("slug is %q", got)
	}
}

func TestTopics(t *testing.T) {
	d := newDesk(t)
	for _, title := range []string{"Orders", "Account", "Shop"} {
		d.post(t, content.Author, "/admin/topics", url.Values{"title.en": {title}})
	}
	d.refuse(t, content.Author, "/admin/topics", url.Values{"title.en": {""}}, 422)
	page := d.page(t, content.Author, "/admin/topics")
	last := strings.TrimPrefix(page.Find(".topics > li").Last().AttrOr("id", ""), "topic-")
	d.post(t, content.Author, "/admin/topics/"+last+"/move", url.Values{"to": {"up"}})
	d.post(t, content.Author, "/admin/topics/"+last+"/move", url.Values{"to": {"up"}})
	d.post(t, content.Author, "/admin/topics/"+last+"/move", url.Values{"to": {"up"}})
	d.post(t, content.Author, "/admin/topics/"+last, url.Values{"title.en": {"In the shop"}, "title.de": {"Im Laden"}, "slug": {"shop"}})
	s := d.refuse(t, content.Author, "/admin/topics/"+last, url.Values{"title.en": {"In the shop"}, "slug": {"orders"}}, 409)
	if s.Find("details[open]").Length() == 0 {
		t.Error("the form that was refused is not open")
	}
	if got := d.page(t, content.Author, "/admin/topics").text(".topics h2"); got != "In the shopOrdersAccount" {
		t.Fatalf("order: %s", got)
	}
}
