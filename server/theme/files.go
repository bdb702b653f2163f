package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"
)

// Prefix is where a theme's files are served: Prefix + hash + "/" + name.
const Prefix = "/theme/"

// mostFiles is how many files a theme may have.
const mostFiles = 50

// File is one of files/. Its address carries its hash, so that a browser may keep it for ever.
type File struct {
	Name        string
	Address     string
	ContentType string
	Content     []byte
}

// kinds of files by their end. No script and no style sheet is among them: pages have theirs inside.
func kinds() map[string]string {
	return map[string]string{
		".woff2": "font/woff2", ".woff": "font/woff", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
		".webp": "image/webp", ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon",
	}
}

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

func (r *reader) readFiles() error {
	ends := []string{".woff2", ".woff", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico"}
	names, err := r.list(filesDir, ends...)
	if err != nil {
		return err
	}
	if len(names) > mostFiles {
		r.found.add(filesDir, 0, "there are %d files; a theme may have %d", len(names), mostFiles)
		return nil
	}
	for _, name := range names {
		base := path.Base(name)
		if !fileName.MatchString(base) {
			r.found.add(name, 0, "rename it so that it has letters from a to z, digits, dots, - and _ only")
			continue
		}
		body, ok, err := r.open(name)
		if err != nil {
			return err
		}
		if ok {
			sum := sha256.Sum256(body)
			r.theme.Files = append(r.theme.Files, File{
				Name: base, Address: Prefix + hex.EncodeToString(sum[:8]) + "/" + base, ContentType: kinds()[path.Ext(base)], Content: body,
			})
		}
	}
	return nil
}

// Path is the address of a file of the theme; false where it has none of that name.
func (t *Theme) Path(name string) (string, bool) {
	for _, file := range t.Files {
		if file.Name == name {
			return file.Address, true
		}
	}
	return "", false
}

// HasFonts tells whether pages may load fonts of the theme.
func (t *Theme) HasFonts() bool {
	for _, file := range t.Files {
		if strings.HasPrefix(file.ContentType, "font/") {
			return true
		}
	}
	return false
}
