package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"klartext/content"
)

// brokenAccounts fails where the session is asked for, with this error or a panic.
type brokenAccounts struct {
	content.AccountStore
	fail func() error
}

func (b brokenAccounts) UserByEmail(_ context.Context, _ string) (content.User, error) {
	return content.User{}, b.fail()
}

func TestErrorsAreToldInBothLanguages(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	for _, line := range []struct {
		path   string
		lang   string
		status int
		title  string
		text   string
	}{
		{"/admin/nothing", "de", 404, "Nicht gefunden", "Diese Seite gibt es nicht."},
		{"/admin/nothing", "en", 404, "Not found", "There is no such page."},
		{"/admin/nothing", "fr", 404, "Not found", "There is no such page."},
		{"/admin/users", "de", 403, "Das ist nicht erlaubt", "Das darf Ihr Konto nicht (Rolle: Schreiben)."},
		{"/admin/users", "en", 403, "Not allowed", "Your account may not do this (role: author)."},
		{"/admin/channels/none", "de", 404, "Nicht gefunden", "Diesen Kanal gibt es nicht."},
	} {
		w.lang = line.lang
		a := w.get(line.path).is(line.status).says("h1", line.title).says("main", line.text)
		if got, _ := a.find("html").Attr("lang"); got != line.lang && line.lang != "fr" {
			t.Errorf("%s in %s: lang=%q", line.path, line.lang, got)
		}
	}
}

func TestOwnLanguageBeatsTheBrowsers(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	w.post("/admin/account/language", "lang", "de").to("/admin/account?note=saved")
	w.get("/admin/account?note=saved").is(200).says("h1", "Ihr Konto").says(".note", "Gespeichert.")
	w.post("/admin/account/language", "lang", "german").is(422)
	w.post("/admin/account/language", "lang", "").is(303)
	w.get("/admin/account").says("h1", "Your account")
}

func TestNoteShowsOnlyOurOwnWords(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	for _, note := range []string{"nothing", "%3Cb%3E", "saved%00", "../error.internal", strings.Repeat("a", 500)} {
		if a := w.get("/admin/account?note=" + note).is(200); strings.Contains(a.Text, `class="note"`) {
			t.Errorf("note=%s shows something", note)
		}
	}
}

func TestProblemsForPrograms(t *testing.T) {
	w := newWorld(t)
	for lang, want := range map[string]string{"de": "Diese Seite gibt es nicht.", "en": "There is no such page."} {
		w.lang = lang
		a := w.send(http.MethodGet, "/api/nothing", nil)
		if a.StatusCode != 404 || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/problem+json") {
			t.Fatalf("%d, %s", a.StatusCode, a.Header.Get("Content-Type"))
		}
		var problem struct {
			Type, Title, Detail, Code string
			Status                    int
		}
		if err := json.Unmarshal([]byte(a.Text), &problem); err != nil {
			t.Fatal(err)
		}
		if problem.Detail != want || problem.Code != "not_found" || problem.Status != 404 || problem.Title == "" || problem.Type == "" {
			t.Errorf("problem %+v", problem)
		}
	}
}

func TestOurOwnFaultsAreLoggedAndNotTold(t *testing.T) {
	w := newWorld(t)
	secret := "SELECT hunter2 FROM users"
	for name, fail := range map[string]func() error{
		"error": func() error { return textError(secret) },
		"panic": func() error { panic(secret) },
	} {
		store := w.accounts.Store
		w.accounts.Store = brokenAccounts{store, fail}
		w.log.Reset()
		a := w.post("/admin/login", "email", "author@example.org", "password", "x")
		w.accounts.Store = store
		if a.StatusCode != 500 || strings.Contains(a.Text, "hunter2") {
			t.Errorf("%s: %d, told: %v", name, a.StatusCode, strings.Contains(a.Text, "hunter2"))
		}
		if !strings.Contains(w.log.String(), "hunter2") {
			t.Errorf("%s is not in the log: %s", name, w.log)
		}
		if strings.Contains(w.log.String(), "author@example.org") {
			t.Errorf("%s: an address of a person is in the log", name)
		}
		w.get("/admin/login").is(200) // it goes on
	}
}

func TestWhenTheDiskIsFullOrTheDatabaseBusy(t *testing.T) {
	w := newWorld(t)
	store := w.accounts.Store
	for code, want := range map[content.Code]int{content.CodeDiskFull: 507, content.CodeBusy: 503} {
		w.accounts.Store = brokenAccounts{store, func() error { return content.Fail(content.Unavailable, code, nil) }}
		a := w.post("/admin/login", "email", "author@example.org", "password", "x").is(want)
		if got := a.value("input[name=email]"); got != "author@example.org" {
			t.Errorf("%s: what was typed is lost: %q", code, got)
		}
		if want == 503 && a.Header.Get("Retry-After") == "" {
			t.Error("503 without Retry-After")
		}
	}
}

type textError string

func (e textError) Error() string { return string(e) }
