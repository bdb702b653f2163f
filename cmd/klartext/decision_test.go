package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"klartext/publishers/publishertest"
)

// TestALostAnswerOnX: X takes a post and its answer is lost, and X does not show
// the post when it is asked. Nothing is sent again; a person gets the evidence,
// looks, and says that it is out. The next post is really lost: the person says
// that it is not out, and it is sent. In the end X holds each once.
func TestALostAnswerOnX(t *testing.T) {
	t.Parallel()
	x := publishertest.NewX(publishertest.XOptions{})
	x.Start(t)
	site := serveDemo(t, "--allow-private-network", "--x-api-url", x.URL, "--delivery-speed", "0.001")
	admin := site.robot(t, "admin")
	admin.call(http.MethodPatch, "/settings", object{"approvals_required": 0})
	key, secret, access, accessSecret := x.Keys()
	channel := admin.call(http.MethodPost, "/channels", object{
		"network": "x", "name": "X des Ladens", "languages": []string{"de"},
		"settings": object{"api_key": key, "api_secret": secret, "access_token": access, "access_secret": accessSecret},
	})["id"].(string)

	lost, _ := publishertest.Named("503 after storing")
	x.Next(publishertest.Publish, lost)
	x.Always(publishertest.Look, publishertest.Mood{
		Name: "blind", Act: publishertest.Answer, Status: http.StatusOK, Header: map[string]string{"Content-Type": "application/json"},
		Body: `{"meta":{"result_count":0}}`,
	})
	admin.announced("etwas-neues", channel, "Wir löschen früher.")
	b := site.as(t, "approver")
	decisionPage(b)
	b.wants("main", "braucht Ihre Entscheidung", "Was bekannt ist", "Gesendet", "Gesucht", "/de/changes/etwas-neues")
	b.picture("delivery-decision")
	if posts := x.Posts(); len(posts) != 1 {
		t.Fatalf("X holds %d posts before anybody decided", len(posts))
	}
	b.unfold("input[name=remote_url]")
	b.fill("input[name=remote_url]", x.Posts()[0].URL)
	b.pressByKeys(".delivery-steps details form button")
	b.wants("main", "gesendet")

	never, _ := publishertest.Named("503 before")
	x.Next(publishertest.Publish, never)
	admin.announced("noch-etwas", channel, "Wir fragen vorher.")
	decisionPage(b)
	b.wants("main", "nicht gefunden")
	x.Calm()
	b.pressByKeys(".delivery-steps input[value=not_sent] + button")
	untilState(b, "gesendet")
	b.picture("delivery-sent")
	for _, slug := range []string{"etwas-neues", "noch-etwas"} {
		if copies := x.Copies("/de/changes/" + slug); copies != 1 {
			t.Errorf("X holds %d copies of %s", copies, slug)
		}
	}
	correctAndTakeDown(b, x)
}

// decisionPage waits until a delivery asks, and opens it.
func decisionPage(b *browser) {
	b.t.Helper()
	const link = "main .deliveries a.list-title"
	for b.open("/admin/deliveries"); b.js(`document.querySelector("`+link+`") ? "there" : ""`) == ""; {
		b.do(chromedp.Reload())
	}
	b.picture("deliveries-needed")
	b.follow(link)
}

// untilState loads the page again until its state says something.
func untilState(b *browser, state string) {
	b.t.Helper()
	for strings.TrimSpace(b.text("main .status")) != state {
		b.do(chromedp.Reload())
	}
}

// correctAndTakeDown answers the post with a correction and then takes it down.
func correctAndTakeDown(b *browser, x *publishertest.X) {
	b.t.Helper()
	b.unfold("form[action$=correct] textarea")
	b.fill("#f-text", "Wir fragen immer vorher. Das stand hier falsch.")
	b.press("form[action$=correct] button")
	untilState(b, "korrigiert")
	b.picture("delivery-corrected")
	posts := x.Posts()
	if len(posts) != 3 || !strings.Contains(posts[2].Text, "Das stand hier falsch.") {
		b.t.Fatalf("X holds %+v", posts)
	}
	b.press("form[action$=withdraw] button")
	untilState(b, "zurückgezogen")
	if left := x.Copies("Wir fragen vorher."); left != 0 {
		b.t.Errorf("X still holds %d of what was taken down", left)
	}
	for b.open("/de/changes/noch-etwas"); !strings.Contains(b.text("main"), "von uns zurückgezogen"); { // readers see it a moment later
		b.do(chromedp.Reload())
	}
	b.wants("main", "korrigiert den früheren Beitrag")
	b.picture("public-change-withdrawn")
}
