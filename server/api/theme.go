package api

import (
	"maps"
	"slices"

	"klartext/content"
	"klartext/server/theme"
)

// themeJSON tells what a theme changes.
type themeJSON struct {
	CSSBytes  int            `json:"css_bytes" doc:"of style that every page carries"`
	Templates []string       `json:"templates" doc:"parts and pages that it replaces"`
	Texts     []content.Lang `json:"texts" doc:"languages in which it has texts"`
	Files     []string       `json:"files"`
}

func themeOf(t *theme.Theme) *themeJSON {
	if t == nil {
		return nil
	}
	out := &themeJSON{CSSBytes: len(t.CSS), Templates: []string{}, Texts: list(slices.Sorted(maps.Keys(t.Texts))), Files: []string{}}
	for _, template := range t.Templates {
		out.Templates = append(out.Templates, template.Name)
	}
	for _, file := range t.Files {
		out.Files = append(out.Files, file.Name)
	}
	return out
}
