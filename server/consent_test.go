package server_test

import (
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/storetest"
	realvault "klartext/content/vault"
)

// consenting puts a network into the world whose owner must consent, and a vault that encrypts.
func (w *world) consenting() *storetest.Granting {
	w.t.Helper()
	keys, err := realvault.Load(filepath.Join(w.t.TempDir(), "secret.key"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.channels.Vault = keys
	network := &storetest.Granting{Clock: w.Now, Account: content.Account{ID: "1", Handle: "@shop", URL: "https://social.example/@shop", Limit: 500}}
	w.channels.Networks["mastodon"] = network
	return network
}

// answered is the address to which the network sends the browser after the owner consented on the page.
func answered(network *storetest.Granting, page string) string {
	state, code := network.Consent(page)
	return "/admin/channels/callback?" + url.Values{"state": {state}, "code": {code}, "iss": {"https://social.example"}}.Encode()
}

func TestConnectByConsent(t *testing.T) {
	w := newWorld(t)
	network := w.consenting()
	w.login(w.Admin)
	form := w.get("/admin/channels/new/mastodon").is(200)
	form.says("#h-consent", "Sign in at Mastodon").says("summary", "Or paste credentials")
	form.find(`button[formaction="/admin/channels/new/mastodon/consent"]`)
	if form.find("#f-settings-access_token[required], #f-consent-server").Length() != 1 {
		t.Error("the browser insists on a field of the other way to connect")
	}
	bad := w.post("/admin/channels/new/mastodon/consent", "name", "Shop", "languages", "en").is(422)
	bad.find("#e-consent-server")
	if bad.value("#f-name") != "Shop" {
		t.Error("what was typed is lost")
	}

	page := w.post("/admin/channels/new/mastodon/consent", "name", "Shop", "languages", "en", "consent.server", "social.example").is(200)
	page.says("h1", "Continue at social.example").says("main", "You have 10 minutes.")
	link, _ := page.find("a.button").Attr("href")
	if !strings.HasPrefix(link, "https://social.example/ask?") {
		t.Fatalf("it leads to %q", link)
	}
	back := answered(network, link)
	location := w.get(back).is(303).Header.Get("Location")
	w.get(location).is(200).says(".note", "The channel is connected.").says("main", "@shop").says("main", "At most 500 characters.")
	w.get(back).is(409).says("main", "belongs to no open question").says("main", "Nothing was changed.")
	w.get("/admin/channels/new/mastodon/consent").to("/admin/channels/new/mastodon")

	w.login(w.Approver)
	w.get(answered(network, link)).is(403)
	w.post("/admin/channels/new/mastodon/consent", "name", "Shop", "languages", "en", "consent.server", "social.example").is(403)
	stranger := newWorld(t)
	if to := stranger.get("/admin/channels/callback?state=a&code=b").is(303).Header.Get("Location"); !strings.HasPrefix(to, "/admin/login?next=") {
		t.Errorf("a stranger is led to %s", to)
	}
}

func TestConsentThatWasDenied(t *testing.T) {
	w := newWorld(t)
	w.consenting()
	w.login(w.Admin)
	for _, lang := range []struct{ lang, denied, failed string }{
		{"en", "Permission was denied", "It says: “server_error <b>”."}, {"de", "wurde die Erlaubnis abgelehnt", "Es sagt: „server_error <b>“."},
	} {
		w.lang = lang.lang
		ask := func() string {
			page := w.post("/admin/channels/new/mastodon/consent", "name", "Shop", "languages", "en", "consent.server", "social.example").is(200)
			link, _ := page.find("a.button").Attr("href")
			u, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			return url.QueryEscape(u.Query().Get("state"))
		}
		w.get("/admin/channels/callback?error=access_denied&state="+ask()).is(409).says("main", lang.denied)
		w.get("/admin/channels/callback?error=server_error+%3Cb%3E&state="+ask()).is(409).says("main", lang.failed)
		w.get("/admin/channels/callback").is(409).find("a[href='/admin/channels']")
		state := ask()
		w.Time = w.Time.Add(11 * time.Minute)
		w.get("/admin/channels/callback?code=x&state="+state).is(409).says("main", "10")
	}
}

func TestAPausedChannelOffersItsCure(t *testing.T) {
	w := newWorld(t)
	network := w.consenting()
	w.login(w.Admin)
	id := w.connect()
	w.published(id)
	path := "/admin/channels/" + id
	for code, cure := range map[content.Code]string{
		content.CodeChannelToken:        `form[action$="/consent"] button:not(.quiet)`,
		content.CodeChannelRenewalLost:  `form[action$="/consent"] button:not(.quiet)`,
		content.CodeChannelCredit:       `form[action$="/test"] button:not(.quiet)`,
		content.CodeChannelUnchecked:    `form[action$="/test"] button:not(.quiet)`,
		content.CodeChannelPausedByHand: `form[action$="/resume"] button:not(.quiet)`,
		content.CodeChannelMoved:        `form[action="` + path + `"] details[open]`,
	} {
		w.pause(id, code)
		page := w.get(path).is(200)
		page.find(cure)
		page.says("#h-queue", "One post waits").find(`a[href^="/admin/deliveries/"]`)
		if page.find("main button:not(.quiet):not(.danger)").Length() != 1 {
			t.Errorf("%s: %d buttons stand out", code, page.find("main button:not(.quiet):not(.danger)").Length())
		}
	}
	w.pause(id, content.CodeChannelToken)
	page := w.post(path+"/consent", "consent.server", "social.example").is(200).says("main", "belongs to this channel already")
	link, _ := page.find("a.button").Attr("href")
	network.Account = content.Account{ID: "2", Handle: "@other", URL: "https://social.example/@other"}
	w.get(answered(network, link)).is(409).says("main", "you signed in with @other")
	w.get(path + "/consent").to(path)
}

// pause pauses a channel as the worker does.
func (w *world) pause(id string, code content.Code) {
	w.t.Helper()
	_, err := w.Store.UpdateChannel(w.t.Context(), id, func(c *content.StoredChannel) error {
		c.State, c.Reason = content.ChannelPaused, content.Reason{Code: code}
		return nil
	}, content.NewAudit(content.System(), w.Now(), "test", id, nil))
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestPaceForm(t *testing.T) {
	w := newWorld(t)
	w.consenting()
	w.login(w.Admin)
	id := w.connect()
	path := "/admin/channels/" + id
	w.get(path).is(200).says("#h-pace", "Here that is 2 at once, then one every 60 seconds.")
	save := func(burst, every, unit string) answer {
		return w.post(path, "name", "Shop", "languages", "en", "pace.burst", burst, "pace.every_seconds", every, "pace.unit", unit)
	}
	save("5", "2", "minutes").is(303)
	page := w.get(path).is(200)
	if page.value("#f-pace-burst") != "5" || page.value("#f-pace-every_seconds") != "2" || page.value(`option[selected][value="minutes"]`) != "minutes" {
		t.Error("the pace is not shown as it was typed")
	}
	bad := save("many", "3", "seconds").is(422)
	bad.find("#e-pace-burst")
	if bad.value("#f-pace-burst") != "many" || bad.value("#f-pace-every_seconds") != "3" {
		t.Error("what was typed is lost")
	}
	save("0", "0", "seconds").is(422).find("#e-pace-burst")
	save("", "", "seconds").is(303)
	if c, err := w.Store.Channel(t.Context(), id); err != nil || c.Pace != (content.Pace{}) {
		t.Errorf("%+v, %v", c.Pace, err)
	}
}

func TestDisconnectTellsWhatIsLeftToDo(t *testing.T) {
	w := newWorld(t)
	network := w.consenting()
	w.login(w.Admin)
	id := w.connect()
	network.Before = func(what string) error {
		if what == "revoke" {
			return content.Fail(content.Unavailable, content.CodeServerUnreachable, nil)
		}
		return nil
	}
	to := w.post("/admin/channels/" + id + "/disconnect").is(303).Header.Get("Location")
	if to != "/admin/channels/"+id {
		t.Errorf("it leads to %s", to)
	}
	w.get(to).is(200).says(".why-not", "take it back there, in the settings of the account @shop")
	network.Before = nil
	id = w.connect()
	w.post("/admin/channels/" + id + "/disconnect").to("/admin/channels/" + id + "?note=channel_disconnected")
}

// Secrets stand nowhere but encrypted in the database: not in a page, an answer, the log, the audit, or the file.
func TestSecretsShowNowhere(t *testing.T) {
	w := newWorld(t)
	network := w.consenting()
	w.login(w.Admin)
	page := w.post("/admin/channels/new/mastodon/consent", "name", "Shop", "languages", "en", "consent.server", "social.example").is(200)
	link, _ := page.find("a.button").Attr("href")
	w.canary("a pending consent", page.Text)
	id := strings.TrimSuffix(strings.TrimPrefix(w.get(answered(network, link)).is(303).Header.Get("Location"), "/admin/channels/"), "?note=connected")
	typed := w.post("/admin/channels/new/mastodon", "name", "Keys", "languages", "en", "settings.server", "social.example", "settings.access_token", "typed-canary").is(303).Header.Get("Location")
	w.Time = w.Time.Add(2 * time.Hour)
	w.login(w.Admin)
	w.post("/admin/channels/" + id + "/test").is(303)
	network.Before = func(string) error {
		return content.Fail(content.Invalid, content.CodeNetworkSaid, content.Args{"Network": "X", "Status": 418, "Said": "no"})
	}
	w.canary("a failed test", w.post("/admin/channels/"+id+"/test").is(422).Text)
	refused := w.post("/admin/channels/"+id, "name", "Shop", "languages", "en", "settings.access_token", "refused-canary").is(422)
	w.canary("a form that was not accepted", refused.Text)
	for _, path := range []string{"/admin/channels", "/admin/channels/" + id, typed, "/admin/audit"} {
		w.canary(path, w.get(path).is(200).Text)
	}
	w.canary("the log", w.log.String())
	w.canary("the database", w.databaseFiles())
}

func (w *world) canary(where, text string) {
	w.t.Helper()
	if at := strings.Index(text, "canary"); at >= 0 {
		w.t.Errorf("%s shows a secret: %.80q", where, text[max(0, at-30):])
	}
	if text == "" && where != "the log" {
		w.t.Errorf("%s is empty, which proves nothing", where)
	}
}

// databaseFiles is all that lies in the folder of the database, as whoever steals it would read it.
func (w *world) databaseFiles() string {
	w.t.Helper()
	root, err := os.OpenRoot(w.folder)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	names, err := filepath.Glob(filepath.Join(w.folder, "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		file, err := root.Open(filepath.Base(name))
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := io.Copy(&all, file); err != nil {
			w.t.Fatal(err)
		}
		_ = file.Close()
	}
	if !strings.Contains(all.String(), "social.example/@shop") {
		w.t.Error("this is not the database")
	}
	return all.String()
}
