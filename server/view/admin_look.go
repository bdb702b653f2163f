package view

import (
	"maps"
	"slices"

	"klartext/content"
)

// LookPage is for what makes the public site a company's own, and for its front page.
type LookPage struct {
	Admin
	Languages []content.Lang
	Featured  []string // slugs, one for each place
	Entries   []Choice // to choose from: slug and title
	Look      content.Look
	Links     []content.FooterLink // with blank ones to fill in
	LogoURL   string
	Theme     *ThemeInUse // nil where the operator set none
}

// ThemeInUse tells what a theme changes.
type ThemeInUse struct {
	Folder    string
	CSS       int // bytes in every page
	Templates []ThemePart
	Texts     []content.Lang
	Files     []string
}

// ThemePart is a template of a theme, and whether it is the content of a whole page.
type ThemePart struct {
	Name, File string
	Page       bool
}

// ThemeInUse is the theme as editors see it, nil for none.
func (v *Views) ThemeInUse() *ThemeInUse {
	if v.theme == nil {
		return nil
	}
	use := &ThemeInUse{Folder: v.theme.Folder, CSS: len(v.theme.CSS), Texts: slices.Sorted(maps.Keys(v.theme.Texts))}
	for _, t := range v.theme.Templates {
		_, page := wholePages()[t.Name]
		use.Templates = append(use.Templates, ThemePart{Name: t.Name, File: t.File, Page: page})
	}
	for _, file := range v.theme.Files {
		use.Files = append(use.Files, file.Name)
	}
	return use
}
