// Package view renders pages: a template and one Go type for each. It does not
// know where the values come from, nor anything of HTTP.
package view

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/theme"
)

//go:embed all:templates
var templateFiles embed.FS

// devTemplates is where the templates lie in the repository, for -dev.
const devTemplates = "server/view/templates"

// Assets knows the static files.
type Assets interface {
	// Path is the address of a file under its content hash.
	Path(name string) string
	// Icon is the SVG text of an icon, "" where there is none of that name.
	Icon(name string) string
}

// Views holds every page in every language. It is safe for concurrent use.
type Views struct {
	catalog *locale.Catalog
	assets  Assets
	dev     bool
	theme   *theme.Theme // nil for the house's own look
	pages   map[content.Lang]pages
}

// pages by name: "admin/login". Each is parsed when it is first shown: every one
// holds a copy of its frame, and all of them together took 24 MB and half the start.
type pages map[string]func() (*template.Template, error)

// New reads all templates once per language. With dev they are read anew from
// the working directory for every page, so that an edit shows at once.
func New(catalog *locale.Catalog, assets Assets, dev bool) (*Views, error) {
	return newViews(&Views{catalog: catalog, assets: assets, dev: dev})
}

func newViews(v *Views) (*Views, error) {
	catalog := v.catalog
	v.pages = map[content.Lang]pages{}
	root, err := v.root()
	if err != nil {
		return nil, err
	}
	for _, lang := range catalog.Langs() {
		if v.pages[lang], err = v.parse(root, lang); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (v *Views) root() (fs.FS, error) {
	if v.dev {
		return os.DirFS(devTemplates), nil
	}
	return fs.Sub(templateFiles, "templates")
}

// parse reads all areas. In an area, layout.html is the frame and starts each
// page, files that begin with "_" are parts that every page may use, and every
// other file is a page, which defines what the frame leaves open. Parts that
// belong to no area serve them all.
func (v *Views) parse(root fs.FS, lang content.Lang) (pages, error) {
	areas, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	all := pages{}
	for _, area := range areas {
		if !area.IsDir() {
			continue
		}
		if err := v.parseArea(root, area.Name(), lang, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (v *Views) parseArea(root fs.FS, area string, lang content.Lang, all pages) error {
	shared, err := fs.Glob(root, "_*.html")
	if err != nil {
		return fmt.Errorf("list the shared templates: %w", err)
	}
	files, err := fs.Glob(root, area+"/*.html")
	if err != nil {
		return fmt.Errorf("list the templates of %s: %w", area, err)
	}
	frame := template.New("layout.html").Funcs(v.funcsIn(area, lang)).Option("missingkey=error")
	var own []string
	for _, file := range slices.Concat(shared, files) {
		base := path.Base(file)
		if base != "layout.html" && !strings.HasPrefix(base, "_") {
			own = append(own, file)
			continue
		}
		if err := parseFile(frame, root, file); err != nil {
			return err
		}
	}
	for _, file := range own {
		all[strings.TrimSuffix(file, ".html")] = sync.OnceValues(func() (*template.Template, error) {
			page, err := parsePage(frame, root, file)
			if err == nil && v.theme != nil && area == publicArea {
				err = v.dress(page, lang, strings.TrimSuffix(file, ".html"))
			}
			return page, err
		})
	}
	return nil
}

func parsePage(frame *template.Template, root fs.FS, file string) (*template.Template, error) {
	page, err := frame.Clone()
	if err != nil {
		return nil, fmt.Errorf("copy the frame of %s: %w", file, err)
	}
	return page, parseFile(page, root, file)
}

func parseFile(t *template.Template, root fs.FS, file string) error {
	body, err := fs.ReadFile(root, file)
	if err != nil {
		return fmt.Errorf("read template %s: %w", file, err)
	}
	name := path.Base(file)
	target := t
	if name != t.Name() {
		target = t.New(name)
	}
	if _, err := target.Parse(string(body)); err != nil {
		return fmt.Errorf("parse template %s: %w", file, err)
	}
	return nil
}

// Langs lists the languages in which pages can be shown.
func (v *Views) Langs() []content.Lang { return v.catalog.Langs() }

// Render writes a page into w; w holds nothing of use after an error. A
// language that the program does not speak gets the fallback's words.
func (v *Views) Render(w *bytes.Buffer, lang content.Lang, page string, data any) error {
	if _, spoken := v.pages[lang]; !spoken {
		lang = locale.Fallback
	}
	all := v.pages[lang]
	if v.dev {
		root, err := v.root()
		if err != nil {
			return err
		}
		if all, err = v.parse(root, lang); err != nil {
			return err
		}
	}
	parsed, ok := all[page]
	if !ok {
		return fmt.Errorf("there is no page %q", page)
	}
	t, err := parsed()
	if err != nil {
		return err
	}
	if err := t.Execute(w, data); err != nil {
		return fmt.Errorf("render %s: %w", page, err)
	}
	return nil
}
