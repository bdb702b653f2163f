package api_test

import (
	"testing"

	"klartext/content"
	"klartext/server/theme"
)

// Whoever writes learns which theme is in use; strangers do not, and nobody changes it here.
func TestSettingsNameTheTheme(t *testing.T) {
	w := newWorld(t)
	w.do(content.Admin, 200, "GET", "/settings", nil).lacks(`"theme"`)
	w.api.Theme = &theme.Theme{
		Folder: "/srv/theme", CSS: "a{}", Templates: []theme.Template{{Name: "header"}}, Texts: map[content.Lang]map[string]string{"de": {}},
		Files: []theme.File{{Name: "leaf.svg"}},
	}
	told := w.do(content.Author, 200, "GET", "/settings", nil)
	for path, want := range map[string]any{"theme.css_bytes": 3.0, "theme.templates.0": "header", "theme.texts.0": "de", "theme.files.0": "leaf.svg"} {
		told.want(path, want)
	}
	told.lacks("/srv/theme")
	w.do("", 200, "GET", "/settings", nil).lacks(`"theme"`)
	w.do(content.Admin, 422, "PATCH", "/settings", object{"theme": object{"css_bytes": 1}})
}
