package api_test

import (
	"strings"
	"testing"

	"klartext/content"
)

func TestNoSecretOfAChannelComesBack(t *testing.T) {
	s := newWorld(t).shop()
	path := "/channels/" + s.channel
	answers := []answer{
		s.do(content.Admin, 200, "GET", "/channels", nil),
		s.do(content.Author, 200, "GET", path, nil),
		s.do(content.Admin, 200, "POST", path+"/test", nil),
		s.do(content.Admin, 200, "POST", path+"/pause", nil),
		s.do(content.Admin, 200, "PATCH", path, object{"name": "Laden", "settings": object{"access_token": "canary-token-2"}}),
		s.do(content.Admin, 422, "PATCH", path, object{"settings": object{"access_token": "canary-refused"}}),
		s.do(content.Admin, 422, "PATCH", path, object{"settings": object{"password": "canary"}}),
		s.do(content.Admin, 200, "POST", path+"/resume", nil),
		s.do(content.Admin, 200, "GET", "/audit", nil),
	}
	for _, a := range answers {
		a.lacks("canary", `"settings":`)
	}
	answers[0].want("items.0.account.handle", "@shop@example.social", "items.0.account.limit", 100)
	answers[3].want("state", "paused")
	answers[4].want("name", "Laden", "state", "active")
	answers[5].want("errors.0.field", "settings.access_token")
	answers[6].want("errors.0.field", "settings.password")
	s.do(content.Admin, 200, "DELETE", path, nil).want("state", "disconnected")
	s.do(content.Admin, 409, "DELETE", path, nil).want("code", "channel_disconnected")
}

func TestAccounts(t *testing.T) {
	w := newWorld(t)
	w.do(content.Author, 200, "GET", "/me", nil).want("email", "author@example.org", "role", "author", "lang", "<nil>")
	added := w.do(content.Admin, 201, "POST", "/users", object{"email": "New@Example.org", "name": "New", "role": "author"})
	added.want("email", "new@example.org", "disabled_at", "<nil>")
	user := "/users/" + added.text("id")
	link := w.do(content.Admin, 201, "POST", user+"/login-link", nil)
	if link.text("url") == "" || link.header.Get("Cache-Control") != "no-store" {
		t.Errorf("link: %s, %v", link.body, link.header)
	}
	w.do(content.Admin, 200, "PATCH", user, object{"role": "approver"}).want("role", "approver", "name", "New")
	disabled := w.do(content.Admin, 200, "PATCH", user, object{"disabled": true}).text("disabled_at")
	w.do(content.Admin, 200, "PATCH", user, object{"disabled": true, "name": "Gone"}).want("disabled_at", disabled, "name", "Gone")
	w.do(content.Admin, 200, "PATCH", user, object{"disabled": false}).want("disabled_at", "<nil>")
	w.do(content.Admin, 409, "PATCH", "/users/"+w.Admin.UserID, object{"role": "author"}).want("code", "last_admin")
	w.do(content.Admin, 409, "POST", "/users", object{"email": "new@example.org", "name": "N", "role": "author"}).want("code", "email_taken")
	w.do(content.Admin, 422, "POST", "/users", object{"email": "x", "name": "N", "role": "king"}).want("errors.0.code", "json_value")
	users := w.do(content.Admin, 200, "GET", "/users", nil)
	if users.count("items") != 4 {
		t.Errorf("users: %s", users.body)
	}
	users.lacks("hash", "password")
}

func TestTokens(t *testing.T) {
	w := newWorld(t)
	made := w.do(content.Author, 201, "POST", "/tokens", object{"name": "build", "expires_at": "2026-03-02T11:00:00+01:00"})
	made.want("name", "build", "revoked_at", "<nil>")
	if !strings.HasPrefix(made.text("expires_at"), "2026-03-02T10:00:00") {
		t.Errorf("it ends at %s", made.text("expires_at"))
	}
	w.tokens["made"] = made.text("token")
	w.do("made", 200, "GET", "/me", nil).want("id", w.Author.UserID)
	w.do(content.Author, 200, "GET", "/tokens", nil).lacks(made.text("token"))
	w.do(content.Approver, 404, "DELETE", "/tokens/"+made.text("id"), nil)
	w.do(content.Author, 204, "DELETE", "/tokens/"+made.text("id"), nil)
	w.do("made", 401, "GET", "/me", nil).want("code", "token_wrong")
	w.do(content.Author, 422, "POST", "/tokens", object{"name": "old", "expires_at": "2020-01-01T00:00:00Z"}).want("errors.0.code", "moment_past")
	w.do(content.Author, 422, "POST", "/tokens", object{"name": "old", "expires_at": "soon"}).want("errors.0.code", "moment_form")
}

func TestAWrongTokenIsRefusedEverywhere(t *testing.T) {
	w := newWorld(t)
	for _, header := range []string{"Bearer wrong", "Bearer", "Bearer ", "Basic YTpi", w.tokens[content.Author], "bearer\t" + w.tokens[content.Author]} {
		a := w.send(request{method: "GET", path: "/api/v1/entries", header: map[string]string{"Authorization": header}})
		if a.status != 401 || a.text("code") != "token_wrong" || a.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%q: %d %s", header, a.status, a.body)
		}
	}
	a := w.send(request{method: "GET", path: "/api/v1/me", header: map[string]string{"Authorization": "bEARER " + w.tokens[content.Author]}})
	if a.status != 200 {
		t.Errorf("the scheme's name in other letters: %d", a.status)
	}
	if _, err := w.Store.UpdateUser(t.Context(), w.Author.UserID, func(u *content.User, _ int) error { u.Disabled = w.Now(); return nil },
		content.NewAudit(content.System(), w.Now(), "user.update", w.Author.UserID, nil)); err != nil {
		t.Fatal(err)
	}
	w.do(content.Author, 401, "GET", "/entries", nil)
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	w.do(content.Admin, 200, "PATCH", "/settings", object{"site_name": object{"de": "Laden"}, "languages": []string{"de"}, "time_zone": "Europe/Vienna"}).
		want("site_name.de", "Laden", "languages", "[de]", "time_zone", "Europe/Vienna", "approvals_required", 1)
	w.do(content.Admin, 422, "PATCH", "/settings", object{"approvals_required": 3, "time_zone": "Mars/Olympus"}).
		want("errors.0.field", "time_zone", "errors.1.field", "approvals_required")
}

func TestWhichLanguageIsBehindIsASetting(t *testing.T) {
	w := newWorld(t)
	w.do("", 200, "GET", "/settings", nil).want("show_language_lag", false)
	w.do(content.Admin, 200, "PATCH", "/settings", object{"show_language_lag": true}).want("show_language_lag", true)
	w.do(content.Admin, 200, "PATCH", "/settings", object{"approvals_required": 1}).want("show_language_lag", true)
	w.do(content.Admin, 200, "PATCH", "/settings", object{"show_language_lag": false}).want("show_language_lag", false)
}

func TestSearch(t *testing.T) {
	s := newWorld(t).shop()
	s.do("", 200, "GET", "/search?q=standort", nil).want("results", "[]")
	s.publish()
	for _, query := range []string{"lang=de&q=standort", "q=standort", "lang=de&q=location", "lang=en&q=standort", "lang=en&q=LOCATION&limit=1"} {
		a := s.do("", 200, "GET", "/search?"+query, nil)
		if a.count("results") == 0 || a.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %s", query, a.body)
		}
	}
	s.do("", 200, "GET", "/search?lang=de&q=wo%20bin%20filiale", nil).want(
		"results.0.url", "https://data.example.org/de/faq/where-am-i", "results.0.title", "Wissen Sie, wo ich bin?", "results.0.kind", "entry", "results.0.lang", "de")
	s.do("", 422, "GET", "/search?lang=fr&q=x", nil).want("errors.0.code", "lang_not_of_site")
	s.do("", 422, "GET", "/search?lang=x/y&q=x", nil).want("errors.0.code", "lang_form")
	s.do("", 422, "GET", "/search?limit=-1&q=x", nil).want("errors.0.code", "limit_form")
	s.do("", 200, "GET", "/search?q=%ff%00", nil).want("results", "[]")
	s.do("", 200, "GET", "/search", nil).want("results", "[]")
	s.do("", 200, "GET", "/search?lang=de&q=where", nil).want("results", "[]", "nearest", nil) // says nothing, and nothing comes near
}
