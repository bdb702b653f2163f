package api_test

import (
	"net/http"
	"strings"
	"testing"

	"klartext/content"
)

const hardText = "Die Verarbeitung der personenbezogenen Daten der betroffenen Personen erfolgt zum Zwecke der Inanspruchnahme der " +
	"angebotenen Dienstleistungen durch den Verantwortlichen unter Berücksichtigung der einschlägigen gesetzlichen Bestimmungen.\n\n" +
	"Hinsichtlich der Übermittlung der vorgenannten Bestandsdaten an Auftragsverarbeiter wird seitens der verantwortlichen " +
	"Stelle eine Interessenabwägung vorgenommen.\n\nEine Inanspruchnahme von Unterauftragsverarbeitern bedarf der Zustimmung."

// hard opens a change with one text that the gate holds back, and answers with the ids of change, revision and entry.
func (w *world) hard() (change, revision, entry string) {
	w.t.Helper()
	topic := w.do(content.Author, 201, "POST", "/topics", object{"slug": "topic", "title": object{"de": "T"}}).text("id")
	entry = w.do(content.Author, 201, "POST", "/entries", object{"kind": "entry", "slug": "hard", "topic": topic}).text("id")
	revision = w.do(content.Author, 201, "POST", "/entries/"+entry+"/revisions", object{"lang": "de", "title": "Was?", "body": hardText}).text("id")
	change = w.do(content.Author, 201, "POST", "/changes", object{
		"slug": "hard", "title": object{"de": "Neu"}, "why": object{"de": "Zum Zwecke der Klarheit."}, "revisions": []string{revision},
	}).text("id")
	return change, revision, entry
}

func TestAHardTextIsHeldBackUntilSomebodySaysWhy(t *testing.T) {
	w := newWorld(t)
	change, revision, entry := w.hard()
	closed := w.do(content.Author, 422, "POST", "/changes/"+change+"/submit", nil)
	closed.want("code", "invalid", "findings.0.rule", "score_low", "findings.0.field", "revisions.0", "findings.1.rule", "text_errors")
	marked := false
	for i := range closed.count("findings") {
		f := closed.at("findings").([]any)[i].(object)
		start, there := f["start"].(float64)
		if !there {
			continue
		}
		if field := f["field"]; field == "revisions.0.body" {
			marked = true
			if got := hardText[int(start):int(f["end"].(float64))]; got != f["quote"] {
				t.Errorf("%v marks %q, quotes %q", f["rule"], got, f["quote"])
			}
		}
	}
	if !marked {
		t.Errorf("nothing is marked in the text: %s", closed.body)
	}
	draft := w.do(content.Approver, 200, "GET", "/changes/"+change, nil)
	draft.want("clarity.0.passed", false, "clarity.0.revision", revision, "clarity.0.override", "")
	if !strings.Contains(string(draft.body), `"field":"why.de"`) {
		t.Errorf("the why is not looked at: %s", draft.body)
	}

	w.do(content.Author, 422, "PUT", "/changes/"+change+"/overrides", []object{{"revision": revision, "reason": " "}}).want("errors.0.code", "override_reason")
	w.do(content.Author, 422, "PUT", "/changes/"+change+"/overrides", []object{{"revision": nobodys, "reason": "x"}}).want("errors.0.code", "override_piece")
	reason := "The authority asked for these words."
	w.do(content.Author, 200, "PUT", "/changes/"+change+"/overrides", []object{{"revision": revision, "reason": reason}})
	hash := w.do(content.Author, 200, "POST", "/changes/"+change+"/submit", nil).text("hash")
	w.do(content.Approver, 200, "GET", "/changes/"+change, nil).want("overrides.0.reason", reason, "overrides.0.by_name", "author", "clarity.0.override", reason)
	w.do(content.Approver, 200, "POST", "/changes/"+change+"/approve", object{"hash": hash})
	w.do(content.Approver, 200, "POST", "/changes/"+change+"/publish", nil)
	version := w.do("", 200, "GET", "/entries/"+entry+"/versions/de/1", nil)
	version.want("verdict.override", reason)
	version.lacks(`"author"`)
	if score, ok := version.at("verdict.score").(float64); !ok || score >= 55 {
		t.Errorf("score %v", version.at("verdict.score"))
	}
}

func TestTheGatesInTheSettings(t *testing.T) {
	w := newWorld(t)
	w.do(content.Author, 200, "GET", "/settings", nil).want("gates.min_score", 55, "gates.errors_allowed", false, "gates.override_role", "author", "clarity_line", false)
	w.do("", 200, "GET", "/settings", nil).want("gates", nil, "clarity_line", false)
	w.do(content.Approver, 403, "PATCH", "/settings", object{"gates": object{"min_score": 0}})
	w.do(content.Admin, 200, "PATCH", "/settings", object{"clarity_line": true, "gates": object{
		"min_score": 40, "rules_off": []string{"para.long"}, "known_words": []string{" Talerwerk ", "Talerwerk"}, "override_role": "nobody",
		"replacements": object{"de": object{"Mithin": "also"}},
	}}).want("gates.min_score", 40, "gates.known_words.1", nil, "gates.known_words.0", "Talerwerk", "gates.override_role", "nobody",
		"gates.replacements.de.mithin", "also", "clarity_line", true)
	w.do(content.Admin, 200, "PATCH", "/settings", object{"gates": object{"errors_allowed": true}}).want("gates.min_score", 40, "gates.errors_allowed", true)
	w.do(content.Admin, 422, "PATCH", "/settings", object{"gates": object{"min_score": 101}}).want("errors.0.field", "gates.min_score")
	w.do(content.Admin, 422, "PATCH", "/settings", object{"gates": object{"rules_off": []string{"para.lang"}}}).want("errors.0.code", "rule_unknown")
	w.do(content.Admin, 422, "PATCH", "/settings", object{"gates": object{"override_role": "king"}})

	change, revision, _ := w.hard()
	w.do(content.Admin, 403, "PUT", "/changes/"+change+"/overrides", []object{{"revision": revision, "reason": "x"}}).want("code", "override_nobody")
	found := w.do(content.Author, 200, "POST", "/check", object{"lang": "de", "text": "Talerwerk zahlt mithin das Geld."})
	if !strings.Contains(string(found.body), `"replacement":"also"`) {
		t.Errorf("the site's own words are not used: %s", found.body)
	}
	rules := w.do(content.Author, 200, "GET", "/rules", nil)
	if rules.count("items") < 15 || !strings.Contains(string(rules.body), `"id":"para.long"`) {
		t.Errorf("rules %s", rules.body)
	}
}

func TestTheGlossaryByTheAPI(t *testing.T) {
	w := newWorld(t)
	before := w.do(content.Author, 200, "POST", "/check", object{"lang": "de", "text": "Der Auftragsverarbeiter druckt die Rechnung."})
	if !strings.Contains(string(before.body), "word.legal-term") {
		t.Fatalf("nothing to explain: %s", before.body)
	}
	made := w.do(content.Approver, 201, "POST", "/glossary", object{
		"lang": "de", "term": "Auftragsverarbeiter", "forms": []string{"Auftragsverarbeitern"}, "explanation": "Eine Firma, die für uns arbeitet.",
	})
	made.want("edition", 1, "url", "https://data.example.org/de/glossary#term-auftragsverarbeiter")
	after := w.do(content.Author, 200, "POST", "/check", object{"lang": "de", "text": "Der Auftragsverarbeiter druckt die Rechnung."})
	after.lacks("word.legal-term")
	w.do(content.Approver, 409, "POST", "/glossary", object{"lang": "de", "term": "auftragsverarbeiter", "explanation": "x"}).want("code", "term_taken")
	at := "/glossary/" + made.text("id")
	w.do(content.Approver, 200, "PATCH", at, object{"example": "Eine Druckerei.", "edition": 1}).want("edition", 2, "example", "Eine Druckerei.", "term", "Auftragsverarbeiter")
	w.do(content.Approver, 409, "PATCH", at, object{"example": "x", "edition": 1}).want("code", "term_old")
	w.do("", 200, "GET", "/glossary?lang=de", nil).want("items.0.term", "Auftragsverarbeiter", "items.0.forms.0", "Auftragsverarbeitern")
	w.do("", 200, "GET", "/glossary?lang=en", nil).want("items.0", nil)
	starters := w.do(content.Author, 200, "GET", "/glossary-starters?lang=de", nil)
	starters.lacks(`"term":"Auftragsverarbeiter"`)
	name := starters.text("items.0.term")
	w.do(content.Approver, 200, "POST", "/glossary-starters/adopt", object{"lang": "de", "terms": []string{name}}).want("items.0.term", name)
	w.do(content.Approver, 204, http.MethodDelete, at, nil)
	w.do(content.Approver, 404, http.MethodDelete, at, nil).want("code", "term_unknown")
}

func TestFindingsArePutAsideByTheAPI(t *testing.T) {
	w := newWorld(t)
	_, _, entry := w.hard()
	at := "/entries/" + entry + "/ignored"
	w.do(content.Author, 422, "POST", at, object{"lang": "de", "rule": "word.hedge", "quote": "q", "reason": ""}).want("errors.0.code", "ignore_reason")
	w.do(content.Author, 422, "POST", at, object{"lang": "de", "rule": "no.rule", "quote": "q", "reason": "r"}).want("errors.0.code", "rule_unknown")
	made := w.do(content.Author, 201, "POST", at, object{"lang": "de", "rule": "word.hedge", "quote": "q", "reason": "We mean it."})
	again := w.do(content.Author, 201, "POST", at, object{"lang": "de", "rule": "word.hedge", "quote": "q", "reason": "Really."})
	again.want("id", made.text("id"), "reason", "Really.")
	w.do(content.Approver, 200, "GET", at, nil).want("items.0.reason", "Really.", "items.1", nil)
	w.do(content.Author, 204, http.MethodDelete, "/ignored/"+made.text("id"), nil)
	w.do(content.Author, 404, http.MethodDelete, "/ignored/"+made.text("id"), nil)
}

func TestTextsAreRankedByTheAPI(t *testing.T) {
	w := newWorld(t)
	change, revision, entry := w.hard()
	w.do(content.Author, 200, "PUT", "/changes/"+change+"/overrides", []object{{"revision": revision, "reason": "x"}})
	hash := w.do(content.Author, 200, "POST", "/changes/"+change+"/submit", nil).text("hash")
	w.do(content.Approver, 200, "POST", "/changes/"+change+"/approve", object{"hash": hash})
	w.do(content.Approver, 200, "POST", "/changes/"+change+"/publish", nil)
	w.do(content.Author, 200, "GET", "/clarity", nil).want("items.0.entry", entry, "items.0.lang", "de", "items.0.trend.0.number", 1, "items.1", nil)
	w.do("", 401, "GET", "/clarity", nil)
}
