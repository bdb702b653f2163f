package mastodon_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/mastodon"
	"klartext/publishers/outbound"
)

// An account may have its posts formatted by its server: what is shown lacks signs then, and the source says what was sent.
func TestAFormattedPostIsIntact(t *testing.T) {
	for source, want := range map[string]publishers.Seen{
		`{"id":"01HX","text":"# Neu *und* kürzer","spoiler_text":""}`: {Intact: true},
		`{"id":"01HX","text":"# Neu und länger","spoiler_text":""}`:   {Receipt: publishers.Receipt{Warning: content.Reason{Code: content.CodePostAltered}}},
		`{"error":"Not Found"}`: {Receipt: publishers.Receipt{Warning: content.Reason{Code: content.CodePostAltered}}},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/source") {
				if strings.Contains(source, "error") {
					w.WriteHeader(http.StatusNotFound)
				}
				_, _ = w.Write([]byte(source))
				return
			}
			_, _ = w.Write([]byte(`{"id":"01HX","visibility":"public","language":null,"in_reply_to_id":null,"edited_at":null,"reblog":null,"card":null,"poll":null,` +
				`"application":null,"media_attachments":null,"created_at":"2026-03-01T09:00:00.000Z","content":"<h1>Neu <em>und</em> kürzer</h1>","url":null,"uri":"https://social.example/01HX"}`))
		}))
		driver := mastodon.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
		post := publishers.Post{Settings: json.RawMessage(`{"server":"` + server.URL + `","access_token":"t"}`), Text: "# Neu *und* kürzer", Lang: "de"}
		seen, err := driver.Read(t.Context(), post, "01HX")
		if err != nil || seen.Gone || seen.Intact != want.Intact || seen.Receipt.Warning.Code != want.Receipt.Warning.Code || seen.Receipt.URL != "https://social.example/01HX" {
			t.Errorf("%s: %+v, %v", source, seen, err)
		}
		server.Close()
	}
}
