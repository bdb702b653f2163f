package api_test

import (
	"net/http"
	"testing"

	"klartext/content"
)

// What other people's scripts send although they need not: all of it has one meaning only.
func TestHarmlessDifferencesAreAccepted(t *testing.T) {
	s := newWorld(t).shop()
	policy := s.do(content.Author, 201, "POST", "/entries", object{"kind": "policy", "slug": "privacy", "topic": nil}).text("id")
	for _, test := range []struct {
		name, method, path, kind, body string
		status                         int
	}{
		{"no type", "POST", "/topics", "-", `{"slug":"a","title":{"de":"A"}}`, 201},
		{"the type that curl sends", "POST", "/topics", "application/x-www-form-urlencoded", ` {"slug":"b","title":{"de":"B"}}`, 201},
		{"the charset in upper case", "POST", "/topics", `application/json; Charset="UTF-8"`, `{"slug":"c","title":{"de":"C"}}`, 201},
		{"another kind of JSON", "POST", "/topics", "application/merge-patch+json", `{"slug":"d","title":{"de":"D"}}`, 201},
		{"slash at the end", "POST", "/topics/", "", `{"slug":"e","title":{"de":"E","en":null}}`, 201},
		{"slash at the end, reading", "GET", "/entries/" + s.entry + "/", "", "", 200},
		{"text without its optional fields", "POST", "/entries/" + policy + "/revisions/", "", `{"lang":"de","title":"A","short_answer":null,` +
			`"body":null,"examples":null,"perspectives":null,"choices":null,"sections":[{"id":null,"heading":"H","body":"B","summary":null}]}`, 201},
		{"facts without any", "POST", "/entries/" + policy + "/facts", "", `{"data":null,"purposes":null,"legal_bases":null,"retention":null,` +
			`"recipients":[{"name":"R","role":null,"country":null}],"countries":null,"base_revision":null}`, 201},
		{"change without anything", "POST", "/changes", "", `{}`, 201},
		{"another without anything", "POST", "/changes", "", `{"slug":null,"title":null,"summary":null,"why":{"de":null},"materiality":null,` +
			`"effective_date":null,"perspectives":{"de":null},"revisions":null,"withdraw":null}`, 201},
		{
			"announcement", "PUT", "/changes/" + s.change + "/announcements", "",
			`[{"channel":"` + s.channel + `","lang":"de","text":"T","content_warning":null,"link":null,"media":null}]`, 200,
		},
		{"settings", "PATCH", "/settings", "", `{"site_name":null,"languages":null,"time_zone":null,"approvals_required":null}`, 200},
		{"submit without a body", "POST", "/changes/" + s.change + "/submit", "", "", 200},
		{"request edits without a note", "POST", "/changes/" + s.change + "/request-edits", "", "", 200},
		{"more than there can be", "GET", "/entries?limit=1000", "", "", 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := map[string]string{}
			switch test.kind {
			case "":
			case "-":
				header["Content-Type"] = ""
			default:
				header["Content-Type"] = test.kind
			}
			s.t = t
			a := s.send(request{method: test.method, path: "/api/v1" + test.path, role: content.Admin, body: test.body, header: header})
			if a.status != test.status {
				t.Errorf("got %d: %s", a.status, a.body)
			}
		})
	}
}

// Browsers ask before a page of another origin sends what is not plain; they get a yes for what everybody may read, and for nothing else.
func TestPagesOfOtherOriginsMayAskBeforeTheyRead(t *testing.T) {
	s := newWorld(t).shop()
	ask := func(path string) answer {
		return s.send(request{method: http.MethodOptions, path: path, header: map[string]string{
			"Origin": "https://other.example", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match",
		}})
	}
	for _, path := range []string{"/api/v1/entries", "/api/v1/changes/" + s.change, "/api/v1/settings/", "/api/openapi.json"} {
		if a := ask(path); a.status != 204 || a.header.Get("Access-Control-Allow-Origin") != "*" || a.header.Get("Access-Control-Allow-Methods") != "GET, HEAD" {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
	}
	for _, path := range []string{"/api/v1/channels", "/api/v1/users", "/api/v1/nothing"} {
		if a := ask(path); a.status != 401 || a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
	}
}
