package api_test

import (
	"strings"
	"testing"
	"time"

	"klartext/content"
)

// past is a shop that published a text, rewrote it, and took the English one down, a day apart.
func past(t *testing.T) (s *shop, days []string) {
	t.Helper()
	s = newWorld(t).shop()
	day := func() string { return s.Time.Format(time.DateOnly) }
	s.publish()
	days = append(days, day())
	s.Time = s.Time.AddDate(0, 0, 2)
	second := s.write("de", "Wo bin ich, und wissen Sie das?", s.german).text("id")
	s.publishOnly("rewritten", object{"revisions": []string{second}, "materiality": "editorial"})
	days = append(days, day())
	s.Time = s.Time.AddDate(0, 0, 2)
	s.publishOnly("english-gone", object{"withdraw": []object{{"entry": s.entry, "lang": "en", "reason": "Nobody read it."}}, "materiality": "material"})
	return s, append(days, day())
}

func TestTheSiteAsOfADay(t *testing.T) {
	s, days := past(t)
	then := s.do("", 200, "GET", "/as-of/"+days[0], nil)
	then.want("items.0.entry", s.entry, "items.0.kind", "entry", "items.0.slug", "where-am-i", "items.0.topic", s.topic, "items.0.facts_version", 1,
		"items.0.languages.0.lang", "de", "items.0.languages.0.number", 1, "items.0.languages.0.title", "Wissen Sie, wo ich bin?",
		"items.0.languages.0.url", "https://data.example.org/de/faq/where-am-i/v1",
		"items.0.languages.0.as_of_url", "https://data.example.org/de/as-of/"+days[0]+"/faq/where-am-i", "items.0.languages.1.lang", "en", "next", "<nil>")
	s.do("", 200, "GET", "/as-of/"+days[1], nil).want("items.0.languages.0.number", 2, "items.0.languages.0.title", "Wo bin ich, und wissen Sie das?", "items.0.languages.1.number", 1)
	if now := s.do("", 200, "GET", "/as-of/"+days[2], nil); now.count("items.0.languages") != 1 {
		t.Errorf("what was taken down is still there: %s", now.body)
	}
	s.do("", 200, "GET", "/as-of/"+days[1]+"?lang=en", nil).want("items.0.languages.0.lang", "en", "items.0.languages.1", "<nil>")
	if gone := s.do("", 200, "GET", "/as-of/"+days[2]+"?lang=en", nil); gone.count("items") != 0 {
		t.Errorf("an entry without a text is listed: %s", gone.body)
	}
	if none := s.do("", 200, "GET", "/as-of/2001-01-01", nil); none.count("items") != 0 || none.at("items") == nil {
		t.Errorf("before the first day: %s", none.body)
	}
}

func TestWhatChangedSince(t *testing.T) {
	s, days := past(t)
	all := s.do("", 200, "GET", "/since?date="+days[0], nil)
	all.want("items.0.entry", s.entry, "items.0.lang", "de", "items.0.act", "new", "items.0.from", "<nil>", "items.0.to", 2,
		"items.0.url", "https://data.example.org/de/faq/where-am-i", "items.0.compare_url", "<nil>", "more_changes", 0, "next", "<nil>",
		"changes.0.slug", "english-gone", "changes.2.slug", "location-explained", "changes.2.permalink.de", "https://example.org/de/changes/location-explained")
	later := s.do("", 200, "GET", "/since?change=location-explained", nil)
	later.want("items.0.act", "changed", "items.0.from", 1, "items.0.to", 2, "items.0.title", "Wo bin ich, und wissen Sie das?",
		"items.0.compare_url", "https://data.example.org/de/faq/where-am-i/v1...v2", "items.1.lang", "en", "items.1.act", "withdrawn", "items.1.compare_url", "<nil>")
	if later.count("changes") != 2 {
		t.Errorf("after the first change: %s", later.body)
	}
	if same := s.do("", 200, "GET", "/since?change="+s.change, nil); string(same.body) != string(later.body) {
		t.Error("a change's id and its slug give different answers")
	}
	part := s.do("", 200, "GET", "/since?limit=1&change="+s.change, nil)
	s.do("", 200, "GET", "/since?limit=1&change="+s.change+"&cursor="+part.text("next"), nil).want("items.0.lang", "en", "next", "<nil>")
	s.do("", 200, "GET", "/since?lang=en&change="+s.change, nil).want("items.0.lang", "en", "items.1", "<nil>")
	if none := s.do("", 200, "GET", "/since?change=english-gone", nil); none.count("items") != 0 || none.count("changes") != 0 || none.at("changes") == nil {
		t.Errorf("after the last change: %s", none.body)
	}
	all.lacks("approver@", "author")
}

func TestWhatWasAnnounced(t *testing.T) {
	s, _ := past(t)
	first := s.do("", 200, "GET", "/coverage?limit=2", nil)
	first.want("material", 2, "announced", 0, "editorial", 1, "imported", 0, "behind", "<nil>", "items.0.slug", "english-gone", "items.0.materiality", "material",
		"items.0.posts", "[]", "items.1.slug", "rewritten", "items.1.why.en", "You asked.")
	s.do("", 200, "GET", "/coverage?cursor="+first.text("next"), nil).want("items.0.slug", "location-explained", "next", "<nil>")
	s.do(content.Admin, 200, "PATCH", "/settings", object{"show_language_lag": true})
	s.do("", 200, "GET", "/coverage", nil)
}

// Each error is a sentence in the reader's language, and of the field that is wrong.
func TestLookingBackWithBadInput(t *testing.T) {
	s, days := past(t)
	for _, c := range []struct{ path, field, code, de, en string }{
		{"/as-of/2026-02-31", "date", "date_form", "kein Datum", "not a date"},
		{"/as-of/0000-01-01", "date", "date_form", "kein Datum", "not a date"},
		{"/as-of/yesterday", "date", "date_form", "kein Datum", "not a date"},
		{"/as-of/%00", "date", "date_form", "kein Datum", "not a date"},
		{"/as-of/2090-12-31", "date", "day_future", "kommt erst noch", "still to come"},
		{"/since", "date", "since_what", "Seit wann?", "Since when?"},
		{"/since?date=" + days[0] + "&change=rewritten", "date", "since_what", "entweder", "either"},
		{"/since?date=2090-12-31", "date", "day_future", "früheren Tag", "earlier day"},
		{"/since?date=2026-3-1", "date", "date_form", "kein Datum", "not a date"},
		{"/since?change=nothing", "change", "change_unknown", "Änderung", "change"},
		{"/since?date=" + days[0] + "&lang=fr", "lang", "lang_not_of_site", "fr", "fr"},
		{"/as-of/" + days[0] + "?lang=german", "lang", "lang_form", "Sprachkürzel", "language"},
		{"/as-of/" + days[0] + "?cursor=x", "cursor", "cursor_form", "cursor", "cursor"},
		{"/coverage?limit=0", "limit", "limit_form", "", ""},
	} {
		for lang, want := range map[string]string{"de": c.de, "en": c.en} {
			a := s.send(request{method: "GET", path: "/api/v1" + c.path, header: map[string]string{"Accept-Language": lang}})
			if a.status != 422 || a.text("errors.0.field") != c.field || a.text("errors.0.code") != c.code || !strings.Contains(a.text("errors.0.detail"), want) {
				t.Errorf("%s in %s: %d %s", c.path, lang, a.status, a.body)
			}
		}
	}
	for _, path := range []string{"/as-of/" + days[0], "/since?date=" + days[0], "/coverage"} {
		a := s.send(request{method: "GET", path: "/api/v1" + path, header: map[string]string{"Origin": "https://elsewhere.example"}})
		if a.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s is not open to other origins", path)
		}
		if a := s.send(request{method: "POST", path: "/api/v1" + path}); a.status != 401 {
			t.Errorf("POST %s: %d", path, a.status)
		}
	}
}

// The document's examples are answers that the API might give.
func TestExamplesFitTheirSchemas(t *testing.T) {
	w := newWorld(t)
	found := 0
	for path, methods := range w.document.paths {
		for method, op := range methods.(object) {
			body := dig(op, "responses", "200", "content", "application/json")
			if example := dig(body, "example"); example != nil {
				w.document.fits(t, method+" "+path, example, dig(body, "schema"))
				found++
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d examples", found)
	}
}

// publishOnly takes one more change all the way.
func (s *shop) publishOnly(slug string, change object) {
	s.t.Helper()
	change["slug"], change["title"], change["why"] = slug, object{"de": slug, "en": slug}, object{"de": "Sie haben gefragt.", "en": "You asked."}
	first := s.change
	s.change = s.do(content.Author, 201, "POST", "/changes", change).text("id")
	s.publish()
	s.change = first
}
