package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"klartext/content/storetest"
)

// reader is a browser behind a proxy, at an address that must be found nowhere afterwards.
func (w *world) reader(method, path, address string, pairs ...string) answer {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	if method == http.MethodGet {
		form = nil
	}
	return w.send(method, path, form, func(r *http.Request) { r.Header.Set("X-Forwarded-For", address) })
}

// answered makes the entry "location" with one version in English.
func (w *world) answered() {
	w.t.Helper()
	entry := w.Entry(w.t, "location")
	w.Publish(w.t, w.Change(w.t, "about-location", w.Write(w.t, entry.ID, "en", "Do you track me?")).ID)
	w.refresh()
}

func TestAReaderAsksAndIsAnswered(t *testing.T) {
	w := newWorld(t)
	w.answered()
	entry := w.get("/en/faq/location").is(200)
	ask, _ := entry.find(".voice a").Attr("href")
	form := w.reader("GET", ask, "203.0.113.77").is(200).says("main", "Do you track me?")
	token := form.value("input[name=form]")
	if form.Header.Get("Cache-Control") != "no-store" || form.Header.Get("Set-Cookie") != "" || form.find("meta[name=robots][content=noindex]").Length() != 1 {
		t.Error("the form is kept, sets a cookie, or can be found")
	}
	w.Time = w.Time.Add(20 * time.Second)
	short := w.reader("POST", "/en/ask", "203.0.113.77", "text", "Why <?", "about", "location", "form", token).is(422).says("[role=alert]", "at least 10")
	if got := short.find("textarea").Text(); strings.TrimSpace(got) != "Why <?" || short.value("input[name=about]") != "location" {
		t.Errorf("what was written is lost: %q", got)
	}
	to := w.reader("POST", "/en/ask", "203.0.113.77", "text", "Do you sell <b>my</b> location?", "about", "location", "form", token).is(303).Header.Get("Location")
	receipt := w.get(to).is(200).says("h1", "We have your question").says("main", "Do you sell <b>my</b> location?").says("main", baseURL+to)
	if receipt.Header.Get("Cache-Control") != "no-store" {
		t.Error("a private page is kept on the way")
	}
	w.get(strings.Replace(to, "/en/", "/de/", 1)).is(200).says("h1", "Ihre Frage ist bei uns").find("p[lang=en]")
	w.get("/en/questions/guessed").is(404)

	w.login(w.Author)
	list := w.get("/admin/questions").is(200).says("tbody", "Do you sell <b>my</b> location?").says("tbody", "Do you track me?")
	own, _ := list.find("tbody a[href^='/admin/questions/']").Attr("href")
	w.post(own+"/answer", "entry", "nowhere", "lang", "en").is(422).find("#e-entry")
	w.post(own+"/answer", "entry", "location", "lang", "en", "version", "7").is(422).find("#e-version")
	w.post(own+"/close", "word", "").is(422).find("#e-word")
	w.post(own+"/answer", "entry", "location", "lang", "en", "version", "").to(own + "?note=saved")
	w.get(own).is(200).says("main", "Answered in version 1")
	link, _ := w.get(to).is(200).says("h1", "Your question is answered").says("main", "Answered in version 1").find("section[aria-labelledby=answer] a").Attr("href")
	w.get(link).is(200).says("h1", "Do you track me?")
	w.post(own + "/reopen").to(own + "?note=saved")
	w.post(own+"/close", "word", "We <never> did.").to(own + "?note=saved")
	w.get(to).is(200).says("main", "We <never> did.")
	w.get("/admin/questions?state=closed").is(200).says("tbody", "We <never> did.")
	w.get("/admin/questions").is(200).says("main", "There is no question")
}

func TestAReaderVotes(t *testing.T) {
	w := newWorld(t)
	w.answered()
	action, _ := w.get("/en/faq/location").is(200).find(".voice form").Attr("action")
	if action != "/en/faq/location/v1/vote" {
		t.Fatalf("the vote goes to %q", action)
	}
	w.reader("GET", action, "203.0.113.77").is(200).find("form[method=post]")
	kept := w.reader("POST", action, "203.0.113.77", "sentence", "Hm <i>").is(422).says("[role=alert]", "yes or no")
	if got := strings.TrimSpace(kept.find("textarea").Text()); got != "Hm <i>" {
		t.Errorf("what was written is lost: %q", got)
	}
	w.reader("POST", action, "203.0.113.77", "clear", "no", "sentence", "What is <i>tracking?").to(action + "?sent=1")
	w.get(action+"?sent=1").is(200).says("h1", "Thank you")
	w.reader("POST", action, "198.51.100.3", "clear", "yes").is(303)
	for path, status := range map[string]int{"/en/faq/location/v2/vote": 404, "/en/faq/nowhere/v1/vote": 404, "/fr/faq/location/v1/vote": 404, "/de/faq/location/v1/vote": 404} {
		w.reader("POST", path, "198.51.100.3", "clear", "yes").is(status)
	}
	w.login(w.Author)
	w.get("/admin/votes").is(200).says("tbody", "50 %").says("main", "What is <i>tracking?")
}

func TestVoicesAreLimited(t *testing.T) {
	w := newWorld(t)
	w.answered()
	vote := func(address string) answer {
		return w.reader("POST", "/en/faq/location/v1/vote", address, "clear", "no", "sentence", "Again!")
	}
	for range 3 {
		vote("203.0.113.77").is(303)
	}
	if got := strings.TrimSpace(vote("203.0.113.78").is(429).find("textarea").Text()); got != "Again!" {
		t.Errorf("what was written is lost: %q", got)
	}
	vote("198.51.100.3").is(303) // another place
	ask := func(token string) answer {
		return w.reader("POST", "/en/ask", "203.0.113.77", "text", "Do you know who I am?", "form", token)
	}
	token := w.get("/en/ask").is(200).value("input[name=form]")
	fast := ask(token).is(422).says("[role=alert]", "very fast")
	if fast.value("input[name=form]") != token {
		t.Error("waiting does not help")
	}
	w.Time = w.Time.Add(10 * time.Second)
	for range 5 {
		ask(token).is(303)
	}
	ask(token).is(429).says("[role=alert]", "within this hour")
	w.Time = w.Time.Add(time.Hour)
	ask(token).is(303)
	w.Time = w.Time.Add(13 * time.Hour)
	old := ask(token).is(422).says("[role=alert]", "open for too long")
	ask("made up").is(422)
	w.Time = w.Time.Add(10 * time.Second)
	ask(old.value("input[name=form]")).is(303)
}

func TestForeignPagesCannotSpeakForReaders(t *testing.T) {
	w := newWorld(t)
	w.answered()
	for _, path := range []string{"/en/ask", "/en/faq/location/v1/vote"} {
		for name, header := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			w.send(http.MethodPost, path, url.Values{"clear": {"yes"}, "text": {"Do you know who I am?"}}, func(r *http.Request) {
				r.Header.Del("Sec-Fetch-Site")
				r.Header.Set(name, header)
			}).is(403)
		}
	}
	w.send(http.MethodPost, "/en/faq/location/v1/vote", url.Values{"clear": {"yes"}}, func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }).is(303) // a text browser
}

// No address of a reader is written anywhere: not into a table, not into the log.
func TestNoAddressIsKept(t *testing.T) {
	w := newWorld(t)
	w.answered()
	const address = "203.0.113.77"
	token := w.get("/en/ask").is(200).value("input[name=form]")
	w.Time = w.Time.Add(10 * time.Second)
	w.reader("GET", "/en/", address).is(200)
	w.reader("POST", "/en/ask", address, "text", "Do you know who I am?", "form", token).is(303)
	w.reader("POST", "/en/faq/location/v1/vote", address, "clear", "no", "sentence", "A sentence.").is(303)
	w.reader("POST", "/en/faq/location/v1/vote", address).is(422)
	w.reader("GET", "/en/nowhere", address).is(404)
	w.reader("POST", "/admin/login", address, "email", "x@example.org", "password", "wrong").is(401)
	found := storetest.EachCell(t, w.folder, func(table, cell string) {
		if strings.Contains(cell, address) || strings.Contains(cell, "203.0.113") {
			t.Errorf("the table %s holds %.100q", table, cell)
		}
	})
	if !found["questions"] || !found["votes"] || !found["login_failures"] {
		t.Errorf("the tables that matter were not looked at: %v", found)
	}
	if strings.Contains(w.log.String(), "203.0.113") {
		t.Errorf("the log holds the address: %s", w.log)
	}
}
