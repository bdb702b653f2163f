// Package static holds the style sheets, scripts and icons of the site and names
// each by its content, so that a browser may keep it for ever. It knows nothing
// of HTTP and nothing of pages.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"mime"
	"os"
	"path"
	"slices"
	"strings"
)

//go:embed *.[cj]s* dist/*.js icons/*.svg
var embedded embed.FS

// Prefix is where the files are served: Prefix + hash + "/" + name.
const Prefix = "/static/"

// devFolder is where -dev reads the files afresh, from the root of the repository.
const devFolder = "static"

// Assets are the files by name, for instance "admin.css" or "icons/favicon.svg".
type Assets struct {
	files map[string]File
	dev   fs.FS // not nil: read from disk each time
}

// File is one asset.
type File struct {
	Name        string
	Hash        string // the beginning of the SHA-256 of Content, in hex
	ContentType string
	Content     []byte
}

// New reads all embedded files; with dev the folder "static" of the working directory instead, afresh at every use.
func New(dev bool) (*Assets, error) {
	a := &Assets{files: map[string]File{}}
	if dev {
		a.dev = os.DirFS(devFolder)
	}
	err := fs.WalkDir(embedded, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		a.files[name], err = load(embedded, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read embedded assets: %w", err)
	}
	return a, nil
}

func load(from fs.FS, name string) (File, error) {
	content, err := fs.ReadFile(from, name)
	if err != nil {
		return File{}, fmt.Errorf("read asset %s: %w", name, err)
	}
	sum := sha256.Sum256(content)
	return File{Name: name, Hash: hex.EncodeToString(sum[:8]), ContentType: contentType(name), Content: content}, nil
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if byExt := mime.TypeByExtension(path.Ext(name)); byExt != "" {
		return byExt
	}
	return "application/octet-stream"
}

// Names lists all assets, sorted.
func (a *Assets) Names() []string { return slices.Sorted(maps.Keys(a.files)) }

// File finds an asset by name.
func (a *Assets) File(name string) (File, bool) {
	if a.dev != nil {
		if file, err := load(a.dev, name); err == nil {
			return file, true
		}
	}
	file, ok := a.files[name]
	return file, ok
}

// Path is the address of an asset, with its hash in it. An unknown name gives an
// address that answers 404, which a test of the templates finds.
func (a *Assets) Path(name string) string {
	file, ok := a.File(name)
	if !ok {
		return Prefix + "missing/" + name
	}
	return Prefix + file.Hash + "/" + name
}

// At finds the asset behind an address made by Path. An old hash still finds
// today's file: fresh says whether the hash is today's and may be kept for ever.
func (a *Assets) At(address string) (file File, fresh, ok bool) {
	rest, isStatic := strings.CutPrefix(address, Prefix)
	hash, name, hasName := strings.Cut(rest, "/")
	if !isStatic || !hasName {
		return File{}, false, false
	}
	file, ok = a.File(name)
	return file, ok && file.Hash == hash, ok
}

// Icon is an icon as SVG text, to stand inline; "" where there is none of that name.
func (a *Assets) Icon(name string) string {
	file, _ := a.File("icons/" + name + ".svg")
	return strings.TrimSpace(string(file.Content))
}
