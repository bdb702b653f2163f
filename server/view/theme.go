package view

import (
	"errors"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/theme"
)

// publicArea has the pages that a theme goes over.
const publicArea = "public"

// housePrefix names the house's own version of what a theme replaces: {{template "house-header" .}}.
// ownPrefix begins what a theme defines for itself.
const (
	housePrefix = "house-"
	ownPrefix   = "own-"
)

// pieces are the parts of pages that a theme may replace, by the names of its templates.
// docs/theme.md lists them; none may be renamed.
func pieces() []string {
	return []string{"icon", "head", "header", "before", "after", "footer", "home-intro"}
}

// wholePages are the pages whose content a theme may replace, by the names of its templates.
// What the site says of itself is not among them: that must stay true.
func wholePages() map[string]string {
	return map[string]string{
		"home": "public/front", "topic": "public/topic", "entry": "public/entry", "policy": "public/policy", "tombstone": "public/tombstone",
		"change": "public/change", "changes": "public/changes", "glossary": "public/glossary", "missing": "public/missing",
	}
}

// themeNames lists all that a theme's templates may be called.
func themeNames() []string {
	names := pieces()
	for name := range wholePages() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// NewThemed reads all templates as New does, puts a theme's over them, and tries every page with
// it. It answers theme.FileErrors where the theme has to be changed first.
func NewThemed(catalog *locale.Catalog, assets Assets, dev bool, own *theme.Theme) (*Views, error) {
	v := &Views{catalog: catalog, assets: assets, dev: dev, theme: own}
	if own == nil {
		return newViews(v)
	}
	var found theme.FileErrors
	for _, t := range own.Templates {
		if !slices.Contains(themeNames(), t.Name) {
			found = append(found, theme.FileError{File: t.File, Text: "nothing on the pages has this name; rename it to one of " + strings.Join(themeNames(), ", ")})
			continue
		}
		found = append(found, v.checkNames(t)...)
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	if _, err := newViews(v); err != nil {
		return nil, err
	}
	return v, v.tryTheme()
}

// Theme is the theme in use, nil for none.
func (v *Views) Theme() *theme.Theme { return v.theme }

// checkNames reads a template of a theme and looks at what else it defines.
func (v *Views) checkNames(t theme.Template) theme.FileErrors {
	parsed, err := v.readTemplate(t, locale.Fallback)
	if err != nil {
		return theme.FileErrors{problemOf(err, t.File, "")}
	}
	var found theme.FileErrors
	for _, defined := range parsed.Templates() {
		if name := defined.Name(); name != t.File && !strings.HasPrefix(name, ownPrefix) {
			found = append(found, theme.FileError{File: t.File, Text: fmt.Sprintf("%q is defined here; names of parts of your own begin with %q", name, ownPrefix)})
		}
	}
	return found
}

// readTemplate parses one template of a theme by itself. An empty one leaves its piece out.
func (v *Views) readTemplate(t theme.Template, lang content.Lang) (*template.Template, error) {
	body := t.Body
	if strings.TrimSpace(body) == "" {
		body = `{{""}}` // an empty text would replace nothing
	}
	return template.New(t.File).Funcs(v.funcsIn(publicArea, lang)).Parse(body)
}

// dress puts the theme's templates over those of one page.
func (v *Views) dress(page *template.Template, lang content.Lang, name string) error {
	for _, t := range v.theme.Templates {
		block := t.Name
		if whole, ok := wholePages()[t.Name]; ok {
			if block = "content"; whole != name {
				continue
			}
		}
		if house := page.Lookup(block); house != nil {
			if _, err := page.AddParseTree(housePrefix+t.Name, house.Tree.Copy()); err != nil {
				return fmt.Errorf("keep the house's %s: %w", t.Name, err)
			}
		}
		own, err := v.readTemplate(t, lang)
		if err != nil {
			return fmt.Errorf("parse %s of the theme: %w", t.File, err)
		}
		for _, defined := range own.Templates() {
			as := defined.Name()
			if as == t.File {
				as = block
			}
			if _, err := page.AddParseTree(as, defined.Tree); err != nil {
				return fmt.Errorf("put %s of the theme over %s: %w", t.File, name, err)
			}
		}
	}
	return nil
}

func (v *Views) themeText(lang content.Lang, name string) (string, error) {
	if v.theme == nil {
		return "", errors.New("there is no theme")
	}
	text, ok := v.theme.Text(lang, name)
	if !ok {
		return "", fmt.Errorf("there is no text %q in the folder texts", name)
	}
	return text, nil
}

func (v *Views) themeFile(name string) (string, error) {
	if v.theme == nil {
		return "", errors.New("there is no theme")
	}
	address, ok := v.theme.Path(path.Base(name))
	if !ok {
		return "", fmt.Errorf("there is no file %q in the folder files", name)
	}
	return address, nil
}
