package server_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"klartext/server"
	"klartext/server/public/publictest"
	"klartext/server/restraint"
)

// schema is a database of two tables, and whatever a test adds.
type schema []string

func (s schema) Columns(context.Context) ([]string, error) {
	return append([]string{"entries.id", "changes.id", "changes.slug"}, s...), nil
}

func checked(t *testing.T, r *readers, tables schema) {
	t.Helper()
	check := &server.SelfCheck{Server: r.Server, Schema: tables, Log: restraint.Watch(slog.DiscardHandler), Now: func() time.Time { return r.now }}
	if err := check.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestSiteChecksItself(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	if text := r.page(t, "/de/about-this-site", http.StatusOK).Find("main").Text(); !strings.Contains(text, "Die erste Prüfung läuft gerade") || strings.Contains(text, "setzt ein Cookie") {
		t.Errorf("before the first check the page promises: %s", text)
	}
	before := r.get(t, "/de/faq/parcel").Header.Get("ETag")
	checked(t, r, nil)
	for path, wants := range map[string][]string{
		"/de/about-this-site": {"Alles ist, wie es sein soll.", "Geprüft am 23. November 2026", "Keine Antwort setzt ein Cookie.", "Auf den Seiten wird 1 Skript ausgeführt.", "aber nur, wenn Sie darum bitten", "2 Tabellen mit 3 Spalten", "192.0.2.44"},
		"/en/about-this-site": {"Everything is as it should be.", "Checked on 23 November 2026", "No page loads anything from another server", "The pages run 1 script.", "2 tables with 3 columns"},
	} {
		resp := r.get(t, path)
		text := textOf(t, resp)
		checkPage(t, path, text, resp.Header)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q: %s", path, want, text)
			}
		}
	}
	if after := r.get(t, "/de/faq/parcel").Header.Get("ETag"); after != before {
		t.Error("a check makes other pages anew")
	}
	if href := r.page(t, "/en/", http.StatusOK).Find(`footer a[href="/en/about-this-site"]`).Length(); href != 1 {
		t.Error("no page leads to it")
	}
}

// What is found must be said, however unpleasant.
func TestSiteSaysWhatItFinds(t *testing.T) {
	r := newReaders(t, publictest.Shop())
	checked(t, r, schema{"visits.remote_addr"})
	if text := r.page(t, "/de/about-this-site", http.StatusOK).Find("main").Text(); !strings.Contains(text, "visits.remote_addr") || !strings.Contains(text, "etwas gefunden") || strings.Contains(text, "Alles ist") {
		t.Errorf("a telling column: %s", text)
	}
	bad := []restraint.Finding{{Where: "/de/<x>", What: "tracker"}}
	r.public.SetReport(restraint.Report{
		At: r.now, Pages: 1, Cookies: bad, Foreign: bad, Storing: bad, Asking: bad, Referrer: bad, Unread: bad, Scripts: 2, Leaks: 3, Lines: 1000, Telling: []string{"a.ip"},
	})
	if err := r.public.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	resp := r.get(t, "/en/about-this-site")
	text := textOf(t, resp)
	checkPage(t, "/en/about-this-site", text, resp.Header)
	if n := strings.Count(text, "tracker on /de/&lt;x&gt;"); n != 6 {
		t.Errorf("%d of 6 findings are said: %s", n, text)
	}
	for _, want := range []string{"3 lines hold the address", "a.ip", "2 scripts"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q: %s", want, text)
		}
	}
}
