package server_test

import (
	"net/http"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/server"
	"klartext/server/public"
)

// A change of the glossary changes the pages that use its words, and them only once somebody can notice.
func TestReadersGetTermsExplained(t *testing.T) {
	var pages *public.Handlers
	w := newWorld(t, func(d *server.Deps) { pages = d.Public })
	checker := clarity.New(sharedParts(t).checker)
	glossary := &content.Glossary{Store: w.Store, Checker: checker, Now: w.Now}
	e := w.Entry(t, "cookies")
	w.Publish(t, w.Change(t, "one", w.says(e.ID, "Wir setzen ein Cookie. Ein Cookie ist klein.")).ID)
	refresh := func() {
		t.Helper()
		if err := pages.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	before := w.get("/de/faq/cookies").is(200)
	if strings.Contains(before.Text, `class="term"`) || strings.Contains(before.Text, "/de/glossary") {
		t.Error("there is nothing to explain yet")
	}
	w.get("/de/glossary").is(200).says("main", "noch kein Begriff")

	made, err := glossary.Create(t.Context(), w.Approver, content.Term{Lang: "de", Term: "Cookie", Explanation: "Eine <kleine> Datei"})
	if err != nil {
		t.Fatal(err)
	}
	refresh()
	after := w.get("/de/faq/cookies").is(200)
	if after.Header.Get("ETag") == before.Header.Get("ETag") || strings.Count(after.Text, `class="term"`) != 1 {
		t.Errorf("%d terms: %.2000s", strings.Count(after.Text, `class="term"`), after.Text)
	}
	target, _ := after.find(".term").Attr("popovertarget")
	after.says("#"+target, "Eine <kleine> Datei.")
	described, _ := after.find(".term").Attr("aria-describedby")
	after.find("#" + described)
	after.says("footer", "Begriffe")
	packed := w.send(http.MethodGet, "/de/faq/cookies", nil, func(r *http.Request) { r.Header.Set("Accept-Encoding", "br") })
	if packed.Header.Get("Content-Encoding") != "br" {
		t.Error("the page is not compressed any more")
	}
	w.get("/de/glossary").is(200).says("#"+made.Anchor(), "Eine <kleine> Datei.")
	w.get("/de/glossary/").is(http.StatusMovedPermanently)
	if !strings.Contains(w.get("/sitemap.xml").Text, "/de/glossary") {
		t.Error("the sitemap does not know the glossary")
	}

	if err := glossary.Delete(t.Context(), w.Approver, made.ID); err != nil {
		t.Fatal(err)
	}
	refresh()
	if strings.Contains(w.get("/de/faq/cookies").Text, `class="term"`) {
		t.Error("the term is gone and still explained")
	}
}

// The line is off until the site wants it, and says what it is and what it is not.
func TestReadersAreToldHowHardAnEntryIs(t *testing.T) {
	var pages *public.Handlers
	w := newWorld(t, func(d *server.Deps) { pages = d.Public })
	w.Changes.Checks = &content.Checks{Store: w.Store, Checker: clarity.New(sharedParts(t).checker), Now: w.Now}
	site := &content.Site{Store: w.Store, Now: w.Now}
	easy := "Wir brauchen Ihren Namen. Wir brauchen Ihre Adresse. Sonst kommt das Paket nicht an. Der Bote bekommt nur die Adresse. Nach zwei Wochen " +
		"löschen wir sie wieder. Sie können uns jederzeit fragen, was wir wissen. Wir antworten Ihnen am nächsten Tag. Das kostet Sie nichts."
	plainly, short, hard := w.Entry(t, "plainly"), w.Entry(t, "short"), w.Entry(t, "hard")
	difficult := w.says(hard.ID, hardText)
	c := w.Change(t, "one", w.says(plainly.ID, easy), w.says(short.ID, "Ja."), difficult)
	if _, err := w.Changes.SetOverrides(t.Context(), w.Author, c.ID, 0, []content.Override{{Revision: difficult.ID, Reason: "The authority <wants> it."}}); err != nil {
		t.Fatal(err)
	}
	w.Publish(t, c.ID)
	show := func(on bool) {
		t.Helper()
		if _, err := site.Update(t.Context(), w.Admin, func(s *content.Settings) { s.ClarityLine = on }); err != nil {
			t.Fatal(err)
		}
		if err := pages.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	show(false)
	for _, slug := range []string{"plainly", "hard"} {
		if strings.Contains(w.get("/de/faq/"+slug).Text, `class="clarity"`) {
			t.Errorf("%s tells what nobody wanted", slug)
		}
	}
	show(true)
	w.get("/de/faq/plainly").is(200).says(".clarity", "-Jährige").says(".clarity", "Geschätzt")
	w.get("/de/faq/hard").is(200).says(".clarity", "schwer zu lesen").says(".clarity q", "The authority <wants> it.")
	if strings.Contains(w.get("/de/faq/short").Text, `class="clarity"`) {
		t.Error("a text too short for a score is judged all the same")
	}
}
