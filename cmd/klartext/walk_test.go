package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"klartext/publishers/publishertest"
)

// TestAPersonPublishes walks through what Klartext is for, in a real browser:
// connect the channels, write an entry in two languages with its facts, put it
// into a change, announce it, have another person approve and publish it, read
// it, find the posts on the networks, and take the entry down again.
func TestAPersonPublishes(t *testing.T) {
	t.Parallel()
	mastodon := publishertest.NewMastodon(publishertest.MastodonOptions{Token: "token-of-the-shop"})
	mastodon.Start(t)
	x := publishertest.NewX(publishertest.XOptions{})
	x.Start(t)
	hook := publishertest.NewWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	hook.Start(t)
	site := serveDemo(t, "--allow-private-network", "--x-api-url", x.URL)

	admin := site.as(t, "admin")
	connectChannels(admin, mastodon, x, hook)
	entry := writeEntry(site.as(t, "author"))
	publish(site.as(t, "approver"))
	read(newBrowser(t, site.base))
	for name, copies := range map[string]int{
		"Mastodon": mastodon.Copies("/changes/wir-zaehlen-schritte"), "X": x.Copies("/changes/wir-zaehlen-schritte"), "webhook": hook.Copies("/changes/wir-zaehlen-schritte"),
	} {
		if want := map[string]int{"Mastodon": 2, "X": 1, "webhook": 1}[name]; copies != want {
			t.Errorf("%s holds %d posts of the change, want %d", name, copies, want)
		}
	}
	takeDown(site, entry)
}

func connectChannels(b *browser, mastodon *publishertest.Mastodon, x *publishertest.X, hook *publishertest.Webhook) {
	b.t.Helper()
	b.open("/admin/channels/new/mastodon")
	b.picture("channel-new")
	b.fill("#f-name", "Mastodon des Ladens")
	b.fill("#f-settings-server", mastodon.URL)
	b.fill("#f-settings-access_token", "not the token")
	b.press(".actions > button.quiet")
	b.wants("main", "Mastodon")
	if got := b.js(`document.querySelector("#f-settings-server")?.value ?? "gone"`); got != mastodon.URL {
		b.t.Fatalf("after a wrong token the form has lost the server: %s\nat %s", got, b.where())
	}
	b.fill("#f-settings-access_token", mastodon.Token())
	b.press(".actions > button.quiet")
	b.wants("main", "Mastodon des Ladens")

	apiKey, apiSecret, accessToken, accessSecret := x.Keys()
	b.open("/admin/channels/new/x")
	b.fill("#f-name", "X des Ladens")
	for field, value := range map[string]string{"api_key": apiKey, "api_secret": apiSecret, "access_token": accessToken, "access_secret": accessSecret} {
		b.fill("#f-settings-"+field, value)
	}
	b.js(`document.querySelector("input[name=languages][value=en]").click(), ""`)
	b.press(".actions > button.quiet")
	b.wants("main", "X des Ladens")

	b.open("/admin/channels/new/webhook")
	b.fill("#f-name", "Intranet")
	b.fill("#f-settings-url", hook.Address())
	b.fill("#f-settings-secret", hook.Secret())
	b.js(`document.querySelector("input[name=languages][value=en]").click(), ""`)
	b.press("main form button")
	b.open("/admin/channels")
	b.wants("main", "Mastodon des Ladens", "X des Ladens", "Intranet")
	b.picture("channels")
	if html := b.js("document.documentElement.outerHTML"); strings.Contains(html, mastodon.Token()) || strings.Contains(html, apiSecret) {
		b.t.Error("a secret of a channel is shown")
	}
}

// writeEntry ends with a submitted change and answers the address of the entry.
func writeEntry(b *browser) string {
	b.t.Helper()
	b.open("/admin/entries")
	b.picture("entries")
	b.open("/admin/entries/new")
	b.picture("entry-new")
	b.fill("#f-slug", "schritte")
	b.js(`(() => { const s = document.querySelector("select[name=topic]"); s.value = [...s.options].find(o => o.value && o.value !== "new").value; return ""; })()`)
	b.fill("#f-title-de", "Zählen Sie meine Schritte?")
	b.press("main form button[data-save]")
	entry := strings.TrimSuffix(b.js("location.pathname"), "/text/de")

	b.open(entry + "/text/de")
	b.fill("#f-title", "Zählen Sie meine Schritte?")
	b.fill("#f-short_answer", "Nur, wenn Sie es wollen. Die Zahl bleibt auf Ihrem Telefon.")
	b.fill("#f-body", "Unsere App fragt vorher.\n\n- Sie sagen Ja: Wir zeigen die Schritte in der App.\n- Sie sagen Nein: Wir fragen nicht wieder.\n\n<script>alert(1)</script>")
	b.fill("#f-examples-0", "Sie gehen 4.000 Schritte zum Laden. Das steht nur auf Ihrem Telefon.")
	b.fill("#f-perspectives-company", "Wir wollen wissen, ob das jemand nutzt. Mehr nicht.")
	b.fill("#f-perspectives-customer", "Mehr steht unter https://example.org/"+strings.Repeat("eine-sehr-lange-adresse/", 6))
	b.fill("#f-perspectives-critic", "Wozu braucht ein Laden einen Schrittzähler?")
	b.fill("#f-choices-0-label", "Schritte ausschalten")
	b.fill("#f-choices-0-url", "javascript:alert(1)")
	b.press("button[data-save]")
	b.wants("main", "https")
	if got := b.js(`document.querySelector("#f-body").value.slice(0, 24)`); got != "Unsere App fragt vorher." {
		b.t.Fatalf("after an error the text is %q\nat %s", got, b.where())
	}
	b.fill("#f-choices-0-url", "/de/faq/delete-account")
	b.press("button[formaction*=preview]")
	b.wants("#preview", "Unsere App fragt vorher.", "Sie sagen Ja")
	b.picture("entry-preview")
	b.press("button[data-save]")

	b.open(entry + "/text/en")
	b.fill("#f-title", "Do you count my steps?")
	b.fill("#f-short_answer", "Only if you want us to. The number stays on your phone.")
	b.fill("#f-body", "Our app asks first.")
	b.press("button[data-save]")
	b.picture("entry-text")
	writeFacts(b, entry)
	propose(b, entry)
	return entry
}

func writeFacts(b *browser, entry string) {
	b.t.Helper()
	b.open(entry + "/facts")
	b.fill("[name='data.0.de']", "Zahl Ihrer Schritte")
	b.fill("[name='data.0.en']", "Number of your steps")
	b.fill("[name='retention.count']", "dreißig")
	b.press("button[data-save]")
	b.wants("main", "„dreißig“ ist keine Zahl")
	b.fill("[name='retention.count']", "30")
	b.fill("[name='retention.unit']", "D")
	b.fill("[name='countries.0']", "Deutschland")
	b.press("button[data-save]")
	b.wants("main", "30 Tage", "Deutschland")
	b.picture("facts")
}

func propose(b *browser, entry string) {
	b.t.Helper()
	b.open(entry + "/text/de")
	b.js(`(() => { document.querySelectorAll("form[action$=propose] input[name=revision]").forEach(i => i.checked = true); return ""; })()`)
	b.fill("#propose-change", "new")
	b.fill("#propose-title", "Wir zählen Schritte, wenn Sie es wollen")
	b.press("form[action$=propose] button:not([type=button])")
	b.wants("main", "Zählen Sie meine Schritte?", "Do you count my steps?")
	b.press("form[action$=submit] button")
	b.wants("main", "Warum")
	b.picture("change-draft")

	b.fill("#f-slug", "wir-zaehlen-schritte")
	b.fill("#f-title-en", "We count steps if you want us to")
	b.fill("#f-summary-de", "Unsere App kann jetzt Schritte zählen. Sie fragt vorher.")
	b.fill("#f-summary-en", "Our app can count steps now. It asks first.")
	b.fill("#f-why-de", "Viele haben danach gefragt.")
	b.fill("#f-why-en", "Many asked for it.")
	b.press("#what button[data-save]")
	announce(b)
	b.press("form[action$=submit] button")
	b.wants("main", "Mila Sommer")
	b.picture("change-in-review")
}

// announce writes for every channel and language, the X one too long at first.
func announce(b *browser) {
	b.t.Helper()
	texts := `[...document.querySelectorAll("#announcements textarea")].filter(a => a.name.endsWith("text"))`
	if n := b.js(fmt.Sprintf("String(%s.length)", texts)); n != "4" {
		b.t.Fatalf("%s announcements are offered, want 4\nat %s", n, b.where())
	}
	b.js(fmt.Sprintf(`(() => { %s.forEach(a => a.value = a.lang === "en" ? "Our app can count steps now. It asks first." : "Unsere App kann jetzt Schritte zählen. Sie fragt vorher. ".repeat(6)); return ""; })()`, texts))
	b.press("#announcements button[data-save]")
	b.press("form[action$=submit] button")
	b.wants("main", "X des Ladens", "zu lang")
	b.picture("change-too-long")
	b.js(fmt.Sprintf(`(() => { %s.filter(a => a.lang === "de").forEach(a => a.value = "Unsere App kann jetzt Schritte zählen. Sie fragt vorher."); return ""; })()`, texts))
	b.press("#announcements button[data-save]")
	b.picture("change-announcements")
}

func publish(b *browser) {
	b.t.Helper()
	b.open("/admin/changes")
	b.picture("changes")
	b.js(`(() => { const a = [...document.querySelectorAll("main a")].find(a => a.innerText.includes("Wir zählen Schritte")); a.id = "the-change"; return ""; })()`)
	b.follow("#the-change")
	b.wants("main", "Unsere App fragt vorher.")
	b.press("form[action$=approve] button")
	b.press("form[action$=publish] button")
	b.wants("main", "X des Ladens")
	for strings.Contains(b.text("main"), "wartet") || !strings.Contains(b.js(`[...document.querySelectorAll("main a")].map(a => a.href).join(" ")`), "/i/web/status/") {
		b.do(chromedp.Reload())
	}
	b.picture("change-published")
}

func read(b *browser) {
	b.t.Helper()
	b.open("/de/faq/schritte")
	b.wants("h1", "Zählen Sie meine Schritte?")
	b.wants("main", "Die Zahl bleibt auf Ihrem Telefon.", "30 Tage", "Schritte ausschalten", "Aus kritischer Sicht")
	b.picture("public-entry")
	b.open("/en/faq/schritte")
	b.wants("main", "Only if you want us to.")
	b.open("/de/changes/wir-zaehlen-schritte")
	b.wants("main", "Viele haben danach gefragt.", "Mastodon des Ladens")
	b.picture("public-change")
	if cookies := b.js("document.cookie"); cookies != "" {
		b.t.Errorf("the public page sets cookies: %s", cookies)
	}
	for _, path := range []string{"/de/", "/en/", "/de/changes", "/de/policies/privacy", "/en/policies/privacy", "/de/faq/schritte/versions", "/de/faq/schritte/v1", "/de/faq/order-data/v1...v2"} {
		b.open(path)
		b.picture("public-" + strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
	}
}

// takeDown withdraws the German text; it is submitted, approved and published by keyboard alone.
func takeDown(site *running, entry string) {
	b := site.as(site.t, "author")
	b.t.Helper()
	b.open(entry + "/text/de")
	b.fill("#f-reason", "Die App gibt es nicht mehr.")
	b.fill("#take-down-change", "new")
	b.fill("#take-down-title", "Die App ist weg")
	b.press("form[action$=withdraw] button.danger")
	b.fill("#f-slug", "app-weg")
	b.fill("#f-why-de", "Kaum jemand hat sie genutzt.")
	b.press("#what button[data-save]")
	b.pressByKeys("form[action$=submit] button")
	change := b.js("location.pathname")

	b = site.as(site.t, "approver")
	b.open(change)
	b.pressByKeys("form[action$=approve] button")
	b.pressByKeys("form[action$=publish] button")
	b.open("/de/faq/schritte")
	b.wants("main", "Die App gibt es nicht mehr.")
	b.picture("public-tombstone")
	b.open("/de/faq/schritte/v1")
	b.wants("main", "Die Zahl bleibt auf Ihrem Telefon.")
}
