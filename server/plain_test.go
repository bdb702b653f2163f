package server_test

import (
	"net/http"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/clarity"
)

const hardText = "Die Verarbeitung der personenbezogenen Daten der betroffenen Personen erfolgt zum Zwecke der Inanspruchnahme der " +
	"angebotenen Dienstleistungen durch den Verantwortlichen unter Berücksichtigung der einschlägigen gesetzlichen Bestimmungen.\n\n" +
	"Hinsichtlich der Übermittlung der vorgenannten Bestandsdaten an Auftragsverarbeiter wird seitens der verantwortlichen " +
	"Stelle eine Interessenabwägung vorgenommen.\n\nEine Inanspruchnahme von Unterauftragsverarbeitern bedarf der Zustimmung."

// gated lets the world's gate ask the checker.
func gated(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.Changes.Checks = &content.Checks{Store: w.Store, Checker: clarity.New(sharedParts(t).checker), Now: w.Now}
	return w
}

// says writes a German text.
func (w *world) says(entry, body string) content.Revision {
	w.t.Helper()
	r, err := w.Editor.SaveText(w.t.Context(), w.Author, content.NewRevision{Entry: entry, Lang: "de", Text: &content.Writing{Title: "Was wissen Sie?", Body: body}})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func TestTheEditorWithoutAScriptShowsWhatIsFound(t *testing.T) {
	w := gated(t)
	w.login(w.Author)
	e := w.Entry(t, "data")
	w.says(e.ID, hardText)
	at := "/admin/entries/" + e.ID + "/text/de"
	page := w.get(at).is(200).says("#clarity", "of 100").says("#clarity .gate", "cannot be published").says("#clarity .card", "Verantwortlichen")
	if n := page.find("#clarity [data-cards] > .card").Length(); n != 7 {
		t.Errorf("%d cards stand open", n)
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self' 'nonce-") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	if policy := w.get("/admin/entries").Header.Get("Content-Security-Policy"); strings.Contains(policy, "nonce") {
		t.Errorf("another page has a nonce: %q", policy)
	}

	rule, _ := page.find("#clarity .card form input[name=rule]").Attr("value")
	quote, _ := page.find("#clarity .card form input[name=quote]").Attr("value")
	w.post(at+"/ignore", "rule", rule, "quote", quote, "reason", "").is(422).says(".problems", "why this should stay")
	w.post(at+"/ignore", "rule", rule, "quote", quote, "reason", "Our readers know it.").to(at + "?note=finding_ignored#clarity")
	page = w.get(at).is(200).says("#clarity .ignored", "Our readers know it.")
	id, _ := page.find("#clarity .ignored input[name=id]").Attr("value")
	w.post(at+"/take-up", "id", id).to(at + "?note=finding_taken_up#clarity")
	if w.get(at).is(200); strings.Contains(w.get(at).Text, "Our readers know it.") {
		t.Error("it is still put aside")
	}

	// The script asks about what stands in the form; places are counted as it counts.
	checked := w.post(at+"/check", "title", "😀?", "body", "😀 Mithin ja.").is(200)
	from, _ := checked.find(`.card[data-field=body]`).Attr("data-from")
	if replacement, _ := checked.find(`.card[data-field=body]`).Attr("data-replacement"); from != "3" || replacement != "Also" {
		t.Errorf("from %s, %q", from, replacement)
	}
}

func TestAnApproverSeesWhyATextGoesOut(t *testing.T) {
	w := gated(t)
	w.login(w.Author)
	e := w.Entry(t, "data")
	r := w.says(e.ID, hardText)
	c := w.Change(t, "hard", r)
	at := "/admin/changes/" + c.ID
	w.get(at).is(200).says("#gate", "too hard to read").says("#plain .held", "cannot be published")
	w.post(at + "/submit").is(422)
	w.post(at+"/override", "revision", r.ID, "reason", " ").is(422).says(".problems", "why the text has to stay")
	w.post(at+"/override", "revision", r.ID, "reason", "The authority <wants> it.").to(at + "?note=override_saved#plain")
	w.post(at + "/submit").to(at + "?note=submitted")
	w.login(w.Approver)
	page := w.get(at).is(200).says("#plain .override", "The authority <wants> it.").says("#plain .override", "author")
	hash := page.value("input[name=hash]")
	w.post(at+"/approve", "hash", hash).to(at + "?note=approved")
	w.post(at + "/publish").to(at + "?note=published")
	w.get("/admin/clarity").is(200).says(".ranking tbody", "Was wissen Sie?").find(".trend circle")
}

func TestTheGateInTheSettings(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	w.get("/admin/settings/gates").to("/admin/account")
	w.post("/admin/settings/gates", "gates.min_score", "1", "gates.override_role", "nobody").is(http.StatusForbidden)
	w.login(w.Admin)
	w.get("/admin/settings/gates").is(200).says("main", "Known words")
	bad := w.post("/admin/settings/gates", "gates.min_score", "lots", "gates.override_role", "admin", "gates.known_words", "Talerwerk", "gates.replacements.de", "mithin").is(422)
	bad.says("#e-gates-min_score", "0 to 100").says("#e-gates-replacements-de", "word = replacement")
	if bad.value("#f-gates-min_score") != "lots" {
		t.Error("what was typed is lost")
	}
	w.post("/admin/settings/gates", "gates.min_score", "60", "gates.override_role", "nobody", "gates.known_words", "Talerwerk\nIBAN", "gates.replacements.de", "mithin = also",
		"rule", "word.officialese", "rule", "sent.very-long", "clarity_line", "1").to("/admin/settings/gates?note=saved")
	settings, err := w.Store.Settings(t.Context())
	if g := settings.Gates; err != nil || g.MinScore != 60 || g.OverrideRole != "" || len(g.KnownWords) != 2 || g.Replacements["de"]["mithin"] != "also" || !settings.ClarityLine {
		t.Errorf("%+v %v", settings, err)
	}
	w.get("/admin/settings/gates").is(200).find("input[value='word.officialese'][checked]")
	if n := w.get("/admin/settings/gates").find("input[name=rule][checked]").Length(); n != 2 {
		t.Errorf("%d rules are on", n)
	}
}

func TestTheGlossaryFromTheFormToTheReader(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	w.get("/admin/glossary?lang=de").is(200).says(".why-not", "those who may approve")
	w.post("/admin/glossary", "lang", "de", "term", "Cookie", "explanation", "Eine Datei.").is(http.StatusForbidden)
	w.login(w.Approver)
	w.post("/admin/glossary", "lang", "de", "term", "", "explanation", "").is(422).says("#e-term", "fill in")
	w.post("/admin/glossary", "lang", "de", "term", "Cookie", "forms", "Cookies, Keks", "explanation", "Eine Datei <auf> dem Gerät.").to("/admin/glossary?lang=de&note=term_saved#term-cookie")
	w.post("/admin/glossary", "lang", "de", "term", "cookie", "explanation", "x").is(409).says(".problems", "explained in this language already")
	page := w.get("/admin/glossary?lang=de").is(200)
	id, _ := page.find("#term-cookie form").Attr("action")
	name, _ := page.find("input[name=term][type=checkbox]").Attr("value")
	w.post("/admin/glossary/adopt", "lang", "de", "term", name).to("/admin/glossary?lang=de&note=terms_adopted")
	w.post(id, "lang", "de", "edition", "1", "term", "Cookie", "forms", "Cookies", "explanation", "Eine kleine Datei.").to("/admin/glossary?lang=de&note=term_saved#term-cookie")
	w.post(id, "lang", "de", "edition", "1", "term", "Cookie", "explanation", "Alt.").is(409).says(".problems", "changed")
	w.post(id, "lang", "de", "do", "delete").to("/admin/glossary?lang=de&note=term_deleted")
	w.get("/admin/glossary?lang=de").is(200).says(".term-list", name)
}
