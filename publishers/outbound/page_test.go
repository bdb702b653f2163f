package outbound

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestThePageIsThere(t *testing.T) {
	var late atomic.Int32
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`<link rel="canonical" href="https://news.example` + r.URL.EscapedPath() + `">`))
	}
	mux.HandleFunc("/de/changes/less", page)
	mux.HandleFunc("/de/changes/late", func(w http.ResponseWriter, r *http.Request) {
		if late.Add(1) < 3 {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	})
	mux.HandleFunc("/de/changes/moved", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "" {
			http.Redirect(w, r, "/de/changes/moved?at=home", http.StatusMovedPermanently)
			return
		}
		page(w, r)
	})
	mux.HandleFunc("/de/changes/circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	mux.HandleFunc("/de/changes/parked", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("Buy this domain!")) })
	mux.HandleFunc("/de/changes/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	server := httptest.NewServer(mux)
	defer server.Close()
	pages := &Pages{Client: New(Options{AllowPrivate: true}), Waits: []time.Duration{1, 1}}
	for path, said := range map[string]string{
		"less": "", "late": "", "moved": "", "circle": "redirected too often", "parked": "200, but another page", "broken": "502 Bad Gateway",
		"unknown": "404 Not Found",
	} {
		err := pages.There(t.Context(), server.URL+"/de/changes/"+path)
		if said == "" {
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			continue
		}
		if p, ok := errors.AsType[*PageError](err); !ok || p.Said != said {
			t.Errorf("%s: %v, want %q", path, err, said)
		}
	}
	server.Close()
	if err := pages.There(t.Context(), server.URL+"/de/changes/less"); err == nil {
		t.Error("a server that is gone shows its page")
	}
}
