package admin_test

import (
	"maps"
	"net/url"
	"path"
	"strings"
	"testing"

	"klartext/content"
)

// The main job, by hand: an entry, its drafts, a change, its posts, two people, publication.
func TestWriteReviewPublish(t *testing.T) {
	d := newDesk(t)
	channel := d.channel(t, "Our shop", "de", "en")
	entry := d.writtenEntry(t)
	change := d.collected(t, entry)

	page := d.page(t, content.Author, change)
	if n := page.Find(".piece").Length(); n != 3 {
		t.Fatalf("%d pieces", n)
	}
	if page.Find(".gate li").Length() == 0 {
		t.Fatal("a change without a why is held back by nothing")
	}
	d.refuse(t, content.Author, change+"/submit", nil, 422)
	what := page.fields("#what form")
	for name, value := range map[string]string{
		"title.de": "Wir löschen Adressen früher", "summary.en": "Half a year is enough.", "why.de": "Mehr brauchen wir nicht.",
		"why.en": "We need no more.", "effective_date": "2026-10-01", "perspectives.en.critic": "Three would do.",
	} {
		what.Set(name, value)
	}
	d.post(t, content.Author, change, what)
	d.announce(t, path.Base(change), channel, "de", "Wir löschen Adressen nach sechs Monaten.")
	d.post(t, content.Author, change+"/submit", nil)
	d.reviewed(t, change)
	d.post(t, content.Approver, change+"/publish", nil)

	published := d.page(t, content.Approver, change)
	if published.Find("#out .links a").Length() < 4 || published.Find("form[action$='/publish'], #what form").Length() > 0 {
		t.Fatalf("after publication: %s", published.text("main"))
	}
	if got := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").text(".tabs"); strings.Count(got, "version 1 is live") != 3 {
		t.Fatalf("tabs say %q", got)
	}
	version, err := d.store.Version(t.Context(), entry, "en", 1)
	check(t, err)
	if version.Text.ShortAnswer != "Six months." || version.Facts == nil || version.Text.Perspectives[0].Text != "Why not three?" {
		t.Fatalf("published: %+v", version.Text)
	}
}

// writtenEntry is an entry with drafts in both languages and facts.
func (d *desk) writtenEntry(t *testing.T) string {
	t.Helper()
	entry := d.newEntry(t, "Wie lange speichern Sie meine Adresse?", "How long do you keep my address?")
	d.writeText(t, entry, "en", url.Values{
		"short_answer": {"Six months."}, "body": {"We keep **it** for six months."},
		"examples.0": {"You order shoes."}, "choices.0.label": {"Ask us"}, "choices.0.url": {"mailto:hi@shop.example"}, "perspectives.critic": {"Why not three?"},
	})
	d.writeText(t, entry, "de", url.Values{"short_answer": {"Sechs Monate."}, "body": {"Wir speichern sie sechs Monate."}})
	facts := d.page(t, content.Author, "/admin/entries/"+entry+"/facts").fields("form.edit")
	for name, value := range map[string]string{
		"data.0.de": "Lieferadresse", "data.0.en": "delivery address", "retention.count": "6", "retention.unit": "M", "countries.0": "Germany",
	} {
		facts.Set(name, value)
	}
	d.post(t, content.Author, "/admin/entries/"+entry+"/facts", facts)
	table := d.page(t, content.Author, "/admin/entries/"+entry+"/facts").text("#preview")
	if !strings.Contains(table, "6 months") || !strings.Contains(table, "Germany") || !strings.Contains(table, "Lieferadresse") {
		t.Fatalf("the facts read %q", table)
	}
	return entry
}

// collected puts all drafts of an entry into a new change and answers its address.
func (d *desk) collected(t *testing.T, entry string) string {
	t.Helper()
	propose := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").fields("#propose form")
	if len(propose["revision"]) != 3 {
		t.Fatalf("offered and ticked: %v", propose["revision"])
	}
	propose.Set("title", "We delete addresses sooner")
	change, _, _ := strings.Cut(d.post(t, content.Author, "/admin/entries/"+entry+"/propose", propose), "?")
	return change
}

// reviewed has the approver read and approve what the author may not.
func (d *desk) reviewed(t *testing.T, change string) {
	t.Helper()
	own := d.page(t, content.Author, change)
	if own.Find(`form[action$="/approve"]`).Length() > 0 || own.text(".why-not") == "" {
		t.Fatal("an author is offered approval, or is not told why not")
	}
	review := d.page(t, content.Approver, change)
	if !strings.Contains(review.text("#what"), "Mehr brauchen wir nicht.") || !strings.Contains(review.text("#announcements"), "/de/changes/") {
		t.Fatalf("the reviewer does not see all: %s", review.text("main"))
	}
	d.post(t, content.Approver, change+"/approve", review.fields(`form[action$="/approve"]`))
	if approved := d.page(t, content.Approver, change); !strings.Contains(approved.text(".approvals"), "Ben") {
		t.Fatalf("who approved is not said: %s", approved.text(".approvals"))
	}
}

// newEntry makes an entry through the form and answers its id.
func (d *desk) newEntry(t *testing.T, de, en string) string {
	t.Helper()
	form := d.page(t, content.Author, "/admin/entries/new").fields("main form")
	form.Set("title.de", de)
	form.Set("title.en", en)
	form.Set("new_topic.en", "Storage "+en)
	to := d.post(t, content.Author, "/admin/entries", form)
	id, _, _ := strings.Cut(strings.TrimPrefix(to, "/admin/entries/"), "/")
	return id
}

// writeText fills in the editor of one language and saves.
func (d *desk) writeText(t *testing.T, entry, lang string, changed url.Values) {
	t.Helper()
	at := "/admin/entries/" + entry + "/text/" + lang
	form := d.page(t, content.Author, at).fields("form.edit")
	maps.Copy(form, changed)
	d.post(t, content.Author, at+"/revisions", form)
	after := d.page(t, content.Author, at).fields("form.edit")
	for name, values := range changed {
		if after.Get(name) != values[0] {
			t.Fatalf("%s: saved %q, shown %q", name, values[0], after.Get(name))
		}
	}
}

func (d *desk) announce(t *testing.T, change string, channel content.Channel, lang, text string) {
	t.Helper()
	form := d.page(t, content.Author, "/admin/changes/"+change).fields("#announcements form")
	for name, values := range form {
		if i, ok := strings.CutSuffix(name, ".lang"); ok && values[0] == lang && form.Get(i+".channel") == channel.ID {
			form.Set(i+".text", text)
		}
	}
	d.post(t, content.Author, "/admin/changes/"+change+"/announcements", form)
}
