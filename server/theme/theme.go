// Package theme reads an operator's theme: a folder with a style sheet, templates, texts and
// files that go over the house's own. It refuses what a browser would block or what would ask
// another server. It does not know what the templates are for; server/view does.
package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"klartext/content"
)

// Theme is what a folder holds. It never changes once read.
type Theme struct {
	Folder    string
	CSS       string // without comments and needless blanks; it ends no style element
	Templates []Template
	// Texts by language and name; every language has the same names.
	Texts map[content.Lang]map[string]string
	Files []File
}

// Template is one file of templates/, "header" for header.html.
type Template struct{ Name, File, Body string }

// FileError is something in a theme that has to be changed before it can be used.
type FileError struct {
	File string
	Line int // 0 where it is about the whole file
	Text string
}

// Error names the place and what is wrong there.
func (p FileError) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return p.File + " line " + strconv.Itoa(p.Line) + ": " + p.Text
}

// FileErrors are all that were found.
type FileErrors []FileError

// Error lists them, each on a line of its own.
func (p FileErrors) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Err is the list as an error, nil where it is empty.
func (p FileErrors) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p *FileErrors) add(file string, line int, text string, args ...any) {
	*p = append(*p, FileError{File: file, Line: line, Text: fmt.Sprintf(text, args...)})
}

// The parts of a folder.
const (
	cssName      = "theme.css"
	templatesDir = "templates"
	textsDir     = "texts"
	filesDir     = "files"
)

// largest is how much is read of any file.
const largest = 2 << 20

// Read reads the folder; langs are the languages that texts may be in. It answers FileErrors where
// something has to be changed. Nothing outside of the folder is read, wherever a link leads.
func Read(folder string, langs []content.Lang) (*Theme, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	r := &reader{files: root.FS(), langs: langs, theme: &Theme{Folder: folder, Texts: map[content.Lang]map[string]string{}}}
	err = r.read()
	if err := errors.Join(err, root.Close()); err != nil {
		return nil, err
	}
	return r.theme, r.found.Err()
}

type reader struct {
	files fs.FS
	langs []content.Lang
	theme *Theme
	found FileErrors
}

func (r *reader) read() error {
	entries, err := fs.ReadDir(r.files, ".")
	if err != nil {
		return fmt.Errorf("list the folder: %w", err)
	}
	for _, entry := range entries {
		if name := entry.Name(); !known(name, entry.IsDir()) {
			r.found.add(name, 0, "a theme has no place for this; it has %s and the folders %s, %s and %s", cssName, templatesDir, textsDir, filesDir)
		}
	}
	for _, part := range []func() error{r.readFiles, r.readTexts, r.readTemplates, r.readCSS} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// known is whether a name at the top of the folder means something, or is for people or their tools.
func known(name string, dir bool) bool {
	if strings.HasPrefix(name, ".") {
		return true
	}
	if dir {
		return slices.Contains([]string{templatesDir, textsDir, filesDir}, name)
	}
	upper := strings.ToUpper(name)
	return name == cssName || strings.HasPrefix(upper, "README") || strings.HasPrefix(upper, "LICENSE") || strings.HasPrefix(upper, "NOTICE")
}

// list gives the names of the files in a part of the folder that have one of the endings; others are a problem.
func (r *reader) list(dir string, ends ...string) ([]string, error) {
	entries, err := fs.ReadDir(r.files, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	var names []string
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), "."):
		case entry.IsDir():
			r.found.add(name, 0, "folders in %s are not read; put its files into %s itself", dir, dir)
		case !slices.Contains(ends, path.Ext(name)):
			r.found.add(name, 0, "only files that end with %s can be here", strings.Join(ends, ", "))
		default:
			names = append(names, name)
		}
	}
	return names, nil
}

// open reads one file; ok is false where it is a problem instead.
func (r *reader) open(name string) (body []byte, ok bool, err error) {
	info, err := fs.Stat(r.files, name)
	if err != nil {
		return nil, false, fmt.Errorf("look at %s: %w", name, err)
	}
	if info.Size() > largest || !info.Mode().IsRegular() {
		r.found.add(name, 0, "this must be a file of at most %d kB", largest>>10)
		return nil, false, nil
	}
	if body, err = fs.ReadFile(r.files, name); err != nil {
		return nil, false, fmt.Errorf("read %s: %w", name, err)
	}
	return body, true, nil
}

func (r *reader) readTemplates() error {
	names, err := r.list(templatesDir, ".html")
	if err != nil {
		return err
	}
	for _, name := range names {
		body, ok, err := r.open(name)
		if err != nil {
			return err
		}
		if ok {
			r.found = append(r.found, checkMarkup(name, string(body))...)
			r.theme.Templates = append(r.theme.Templates, Template{Name: strings.TrimSuffix(path.Base(name), ".html"), File: name, Body: string(body)})
		}
	}
	return nil
}

func (r *reader) readCSS() error {
	if _, err := fs.Stat(r.files, cssName); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	body, ok, err := r.open(cssName)
	if err != nil || !ok {
		return err
	}
	css, problems := checkCSS(string(body), r.theme.Path)
	r.theme.CSS = css
	r.found = append(r.found, problems...)
	return nil
}
