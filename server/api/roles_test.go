package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"klartext/content"
)

// nobodys is an id that nothing has.
const nobodys = "01890000-0000-7000-8000-000000000000"

// bodies are such that only permission decides between 403 and any other answer.
func bodies() map[string]any {
	return map[string]any{
		"createTopic": object{"slug": "a", "title": object{"de": "A"}}, "editTopic": object{"position": 1},
		"createEntry": object{"kind": "policy", "slug": "a"}, "editEntry": object{"position": 1},
		"saveFacts": object{"countries": []string{"DE"}}, "saveRevision": object{"lang": "de", "title": "A"},
		"preview": object{"kind": "entry", "title": "A"}, "checkText": object{"lang": "de", "text": "Wir."}, "createChange": object{"title": object{"de": "A"}}, "editChange": object{"edition": 1},
		"setAnnouncements": []object{}, "addMedia": object{"file": "eA==", "alt": object{"de": "A"}}, "approveChange": object{"hash": "x"}, "requestEdits": object{"note": "n"},
		"scheduleChange":  object{"publish_at": "2030-01-01T00:00:00Z"},
		"resolveDelivery": object{"as": "not_sent"},
		"connectChannel":  object{"network": "test", "name": "A", "languages": []string{"de"}, "settings": object{"server": "s", "access_token": "t"}},
		"setOverrides":    []object{}, "createTerm": object{"lang": "de", "term": "A", "explanation": "B"}, "editTerm": object{"term": "A"},
		"adoptTerms": object{"lang": "de", "terms": []string{}}, "addIgnored": object{"lang": "de", "rule": "word.hedge", "quote": "q", "reason": "r"},
		"editChannel":   object{"name": "A"},
		"beginConsent":  object{"network": "test", "name": "A", "languages": []string{"de"}},
		"finishConsent": object{"state": "x", "code": "y"}, "editSettings": object{"approvals_required": 1},
		"addUser":  object{"email": "somebody@example.org", "name": "S", "role": "author"},
		"editUser": object{"name": "S"}, "addToken": object{"name": "t"}, "setLogo": object{"image": "eA=="},
		"askQuestion": object{"lang": "de", "text": "Was wissen Sie von mir?"}, "castVote": object{"entry": "x", "lang": "de", "version": 1, "clear": true},
		"answerQuestion": object{"entry": "x", "lang": "de", "version": 1}, "closeQuestion": object{"word": "Nein."},
		"correctDelivery": object{"how": "edit", "text": "Other words."}, "releaseHeld": object{"as": "look"},
	}
}

// strangersMay lists what is open. It stands here by hand, so that nothing gets open by a slip of the table.
var strangersMay = []string{"listTopics", "listEntries", "showEntry", "listVersions", "showVersion", "listChanges", "showChange", "showSettings", "listTerms", "search", "showAsOf", "showSince", "showCoverage"}

// onlyApprovers and onlyAdmins are by hand too; every author may do the rest.
var (
	onlyApprovers = []string{
		"approveChange", "requestEdits", "scheduleChange", "publishChange", "retryDelivery", "resolveDelivery", "cancelDelivery",
		"createTerm", "editTerm", "deleteTerm", "adoptTerms",
		"lookDelivery", "correctDelivery", "withdrawDelivery", "callOffDelivery", "repeatDelivery", "dismissDelivery", "releaseHeld", "trustPages",
	}
	onlyAdmins = []string{
		"connectChannel", "beginConsent", "finishConsent", "editChannel", "disconnectChannel", "testChannel", "pauseChannel", "resumeChannel",
		"editSettings", "setLogo", "removeLogo", "listUsers", "addUser", "editUser", "makeLoginLink", "listAudit",
	}
)

func mayCall(name string, role content.Role) bool {
	switch {
	case slices.Contains(strangersMay, name):
		return true
	case slices.Contains(onlyAdmins, name):
		return role == content.Admin
	case slices.Contains(onlyApprovers, name):
		return role == content.Approver || role == content.Admin
	}
	return role != ""
}

func TestEveryRouteForEveryRole(t *testing.T) {
	w := newWorld(t)
	param := regexp.MustCompile(`\{[^}]+\}`)
	bodies := bodies()
	calls := 0
	for _, path := range slices.Sorted(maps.Keys(w.document.paths)) {
		for method, described := range w.document.paths[path].(object) {
			op := described.(object)
			name := op["operationId"].(string)
			body := ""
			if dig(op, "requestBody", "required") == true {
				raw, err := json.Marshal(bodies[name])
				if err != nil || bodies[name] == nil {
					t.Fatalf("no body for %s: %v", name, err)
				}
				body = string(raw)
			}
			address := param.ReplaceAllString(path, nobodys)
			if name == "listRevisions" {
				address += "?lang=de"
			}
			for _, role := range []content.Role{"", content.Author, content.Approver, content.Admin} {
				a := w.send(request{method: strings.ToUpper(method), path: address, role: role, body: body})
				calls++
				refused := a.status == http.StatusUnauthorized || a.status == http.StatusForbidden
				if refused == mayCall(name, role) || a.status >= 500 {
					t.Errorf("%s as %q: %d %s", name, role, a.status, a.body)
				}
				if refused && (a.status == http.StatusUnauthorized) != (role == "") {
					t.Errorf("%s as %q is refused with %d", name, role, a.status)
				}
			}
			saidRole, _ := op["x-role"].(string)
			for _, role := range content.Roles() {
				said := saidRole == "" || slices.Index(content.Roles(), role) >= slices.Index(content.Roles(), content.Role(saidRole))
				if said != mayCall(name, role) {
					t.Errorf("%s: the document says %q", name, saidRole)
				}
			}
		}
	}
	if calls < 160 {
		t.Errorf("only %d calls were tried", calls)
	}
}

func TestACookieIsNoToken(t *testing.T) {
	w := newWorld(t)
	a := w.send(request{
		method: "POST", path: "/api/v1/topics", body: topicBody,
		header: map[string]string{"Cookie": "klartext_session=x; __Host-klartext=x", "Sec-Fetch-Site": "same-origin"},
	})
	if a.status != 401 {
		t.Errorf("got %d", a.status)
	}
}
