package main

import (
	"strings"
	"testing"
)

// TestThemeInABrowser reads a site that wears the example of a theme, where nothing may be blocked, loaded from elsewhere or stick out.
func TestThemeInABrowser(t *testing.T) {
	chromiumPath(t)
	r := serveDemo(t, "--theme", "../../docs/theme-example")
	b := newBrowser(t, r.base)
	heard := b.listen()
	for name, path := range map[string]string{
		"themed-home-de": "/de/", "themed-home-en": "/en/", "themed-entry-de": "/de/faq/location", "themed-about-de": "/de/about-this-site", "themed-about-en": "/en/about-this-site", "themed-missing-en": "/en/nothing",
	} {
		b.open(path)
		claim := "Ihre Daten, in klaren Worten."
		if strings.HasPrefix(path, "/en/") {
			claim = "Your data, in plain words."
		}
		b.wants("main .claim", claim)
		b.until("the picture of the theme", `document.querySelector(".claim img").naturalWidth > 0`)
		if paper := b.js(`getComputedStyle(document.documentElement).getPropertyValue("--paper")`); paper != "#fffdf7" && paper != "#12171a" {
			t.Errorf("%s has the paper %q", path, paper)
		}
		b.axe(name)
		b.picture(name)
	}
	heard.mu.Lock()
	for _, problem := range heard.problems {
		if !strings.Contains(problem, "404") { // of the page that is not there
			t.Errorf("the browser says: %s", problem)
		}
	}
	for _, asked := range heard.asked {
		if !strings.HasPrefix(asked, r.base) {
			t.Errorf("a page asks %s", asked)
		}
	}
	heard.mu.Unlock()

	admin := r.as(t, "admin")
	admin.open("/admin/look")
	admin.wants("section[aria-labelledby=theme]", "theme-example", "templates/after.html", "files/leaf.svg")
	admin.axe("look")
	admin.picture("themed-look")
}
