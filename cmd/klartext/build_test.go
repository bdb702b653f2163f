package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBuiltSiteInABrowser searches a copy of the site that is nothing but files, and puts it into another site.
func TestBuiltSiteInABrowser(t *testing.T) {
	t.Parallel()
	chromiumPath(t)
	dir := filepath.Join(t.TempDir(), "site")
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range rulesFor(t, dir, r.URL.Path) {
			w.Header().Set(name, value)
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	r := &running{t: t, base: server.URL, dir: t.TempDir()}
	r.args = []string{"--data", r.dir, "--base-url", server.URL}
	r.run(t, "demo")
	if said := r.run(t, "build", dir); !strings.Contains(said, " 0 removed") {
		t.Errorf("the first build said: %s", said)
	}
	b := newBrowser(t, server.URL)
	heard := b.listen()
	b.open("/de/search/?q=Standortdaten")
	find := `document.querySelector("klartext-faq").shadowRoot`
	b.until("searching files", find+`?.querySelector("li a")?.textContent.includes("Wissen Sie, wo ich bin?")`)
	b.picture("static-search-de")
	b.open(b.js(find + `.querySelector("li a").href`))
	b.wants("h1", "Wissen Sie, wo ich bin?")
	b.open("/en/search/?q=where+am+i+trackd")
	b.until("searching in English", find+`?.querySelector("li a")?.textContent.includes("Do you know where I am?")`)
	b.picture("static-search-en")

	b.open(foreignSite(t, server.URL))
	b.untilInside("topic", "Kameras")
	b.untilInside("upcoming", "2027")
	b.searchEmbedded("standrot", "Wissen Sie, wo ich bin?")
	heard.mu.Lock()
	defer heard.mu.Unlock()
	if len(heard.cookies) > 0 {
		t.Errorf("cookies: %v", heard.cookies)
	}
}

// rulesFor reads the file of headers as a host of files does: all rules that fit add up.
func rulesFor(t *testing.T, dir, path string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if err != nil {
		t.Error(err)
	}
	found, fits := map[string]string{}, false
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, " ") {
			before, after, star := strings.Cut(line, "*")
			fits = path == line || star && len(path) >= len(before)+len(after) && strings.HasPrefix(path, before) && strings.HasSuffix(path, after)
			continue
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if _, twice := found[name]; fits && twice {
			t.Errorf("two rules for %s fit %s", name, path)
		}
		if fits {
			found[name] = value
		}
	}
	return found
}
