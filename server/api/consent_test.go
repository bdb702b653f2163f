package api_test

import (
	"net/http"
	"testing"

	"klartext/content"
	"klartext/content/storetest"
)

func TestConsentOverTheAPI(t *testing.T) {
	w := newWorld(t)
	granting := &storetest.Granting{Clock: w.Now, Account: content.Account{ID: "1", Handle: "@shop", URL: "https://social.example/@shop"}}
	w.api.Channels.Networks["granting"] = granting
	begin := func(status int, body object) answer {
		t.Helper()
		return w.do(content.Admin, status, http.MethodPost, "/channels/consents", body)
	}
	finish := func(status int, body object) answer {
		t.Helper()
		return w.do(content.Admin, status, http.MethodPost, "/channels/consents/finish", body)
	}
	shop := object{
		"network": "granting", "name": "Shop", "languages": []string{"de"}, "settings": object{"server": "social.example"}, "redirect": "http://evil.example/",
	}
	begin(422, shop).want("errors.0.field", "redirect")
	shop["redirect"] = "http://127.0.0.1:9/back"
	asked := begin(201, shop)
	state, code := granting.Consent(asked.text("url"))
	asked.want("state", state)
	made := finish(201, object{"state": state, "code": code})
	made.want("account.handle", "@shop", "pace", "<nil>", "default_pace.burst", 2, "default_pace.every_seconds", 60)
	made.lacks("canary")
	finish(409, object{"state": state, "code": code}).want("code", "consent_unknown")

	again := object{"channel": made.text("id")}
	finish(409, object{"state": begin(201, again).text("state"), "error": "access_denied"}).want("code", "consent_denied")
	state, code = granting.Consent(begin(201, again).text("url"))
	finish(201, object{"state": state, "code": code}).want("id", made.text("id"))
	w.do(content.Admin, 200, http.MethodDelete, "/channels/"+made.text("id"), nil).want("state", "disconnected", "reason.code", "channel_disconnected")
}

func TestPaceOverTheAPI(t *testing.T) {
	w := newWorld(t)
	made := w.do(content.Admin, 201, http.MethodPost, "/channels", object{
		"network": "test", "name": "Shop", "languages": []string{"de"}, "settings": object{"server": "a", "access_token": "b"},
		"pace": object{"burst": 5, "every_seconds": 90},
	})
	made.want("pace.burst", 5, "pace.every_seconds", 90, "default_pace", "<nil>")
	patch := func(status int, body object) answer {
		t.Helper()
		return w.do(content.Admin, status, http.MethodPatch, "/channels/"+made.text("id"), body)
	}
	patch(200, object{"name": "Laden"}).want("pace.burst", 5)
	for _, wrong := range []object{
		{"burst": 0, "every_seconds": 5}, {"burst": 5, "every_seconds": 0}, {"burst": -1, "every_seconds": -1}, {"burst": 5, "every_seconds": int64(1) << 40},
	} {
		patch(422, object{"pace": wrong})
	}
	patch(200, object{"pace": object{"burst": 0, "every_seconds": 0}}).want("pace", "<nil>")
}
