package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"klartext/content"
	"klartext/server/public"
	"klartext/server/public/publictest"
)

const discoveryPath = "/.well-known/klartext.json"

// addressesIn are all absolute addresses of a JSON value, by the name of their field.
func addressesIn(value any, name string, found map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for field, inside := range v {
			addressesIn(inside, name+"."+field, found)
		}
	case []any:
		for _, inside := range v {
			addressesIn(inside, name, found)
		}
	case string:
		if strings.HasPrefix(v, readersBase) {
			found[v] = name
		}
	}
}

func TestProgramsFindEverything(t *testing.T) {
	store := publictest.Shop()
	store.Set(func(s *content.Settings) {
		s.SiteName = content.Text{"de": "Daten bei Kornblum", "en": "Data at Kornblum"}
	})
	r := newReaders(t, store, func(d *public.Deps) {
		d.Hub, d.Questions, d.Votes, d.Forms = "https://hub.example/", &content.Questions{}, &content.Votes{}, vault{}
	})
	resp := r.get(t, discoveryPath)
	var doc map[string]any
	if err := json.Unmarshal([]byte(textOf(t, resp)), &doc); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", resp.StatusCode, err)
	}
	for name, want := range map[string]string{"Access-Control-Allow-Origin": "*", "Content-Type": "application/json; charset=utf-8", "Set-Cookie": "", "Cache-Control": "public, max-age=0, must-revalidate"} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if doc["software"] != "Klartext" || doc["hub"] != "https://hub.example/" || doc["name"].(map[string]any)["de"] != "Daten bei Kornblum" || doc["time_zone"] != "Europe/Berlin" || doc["static"] != false {
		t.Errorf("it says %v", doc)
	}
	found := map[string]string{}
	addressesIn(doc, "", found)
	if len(found) < 25 {
		t.Errorf("only %d addresses: %v", len(found), found)
	}
	for address, name := range found {
		path := strings.TrimPrefix(address, readersBase)
		if name == ".api.url" || name == ".oembed" { // both want more than the address
			continue
		}
		if answer := r.Fetch(path); answer.Status >= 400 {
			t.Errorf("%s leads to %s, which answers %d", name, path, answer.Status)
		}
	}
	etag := resp.Header.Get("ETag")
	if again := r.get(t, discoveryPath, "If-None-Match", etag); etag == "" || again.StatusCode != http.StatusNotModified || again.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("with the tag %s it answers %d", etag, again.StatusCode)
	}
	if head := r.ask(t, http.MethodHead, discoveryPath); head.StatusCode != http.StatusOK || head.Header.Get("ETag") != etag || textOf(t, head) != "" {
		t.Errorf("HEAD answers %d", head.StatusCode)
	}
	store.Set(func(s *content.Settings) { s.SiteName = content.Text{"de": "Neu"} })
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, r.get(t, discoveryPath)); !strings.Contains(text, `"de": "Neu"`) || !strings.Contains(text, `"en": "Neu"`) {
		t.Errorf("a new name is not told: %s", text)
	}
}

// What only a server can answer is not promised by a copy in files.
func TestFilesPromiseNoServer(t *testing.T) {
	r := newReaders(t, publictest.Shop(), func(d *public.Deps) { d.Static = true })
	text := textOf(t, r.get(t, discoveryPath))
	for _, never := range []string{`"api"`, `"oembed"`, `"ask"`, `"static": false`} {
		if strings.Contains(text, never) {
			t.Errorf("files promise %s: %s", never, text)
		}
	}
}

func TestSiteSaysWhatItKeepsOfReadersWords(t *testing.T) {
	r := newReaders(t, publictest.Shop(), func(d *public.Deps) { d.Questions, d.Votes, d.Forms = &content.Questions{}, &content.Votes{}, vault{} })
	for path, wants := range map[string][]string{
		"/de/about-this-site": {"Was Sie uns sagen", "Keine IP-Adresse", "höchstens 5 Fragen und 40 Stimmen", "löscht sie nicht von selbst", "Prüfsumme"},
		"/en/about-this-site": {"What you tell us", "No IP address", "at most 5 questions and 40 votes", "does not delete them by itself", "checksum"},
	} {
		resp := r.get(t, path)
		text := textOf(t, resp)
		page := checkPage(t, path, text, resp.Header)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		if ask := page.Find("#voices").Parent().Find("a").AttrOr("href", ""); ask != path[:4]+"ask" {
			t.Errorf("%s leads to %q to ask", path, ask)
		}
	}
	deaf := newReaders(t, publictest.Shop(), func(d *public.Deps) { d.Static = true })
	if text := textOf(t, deaf.get(t, "/en/about-this-site")); !strings.Contains(text, "neither ask nor vote") || strings.Contains(text, "/en/ask") || strings.Contains(text, "checksum") {
		t.Error("a site that does not listen speaks of questions")
	}
}
