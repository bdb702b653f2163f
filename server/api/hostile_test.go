package api_test

import (
	"strings"
	"testing"

	"klartext/content"
)

// hostile is a body and how it must be refused.
type hostile struct {
	name, method, path, kind, body string
	status                         int
	code, field                    string
}

func (s *shop) hostileBodies() []hostile {
	revisions := "/entries/" + s.entry + "/revisions"
	return []hostile{
		{"form", "POST", "/topics", "application/x-www-form-urlencoded", "slug=a", 415, "media_type", ""},
		{"text", "POST", "/topics", "text/plain", topicBody, 415, "media_type", ""},
		{"latin 1", "POST", "/topics", "application/json; charset=iso-8859-1", topicBody, 415, "media_type", ""},
		{"charset", "POST", "/topics", "application/json; charset=utf-8", `{"slug":"b","title":{"de":"B"}}`, 201, "", ""},
		{"nothing", "POST", "/topics", "", "", 422, "json_form", ""},
		{"cut off", "POST", "/topics", "", `{"slug":`, 422, "json_form", ""},
		{"garbage after", "POST", "/topics", "", topicBody + "x", 422, "json_form", ""},
		{"two values", "POST", "/topics", "", topicBody + topicBody, 422, "json_form", ""},
		{"list", "POST", "/topics", "", "[]", 422, "json_type", ""},
		{"null", "POST", "/topics", "", "null", 422, "json_type", ""},
		{"unknown field", "POST", "/topics", "", `{"slug":"c","title":{"de":"C"},"admin":true}`, 422, "json_unknown", "admin"},
		{"other case", "POST", "/topics", "", `{"Slug":"c","slug":"c","title":{"de":"C"}}`, 422, "json_unknown", "Slug"},
		{"twice", "POST", "/topics", "", `{"slug":"c","slug":"d","title":{"de":"C"}}`, 422, "json_twice", "slug"},
		{"missing", "POST", "/entries", "", `{"slug":"c"}`, 422, "required", "kind"},
		{"kind", "POST", "/entries", "", `{"kind":"page","slug":"c"}`, 422, "json_value", "kind"},
		{"number", "POST", "/entries", "", `{"kind":"entry","slug":7}`, 422, "json_type", "slug"},
		{"string", "POST", "/topics", "", `{"slug":"c","title":{"de":"C"},"position":"1"}`, 422, "json_type", "position"},
		{"huge number", "POST", "/topics", "", `{"slug":"c","title":{"de":"C"},"position":99999999999999999999}`, 422, "json_type", "position"},
		{"inner type", "POST", revisions, "", `{"lang":"de","title":"A","choices":[{"label":1}]}`, 422, "json_type", "choices.0.label"},
		{"inner unknown", "POST", revisions, "", `{"lang":"de","title":"A","sections":[{"titel":"x"}]}`, 422, "json_unknown", "sections.0.titel"},
		{"NUL", "POST", revisions, "", `{"lang":"de","title":"A\u0000"}`, 422, "not_text", "title"},
		{"language", "POST", revisions, "", `{"lang":"fr","title":"A","base_revision":null}`, 422, "lang_unknown", "lang"},
		{"script", "POST", revisions, "", `{"lang":"de","title":"A","choices":[{"label":"l","url":"javascript:alert(1)"}]}`, 422, "link_form", "choices.0.url"},
		{"no entry", "POST", "/entries/%00/revisions", "", `{"lang":"de","title":"A"}`, 404, "entry_unknown", ""},
		{"odd id", "POST", "/changes", "", `{"revisions":["'; DROP TABLE revisions"]}`, 422, "revision_unknown", "revisions.0"},
		{"unknown revision", "POST", "/changes", "", `{"title":{"de":"A"},"revisions":["` + nobodys + `"]}`, 422, "revision_unknown", "revisions.0"},
		{"unknown entry", "POST", "/changes", "", `{"withdraw":[{"entry":"a b","lang":"de","reason":"r"}]}`, 422, "entry_unknown", "withdraw.0.entry"},
		{"no date", "POST", "/changes", "", `{"title":{"de":"A"},"effective_date":"2026-02-30"}`, 422, "date_form", "effective_date"},
		{"side", "POST", "/changes", "", `{"perspectives":{"de":[{"side":"lawyer","text":"t"}]}}`, 422, "json_value", "perspectives.de.0.side"},
		{"country", "POST", "/entries/" + s.entry + "/facts", "", `{"countries":["Germany"],"base_revision":"` + s.facts + `"}`, 422, "country_form", "countries.0"},
		{"country of nobody", "POST", "/entries/" + s.entry + "/facts", "", `{"recipients":[{"country":"DE"}],"base_revision":"` + s.facts + `"}`, 422, "required", "recipients.0.name"},
		{"no such country", "POST", "/entries/" + s.entry + "/facts", "", `{"countries":["XX"],"base_revision":"` + s.facts + `"}`, 422, "country_form", "countries.0"},
		{"body where none is", "POST", "/changes/" + s.change + "/submit", "", `{"force":true}`, 422, "json_unknown", "force"},
		{"announcements", "PUT", "/changes/" + s.change + "/announcements", "", `[{"channel":"x","lang":"de","text":"t"}]`, 422, "channel_unknown", "announcements.0.channel"},
		{"no hash", "POST", "/changes/" + s.change + "/approve", "", `{}`, 422, "required", "hash"},
		{"resolve", "POST", "/deliveries/" + nobodys + "/resolve", "", `{"as":"perhaps"}`, 422, "json_value", "as"},
	}
}

func TestHostileBodies(t *testing.T) {
	s := newWorld(t).shop()
	for _, test := range s.hostileBodies() {
		t.Run(test.name, func(t *testing.T) {
			header := map[string]string{}
			if test.kind != "" {
				header["Content-Type"] = strings.TrimPrefix(test.kind, "-")
			}
			s.t = t
			a := s.send(request{method: test.method, path: "/api/v1" + test.path, role: content.Admin, body: test.body, header: header})
			code, field := a.text("code"), ""
			if a.count("errors") > 0 {
				code, field = a.text("errors.0.code"), a.text("errors.0.field")
			}
			if a.status != test.status || code != test.code || field != test.field {
				t.Errorf("got %d %s %q: %s", a.status, code, field, a.body)
			}
		})
	}
}

func TestLargeAndDeepBodies(t *testing.T) {
	s := newWorld(t).shop()
	path := "/api/v1/entries/" + s.entry + "/revisions"
	large := `{"lang":"de","title":"A","body":"` + strings.Repeat("a", 5<<20) + `"}`
	for lang, words := range map[string]string{"de": "zu viel auf einmal", "en": "too much at once"} {
		a := s.send(request{method: "POST", path: path, role: content.Author, body: large, header: map[string]string{"Accept-Language": lang}})
		if a.status != 413 || a.text("code") != "body_too_large" || !strings.Contains(a.text("detail"), words) {
			t.Errorf("%s: %d %s", lang, a.status, a.body)
		}
	}
	for _, deep := range []string{strings.Repeat("[", 200_000), `{"title":` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5001)} {
		if a := s.send(request{method: "POST", path: path, role: content.Author, body: deep}); a.status != 422 {
			t.Errorf("deep: %d %s", a.status, a.body)
		}
	}
	packed := s.send(request{method: "POST", path: path, role: content.Author, body: `{}`, header: map[string]string{"Content-Encoding": "gzip"}})
	if packed.status != 415 || packed.text("code") != "content_encoding" {
		t.Errorf("packed: %d %s", packed.status, packed.body)
	}
	s.do(content.Author, 200, "GET", "/entries/"+s.entry+"/revisions?lang=de", nil).want("items.0.id", s.german, "next", "<nil>")
}

func TestHostileQueries(t *testing.T) {
	w := newWorld(t)
	for query, field := range map[string]string{
		"/entries?limit=0": "limit", "/entries?limit=-1": "limit", "/entries?limit=ten": "limit",
		"/entries?cursor=%21": "cursor", "/entries?cursor=bm9ib2R5": "cursor", "/audit?cursor=JyBPUiAxPTE": "cursor",
		"/entries?topic=%00": "topic", "/deliveries?change=%27": "change", "/deliveries?state=lost": "state", "/deliveries?view=line": "view", "/deliveries?cursor=bm9ib2R5": "cursor", "/changes?state=lost": "state",
		"/entries/" + nobodys + "/revisions?lang=%00": "lang",
	} {
		w.do(content.Admin, 422, "GET", query, nil).want("errors.0.field", field)
	}
	for _, path := range []string{"/entries/%00", "/entries/..%2f..%2fetc", "/changes/'", "/channels/%20", "/deliveries/" + strings.Repeat("a", 65)} {
		w.do(content.Admin, 404, "GET", path, nil)
	}
}

func TestCursorsWalkTheWholeList(t *testing.T) {
	w := newWorld(t)
	want := map[string]bool{}
	for _, slug := range []string{"a", "b", "c", "d", "e"} {
		want[w.do(content.Author, 201, "POST", "/topics", object{"slug": slug, "title": object{"de": slug}}).text("id")] = true
	}
	for _, path := range []string{"/topics?limit=2", "/audit?limit=2"} {
		next, parts := "", 1
		for ; parts < 10; parts++ {
			list := w.do(content.Admin, 200, "GET", path+next, nil)
			for i := range list.count("items") {
				item := list.at("items").([]any)[i].(object)
				delete(want, item["id"].(string))
			}
			if list.at("next") == nil {
				break
			}
			next = "&cursor=" + list.text("next")
		}
		if parts < 3 || parts == 10 || len(want) > 0 {
			t.Errorf("%s: %d parts, not seen: %v", path, parts, want)
		}
	}
}
