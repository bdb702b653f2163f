package main

import (
	"strings"
	"testing"

	"klartext/publishers/publishertest"
)

// TestAPersonConnectsByConsent connects accounts by signing in at the networks:
// Mastodon, where the owner first says no, and X with its callback address; then
// the channel is connected again and disconnected, which ends the access at the network.
func TestAPersonConnectsByConsent(t *testing.T) {
	t.Parallel()
	mastodon := publishertest.NewMastodon(publishertest.MastodonOptions{})
	mastodon.Start(t)
	x := publishertest.NewX(publishertest.XOptions{})
	x.Start(t)
	site := serveDemo(t, "--allow-private-network", "--x-api-url", x.URL)
	b := site.as(t, "admin")

	b.open("/admin/channels/new/mastodon")
	b.picture("consent-new")
	b.fill("#f-name", "Unser Mastodon")
	b.press("#h-consent ~ .actions button")
	b.wants("#e-consent-server", "Bitte füllen")
	b.fill("#f-consent-server", mastodon.URL)
	b.press("#h-consent ~ .actions button")
	b.wants("h1", "Weiter bei 127.0.0.1")
	b.picture("consent-ask")
	mastodon.Next(publishertest.SignIn, publishertest.Mood{Act: publishertest.Deny})
	b.press("a.button")
	b.wants("main", "wurde die Erlaubnis abgelehnt", "Es wurde nichts geändert")
	b.picture("consent-denied")

	b.open("/admin/channels/new/mastodon")
	b.fill("#f-name", "Unser Mastodon")
	b.fill("#f-consent-server", mastodon.URL)
	b.press("#h-consent ~ .actions button")
	b.press("a.button")
	b.wants("main", "Der Kanal ist verbunden", "Unser Mastodon", "@klartext@")
	b.picture("consent-connected")
	callback := b.js("location.pathname")

	b.press(`form[action$="/consent"] button`)
	b.wants("main", "schon zu diesem Kanal gehört")
	b.press("a.button")
	if at := b.js("location.pathname"); at != callback {
		t.Errorf("connecting again led to %s, not to %s", at, callback)
	}
	b.press(`form[action$="/disconnect"] button`)
	b.wants("main", "Der Kanal ist getrennt")
	b.picture("consent-disconnected")

	b.open("/admin/channels/new/x")
	b.wants("code.address", site.base+"/admin/channels/callback")
	b.picture("consent-x")
	b.fill("#f-name", "Unser X")
	id, _ := x.Registered()
	b.fill("#f-consent-client_id", id)
	b.press("#h-consent ~ .actions button")
	b.press("a.button")
	b.wants("main", "Der Kanal ist verbunden", "@klartext")
	b.press(`form[action$="/test"] button`)
	b.wants("main", "Die Verbindung funktioniert")
	if html := b.js("document.documentElement.outerHTML"); strings.Contains(html, "refresh") {
		t.Error("a field of what was granted is shown")
	}
}
