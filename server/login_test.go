package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"klartext/content"
)

func (w *world) setPassword(actor content.Actor) {
	w.t.Helper()
	if err := w.accounts.SetPassword(w.t.Context(), w.Admin, actor.UserID, goodPass); err != nil {
		w.t.Fatal(err)
	}
}

func TestLogin(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	w.get("/admin/entries?q=x").to("/admin/login?next=%2Fadmin%2Fentries%3Fq%3Dx")
	form := w.get("/admin/login?next=%2Fadmin%2Fchannels").is(200)
	a := w.post("/admin/login", "email", "AUTHOR@example.org ", "password", goodPass, "next", form.value("input[name=next]"))
	a.to("/admin/channels")
	cookie := a.Header.Values("Set-Cookie")[0]
	for _, part := range []string{"__Host-klartext=", "path=/", "HttpOnly", "secure", "SameSite=Lax"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie %q has no %s", cookie, part)
		}
	}
	if strings.Contains(strings.ToLower(cookie), "domain=") {
		t.Errorf("the cookie names a domain: %q", cookie)
	}
	w.get("/admin/channels").is(200).says(".whoami", "author")
}

func TestLoginRefusalsReadTheSame(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	w.setPassword(w.Approver)
	if _, err := w.accounts.UpdateUser(t.Context(), w.Admin, w.Approver.UserID, func(u *content.User) { u.Disabled = w.Now() }); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, pair := range [][2]string{
		{"author@example.org", "another password"}, {"nobody@example.org", goodPass}, {"approver@example.org", goodPass}, {"", ""},
	} {
		a := w.post("/admin/login", "email", pair[0], "password", pair[1]).is(http.StatusUnauthorized)
		if got := a.value("input[name=email]"); got != pair[0] {
			t.Errorf("the address that was typed is lost: %q", got)
		}
		if strings.Contains(a.Text, goodPass) {
			t.Error("the password comes back in the page")
		}
		texts = append(texts, a.find(".problems").Text())
	}
	for _, text := range texts[1:] {
		if text != texts[0] {
			t.Errorf("%q differs from %q", text, texts[0])
		}
	}
	if strings.Contains(w.log.String(), "example.org") || strings.Contains(w.log.String(), goodPass) {
		t.Errorf("the log tells too much: %s", w.log)
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	w.lang = "de"
	for range 5 {
		w.post("/admin/login", "email", "author@example.org", "password", "wrong").is(http.StatusUnauthorized)
	}
	a := w.post("/admin/login", "email", "author@example.org", "password", goodPass).is(http.StatusTooManyRequests)
	if a.Header.Get("Retry-After") == "" {
		t.Error("it does not say how long to wait")
	}
	a.says(".problems", "zu viele Versuche")
	w.Time = w.Time.Add(time.Minute)
	w.post("/admin/login", "email", "author@example.org", "password", goodPass).is(http.StatusSeeOther)
}

func TestNextLeadsNowhereElse(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	for _, next := range []string{
		"//evil.example", "https://evil.example", `/\evil.example`, "/admin/../../evil", "/admin//../x", "javascript:alert(1)", "/admin/\r\nX: y",
		"\t//evil.example", "/admin/\\@evil.example", "https:/admin/", "/en/", "",
	} {
		a := w.post("/admin/login", "email", "author@example.org", "password", goodPass, "next", next)
		if got := a.Header.Get("Location"); got != "/admin/" {
			t.Errorf("next=%q leads to %q", next, got)
		}
		w.cookies = map[string]string{}
	}
	if a := w.get("/admin/login?next=//evil.example"); strings.Contains(a.Text, "evil") {
		t.Error("the form carries the foreign address")
	}
}

func TestSessionIsNewAfterLoginAndTheOldOneEnds(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	w.cookies["__Host-klartext"] = "chosen-by-an-attacker"
	w.post("/admin/login", "email", "author@example.org", "password", goodPass).is(303)
	first := w.cookies["__Host-klartext"]
	if first == "chosen-by-an-attacker" || len(first) < 40 {
		t.Fatalf("the session is %q", first)
	}
	w.post("/admin/login", "email", "author@example.org", "password", goodPass).is(303)
	w.cookies["__Host-klartext"] = first
	w.get("/admin/channels").is(303)
}

func TestLogoutEndsTheSessionForGood(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	secret := w.cookies["__Host-klartext"]
	a := w.post("/admin/logout").to("/admin/login?note=logged_out")
	if got := a.Header.Get("Clear-Site-Data"); !strings.Contains(got, `"storage"`) {
		t.Errorf("Clear-Site-Data is %q", got)
	}
	w.get("/admin/login?note=logged_out").is(200).says(".note", "You are logged out.")
	w.cookies["__Host-klartext"] = secret
	w.get("/admin/channels").is(303)
}

func TestSessionsEnd(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	w.Time = w.Time.Add(content.SessionIdle + time.Minute)
	w.get("/admin/channels").is(303)
	w.login(w.Author)
	for range 13 {
		w.Time = w.Time.Add(time.Hour)
		w.get("/admin/channels")
	}
	w.get("/admin/channels").is(303)
	w.login(w.Author)
	if _, err := w.accounts.UpdateUser(t.Context(), w.Admin, w.Author.UserID, func(u *content.User) { u.Disabled = w.Now() }); err != nil {
		t.Fatal(err)
	}
	w.get("/admin/channels").is(303)
}

func TestOneTimeLinkWorksOnceAndOnlyByItsButton(t *testing.T) {
	w := newWorld(t)
	secret, err := w.accounts.LoginLink(t.Context(), w.Admin, w.Author.UserID)
	if err != nil {
		t.Fatal(err)
	}
	path := "/admin/enter?token=" + url.QueryEscape(secret)
	for range 3 { // a mail program looks at it
		w.get(path).is(200)
		w.send(http.MethodHead, path, nil)
	}
	token := w.get(path).value("input[name=token]")
	a := w.post("/admin/enter", "token", token).is(303)
	if !strings.HasPrefix(a.Header.Get("Location"), "/admin/account?fresh=") {
		t.Errorf("it leads to %q", a.Header.Get("Location"))
	}
	w.get(a.Header.Get("Location")).is(200).says(".note", "Welcome!").says(`main a[href="/admin/entries"]`, "Later")
	w.post("/admin/enter", "token", token).is(http.StatusConflict).says("main", "This link no longer works").says(`main a[href="/admin/login"]`, "password")
	w.post("/admin/enter", "token", "").is(http.StatusConflict)
	w.get("/admin/enter").is(200).says("main", "Part of this link is missing")
}

func TestPasswordChange(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	w.login(w.Author)
	before := w.cookies["__Host-klartext"]
	w.post("/admin/account/password", "current_password", "wrong", "new_password", "lampe vogel regen tisch").is(422).
		says("#e-current_password", "not your current password")
	w.post("/admin/account/password", "new_password", "lampe vogel regen tisch").is(422)
	w.post("/admin/account/password", "current_password", goodPass, "new_password", "short").is(422).says("#e-new_password", "too short: 5 characters")
	w.post("/admin/account/password", "current_password", goodPass, "new_password", "passwordpassword").is(422).says("#e-new_password", "Attackers")
	w.post("/admin/account/password", "current_password", goodPass, "new_password", "Author@Example.org1").is(422).says("#e-new_password", "your name")
	w.post("/admin/account/password", "current_password", goodPass, "new_password", "lampe vogel regen tisch").to("/admin/account?note=password_saved")
	w.get("/admin/account").is(200)
	w.cookies["__Host-klartext"] = before
	w.get("/admin/account").is(303)
}

func TestForgottenPasswordIsReplacedByOneTimeLink(t *testing.T) {
	w := newWorld(t)
	w.setPassword(w.Author)
	secret, err := w.accounts.LoginLink(t.Context(), w.Admin, w.Author.UserID)
	if err != nil {
		t.Fatal(err)
	}
	where := w.post("/admin/enter", "token", secret).is(303).Header.Get("Location")
	fresh := w.get(where).is(200).value("input[name=fresh]")
	if fresh == "" {
		t.Fatal("the page does not know that the person came by a link")
	}
	w.post("/admin/account/password", "fresh", fresh, "new_password", "short").is(422)
	w.post("/admin/account/password", "fresh", fresh+"0", "new_password", "lampe vogel regen tisch").is(422)
	mine := w.cookies["__Host-klartext"]
	w.login(w.Author) // another session of the same person
	w.post("/admin/account/password", "fresh", fresh, "new_password", "lampe vogel regen tisch").is(422)
	w.cookies["__Host-klartext"] = mine
	w.Time = w.Time.Add(20 * time.Minute)
	w.post("/admin/account/password", "fresh", fresh, "new_password", "lampe vogel regen tisch").is(422)
	w.Time = w.Time.Add(-10 * time.Minute)
	w.post("/admin/account/password", "fresh", fresh, "new_password", "lampe vogel regen tisch").to("/admin/account?note=password_saved")
}

func TestEndedSessionGivesTheTextBack(t *testing.T) {
	w := newWorld(t)
	w.lang = "de"
	a := w.post("/admin/entries/1/text/de", "title", "Frage?", "body", "\nZeile <b>eins</b>\r\nZeile zwei", "new_password", "geheim", "settings.access_token", "tok")
	a.is(http.StatusUnauthorized).says("h1", "Anmeldung ist abgelaufen")
	if got := a.find("textarea[name=body]").Text(); got != "\nZeile <b>eins</b>\nZeile zwei" {
		t.Errorf("the text comes back as %q", got)
	}
	if strings.Contains(a.Text, "geheim") || strings.Contains(a.Text, "tok\"") || strings.Contains(a.Text, ">tok") {
		t.Error("a secret comes back in the page")
	}
	if action, _ := a.find("main form").Attr("action"); action != "/admin/entries/1/text/de" {
		t.Errorf("the form goes to %q", action)
	}
}

func TestTokenIsShownOnce(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	w.post("/admin/account/tokens", "token_name", "").is(422).says("#e-token_name", "fill in")
	a := w.post("/admin/account/tokens", "token_name", "Translator <b>", "token_life", "30").is(200)
	secret := a.value("#secret")
	if user, err := w.accounts.ByToken(t.Context(), secret); err != nil || user.ID != w.Author.UserID {
		t.Fatalf("the token %q is %v, %v", secret, user, err)
	}
	page := w.get("/admin/account").is(200)
	if strings.Contains(page.Text, secret) || strings.Contains(page.Text, "Translator <b>") {
		t.Error("the secret is shown again, or the name is not escaped")
	}
	action, _ := page.find("form[action$=revoke]").Attr("action")
	w.login(w.Approver)
	w.post(action).is(http.StatusNotFound)
	w.login(w.Author)
	w.post(action).to("/admin/account?note=token_ended#tokens")
	if _, err := w.accounts.ByToken(t.Context(), secret); content.KindOf(err) != content.Unknown {
		t.Errorf("an ended token works: %v", err)
	}
}

func TestOldHashIsRenewedAtLogin(t *testing.T) {
	w := newWorld(t)
	_, err := w.Store.UpdateUser(t.Context(), w.Author.UserID, func(u *content.User, _ int) error { u.PasswordHash = "old:" + goodPass; return nil },
		content.NewAudit(content.System(), w.Now(), "user.password", w.Author.UserID, nil))
	if err != nil {
		t.Fatal(err)
	}
	w.post("/admin/login", "email", "author@example.org", "password", "wrong").is(401)
	w.post("/admin/login", "email", "author@example.org", "password", goodPass).is(303)
	user, err := w.Store.User(t.Context(), w.Author.UserID)
	if err != nil || user.PasswordHash != "plain:"+goodPass {
		t.Errorf("the hash is %q, %v", user.PasswordHash, err)
	}
}
