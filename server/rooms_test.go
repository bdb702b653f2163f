package server_test

import (
	"fmt"
	"strings"
	"testing"

	"klartext/content"
)

// connect connects a channel and gives its id.
func (w *world) connect() string {
	w.t.Helper()
	name := "Shop"
	channel, err := w.channels.Connect(w.t.Context(), w.Admin, content.ChannelInput{
		Network: "mastodon", Name: &name, Languages: []content.Lang{"de", "en"},
		Settings: []byte(`{"server":"example.social","access_token":"good-token"}`),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return channel.ID
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	page := w.get("/admin/settings").is(200)
	if page.value("#f-languages") != "de, en" || page.value("#f-time_zone") != "Europe/Berlin" {
		t.Error("the form does not show what is set")
	}
	bad := w.post("/admin/settings", "site_name.de", "Werkstatt", "languages", "de, deutsch, DE", "time_zone", "Mars/Base", "approvals_required", "7").is(422)
	bad.says("#e-languages", "deutsch").says("#e-time_zone", "Mars/Base").says("#e-approvals_required", "0, 1 or 2")
	if bad.value("#f-site_name-de") != "Werkstatt" || bad.value("#f-languages") != "de, deutsch, DE" || bad.value("#f-time_zone") != "Mars/Base" {
		t.Error("what was typed is lost")
	}
	for _, link := range bad.find(".problems a").EachIter() {
		href, _ := link.Attr("href")
		bad.find(href)
	}
	w.post("/admin/settings", "site_name.de", "Werkstatt <b>", "site_name.en", "Workshop", "languages", "de", "time_zone", "Europe/Vienna", "approvals_required", "0", "show_language_lag", "1").
		to("/admin/settings?note=saved")
	w.get("/admin/settings").is(200).says(".site-name", "Werkstatt <b>")
	settings, err := w.Store.Settings(t.Context())
	if err != nil || settings.ApprovalsRequired != 0 || len(settings.Languages) != 1 || settings.TimeZone != "Europe/Vienna" || !settings.ShowLag {
		t.Errorf("stored: %+v, %v", settings, err)
	}
}

func TestUsers(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	w.post("/admin/users", "name", "", "email", "no address", "role", "king").is(422).
		says("#e-name", "fill in").says("#e-email", "no address").says("#e-role", "choose a role")
	w.post("/admin/users", "name", "X", "email", "AUTHOR@example.org", "role", "author").is(409).says(".problems", "account with this email")
	a := w.post("/admin/users", "name", "Nele <i>", "email", "nele@example.org", "role", "approver").is(200)
	link := a.value("#secret")
	if !strings.HasPrefix(link, baseURL+"/admin/enter?token=") {
		t.Fatalf("the link is %q", link)
	}
	w.get("/admin/users").is(200).says("main", "Nele <i>")
	stranger := newBrowser(w)
	stranger.post("/admin/enter", "token", strings.TrimPrefix(link, baseURL+"/admin/enter?token=")).is(303)
	stranger.get("/admin/channels").is(200)

	action, _ := a.find("main form[action$=disable]").Attr("action")
	own := strings.TrimSuffix(action, "/disable")
	w.post(action).to(own + "?note=saved")
	stranger.get("/admin/channels").is(303)
	w.get(own).is(200).says("main", "disabled since")
	w.post(own + "/enable").is(303)
	w.post(own, "name", "Nele", "role", "author").is(303)
	w.get(own).is(200).says("h1", "Nele")
	if got, _ := w.get(own).find("input[name=role][checked]").Attr("value"); got != "author" {
		t.Errorf("the role is %q", got)
	}
	w.post("/admin/users/"+w.Admin.UserID, "name", "Admin", "role", "author").is(409).says(".problems", "last account of an administrator")
	w.get("/admin/users/nobody").is(404)
}

// newBrowser is another browser in the same world.
func newBrowser(w *world) *world {
	other := *w
	other.cookies = map[string]string{}
	return &other
}

func TestChannels(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	w.get("/admin/channels").is(200).says("main", "No channel is connected yet")
	form := w.get("/admin/channels/new/mastodon").is(200)
	if kind, _ := form.find("input[name='settings.access_token']").Attr("type"); kind != "password" {
		t.Errorf("a secret is typed as %q", kind)
	}
	w.get("/admin/channels/new/telegraph").is(404)

	bad := w.post("/admin/channels/new/mastodon", "name", "Shop", "languages", "en", "settings.server", "example.social", "settings.access_token", "bad-token").is(422)
	bad.find("#e-settings-access_token")
	if bad.value("#f-name") != "Shop" || bad.value("#f-settings-server") != "example.social" || bad.value("#f-settings-access_token") != "" {
		t.Error("what was typed is lost, or a secret is shown")
	}
	if bad.find("input[name=languages][checked]").Length() != 1 {
		t.Error("the languages that were chosen are lost")
	}
	w.post("/admin/channels/new/mastodon", "name", "Shop", "settings.server", "x", "settings.access_token", "good-token").is(422).find("#e-languages")
	w.post("/admin/channels/new/mastodon", "name", "Shop", "languages", "en", "settings.server", "away.example", "settings.access_token", "good-token").is(422).
		find("input[name=unchecked]")

	path := w.post("/admin/channels/new/mastodon", "name", "Shop <b>", "languages", "en", "languages", "de", "settings.server", "example.social", "settings.access_token", "good-token").
		is(303).Header.Get("Location")
	own, _, _ := strings.Cut(path, "?")
	shown := w.get(path).is(200).says(".note", "connected").says("main", "@shop@example.social")
	if strings.Contains(shown.Text, "good-token") || strings.Contains(shown.Text, "Shop <b>") {
		t.Error("the token is shown, or the name is not escaped")
	}
	for step, state := range map[string]string{"pause": "paused", "resume": "sending", "test": "sending"} {
		w.post(own + "/" + step).is(303)
		w.get(own).is(200).says(".status", state)
	}
	w.post(own, "name", "Laden", "languages", "de").to(own + "?note=saved") // asks the network nothing
	w.get("/admin/channels").is(200).says("main", "Laden")
	w.post(own, "name", "Laden", "languages", "de", "settings.access_token", "bad-token").is(422).find("details[open]")
	w.post(own + "/disconnect").is(303)
	w.get(own).is(200).says(".status", "disconnected")
	w.post(own + "/test").is(409)
	w.get("/admin/channels").is(200).says("details", "One disconnected channel")
}

// published publishes a change with a post on a channel and gives the change's id.
func (w *world) published(channel string) string {
	w.t.Helper()
	entry := w.Entry(w.t, "location")
	change := w.Change(w.t, "first", w.Write(w.t, entry.ID, "en", "Do you track me?"))
	_, err := w.Changes.SetAnnouncements(w.t.Context(), w.Author, change.ID, []content.Announcement{
		{Channel: channel, Lang: "en", Text: "We keep <less> now.", Link: true},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.Publish(w.t, change.ID)
	return change.ID
}

func (w *world) fate(change string, state content.DeliveryState) content.Delivery {
	w.t.Helper()
	all, err := w.Store.Deliveries(w.t.Context(), content.DeliveryFilter{Change: change})
	if err != nil || len(all) != 1 {
		w.t.Fatalf("%d deliveries, %v", len(all), err)
	}
	d, err := w.Store.UpdateDelivery(w.t.Context(), all[0].ID, func(d *content.Delivery, _ content.Channel) ([]content.Delivery, error) {
		d.State, d.Reason = state, content.Reason{Code: content.CodePostRefused, Detail: "<nope>"}
		return nil, nil
	}, content.NewAudit(content.System(), w.Now(), "delivery.settle", all[0].ID, nil))
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func TestDeliveries(t *testing.T) {
	w := newWorld(t)
	change := w.published(w.connect())
	w.login(w.Approver)
	w.get("/admin/deliveries").is(200).says("main", "Nothing to decide")
	w.get("/admin/deliveries?filter=all").is(200).says("main", "will be sent in a moment")

	d := w.fate(change, content.NeedsDecision)
	own := "/admin/deliveries/" + d.ID
	list := w.get("/admin/deliveries").is(200).says("main", "needs your decision").says("main", "<nope>")
	list.find(fmt.Sprintf("form[action='%s/resolve']", own))
	w.get("/admin/channels").is(200).says(".warning", "One delivery needs your decision")
	w.get(own).is(200).says(".plain-text", "We keep <less> now.")
	bad := w.post(own+"/resolve", "as", "sent", "remote_url", "not an address", "back", "/admin/deliveries").is(422)
	bad.find("details[open] .field-error")
	if bad.value("input[name=remote_url]") != "not an address" {
		t.Error("what was typed is lost")
	}
	w.post(own + "/retry").is(409)
	w.post(own+"/resolve", "as", "sent", "remote_url", "https://example.social/@shop/42", "back", "/admin/deliveries?filter=all").
		to("/admin/deliveries?filter=all&note=delivery_resolved")
	w.get(own).is(200).says(".status", "sent").find("a[href='https://example.social/@shop/42']")

	w.fate(change, content.Failed)
	w.post(own+"/retry", "back", "//evil.example").to(own + "?note=delivery_again")
	w.get(own).is(200).says(".status", "will be sent in a moment")
	w.post(own + "/cancel").is(303)
	w.get(own).is(200).says(".status", "not sent")
	w.login(w.Author)
	if page := w.get(own).is(200); strings.Contains(page.Text, "/cancel") {
		t.Error("an author is offered what only approvers may do")
	}
}

func TestAudit(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	w.connect()
	for _, lang := range []string{"de", "en"} {
		w.lang = lang
		page := w.get("/admin/audit").is(200)
		for _, cell := range page.find("tbody td:nth-child(3)").EachIter() {
			if strings.Contains(cell.Text(), ".") {
				t.Errorf("%s: %q is no word for people", lang, cell.Text())
			}
		}
	}
	for i := range 150 {
		if _, err := w.accounts.SetLang(t.Context(), w.Author, []content.Lang{"de", "en"}[i%2]); err != nil {
			t.Fatal(err)
		}
	}
	older, _ := w.get("/admin/audit").is(200).find("main p a").Last().Attr("href")
	if got := w.get(older).is(200).find("tbody tr").Length(); got < 50 || got > 99 {
		t.Errorf("the second page has %d lines", got)
	}
}

func TestEveryPageIsWholeInBothLanguages(t *testing.T) {
	w := newWorld(t)
	channel := w.connect()
	change := w.published(channel)
	d := w.fate(change, content.UnknownFate)
	for _, lang := range []string{"de", "en"} {
		w.lang = lang
		w.cookies = map[string]string{}
		for _, path := range []string{"/admin/login", "/admin/enter?token=x"} {
			w.get(path).is(200).find("h1")
		}
		w.login(w.Admin)
		for _, path := range []string{
			"/admin/account", "/admin/settings", "/admin/users", "/admin/users/" + w.Author.UserID, "/admin/audit", "/admin/channels",
			"/admin/channels/" + channel, "/admin/channels/new/mastodon", "/admin/deliveries", "/admin/deliveries?filter=all", "/admin/deliveries/" + d.ID,
		} {
			page := w.get(path).is(200)
			if n := page.find("h1").Length(); n != 1 {
				t.Errorf("%s has %d first headings", path, n)
			}
			doc := page.find("html")
			for _, control := range doc.Find("input:not([type=hidden]):not([hidden]), select, textarea:not([hidden])").EachIter() {
				id, _ := control.Attr("id")
				if control.ParentsFiltered("label").Length() == 0 && doc.Find("label[for='"+id+"']").Length() == 0 {
					name, _ := control.Attr("name")
					t.Errorf("%s: the control %q has no label", path, name)
				}
			}
			for _, form := range doc.Find("form[method=post]").EachIter() {
				if form.Find("input[name=_csrf][value!='']").Length() != 1 {
					action, _ := form.Attr("action")
					t.Errorf("%s: the form to %s has no token", path, action)
				}
			}
		}
	}
}
