package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"klartext/content"
)

// A change whose scheduled publication failed says so in sentences, in the list and on its page.
func TestAFailedScheduleIsExplained(t *testing.T) {
	d := newDesk(t)
	at, entry := d.approved(t)
	d.post(t, content.Approver, at+"/schedule", d.page(t, content.Approver, at).fields("#schedule form"))
	d.writeText(t, entry, "en", url.Values{"body": {"Because of this."}})
	form := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").fields("#propose form")
	form.Set("title", "Faster")
	form.Set("change", "new")
	faster, _, _ := strings.Cut(d.post(t, content.Author, "/admin/entries/"+entry+"/propose", form), "?")
	what := d.page(t, content.Author, faster).fields("#what form")
	what.Set("why.en", "People asked again.")
	d.post(t, content.Author, faster, what)
	d.post(t, content.Author, faster+"/submit", nil)
	d.post(t, content.Approver, faster+"/approve", d.page(t, content.Approver, faster).fields(`form[action$="/approve"]`))
	d.post(t, content.Approver, faster+"/publish", nil)

	changes := *d.changes
	changes.Now = func() time.Time { return d.clock().Add(72 * time.Hour) }
	check(t, changes.PublishDue(t.Context()))
	if got := d.page(t, content.Author, at).text(".review-note"); !strings.Contains(got, "could not go out as scheduled") || !strings.Contains(got, "has version 1 in English by now") {
		t.Errorf("the page says %q", got)
	}
	if got := d.page(t, content.Author, "/admin/changes").text("main"); !strings.Contains(got, "did not go out as scheduled") {
		t.Errorf("the list says %q", got)
	}
}
