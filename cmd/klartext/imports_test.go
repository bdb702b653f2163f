package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms is the architecture: what each package may import of ours (without the
// module's name), and which outside modules only it may import. A new package
// fails this test until it has its row.
var rooms = map[string]string{
	"content":                        "",
	"content/branding":               "content",
	"content/clarity":                "content content/plain",
	"content/compare":                "content content/diff content/markdown",
	"content/demo":                   "content",
	"content/diff":                   "",
	"content/history":                "content content/diff content/markdown",
	"content/markdown":               "content",
	"content/password":               "content",
	"content/picture":                "content",
	"content/plain":                  "*content/plain",
	"content/search":                 "",
	"content/site":                   "content content/search",
	"content/sqlstore":               "content content/sqlstore/db content/sqlstore/sqlite content/sqlstore/postgres content/history",
	"content/sqlstore/db":            "",
	"content/sqlstore/postgres":      "",
	"content/sqlstore/sqlite":        "",
	"cmd/klartext/crashtest":         "",
	"content/storetest":              "content content/sqlstore",
	"content/vault":                  "content",
	"publishers":                     "content",
	"publishers/outbound":            "content",
	"publishers/posttext":            "content",
	"publishers/mastodon":            "content publishers publishers/outbound publishers/posttext",
	"publishers/websub":              "content",
	"publishers/webhook":             "content publishers publishers/outbound publishers/posttext",
	"publishers/x":                   "content publishers publishers/outbound publishers/posttext",
	"publishers/publishertest":       "content publishers",
	"publishers/publishertest/fakes": "publishers/publishertest",
	"server":                         "content *server static",
	"server/admin":                   "content content/clarity content/compare content/diff content/markdown server/web server/view server/locale",
	"server/api":                     "content content/clarity content/site content/markdown content/plain server/found server/theme server/web server/locale server/api/schema",
	"server/api/schema":              "content",
	"server/export":                  "",
	"server/found":                   "content content/markdown content/search content/site",
	"server/locale":                  "content",
	"server/public":                  "server/restraint content content/clarity content/compare content/markdown content/search content/site server/found server/theme server/view server/web server/locale static",
	"server/public/publictest":       "content content/markdown",
	"server/restraint":               "",
	"server/theme":                   "content",
	"server/view":                    "server/restraint server/theme content content/compare content/diff content/markdown content/search content/site server/locale static",
	"server/web":                     "content content/plain server/locale",
	"static":                         "",
}

// onlyIn says which packages may import an outside module; all others may not.
var onlyIn = map[string]string{
	"github.com/gofiber/fiber/v2":         "server",
	"github.com/valyala/fasthttp":         "server",
	"database/sql":                        "content/sqlstore content/storetest",
	"modernc.org/sqlite":                  "content/sqlstore/sqlite",
	"github.com/jackc/pgx/v5":             "content/sqlstore/postgres",
	"github.com/mattn/go-mastodon":        "publishers/mastodon",
	"github.com/dghubble":                 "publishers/x",
	"github.com/gomarkdown/markdown":      "content/markdown content/plain",
	"github.com/microcosm-cc/bluemonday":  "content/markdown",
	"golang.org/x/image":                  "content/picture content/branding",
	"github.com/blevesearch/snowballstem": "content/search",
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestImportsPointInwards(t *testing.T) {
	for _, pkg := range packages(t) {
		name := strings.TrimPrefix(pkg.ImportPath, "klartext/")
		if name == "cmd/klartext" || strings.HasPrefix(name, "bench") || strings.HasPrefix(name, "tools") {
			continue
		}
		allowed, ok := rooms[name]
		if !ok && !strings.HasPrefix(name, "content/plain/") {
			t.Errorf("%s has no row in the table of rooms", name)
		}
		for _, imported := range pkg.Imports {
			ours, isOurs := strings.CutPrefix(imported, "klartext/")
			switch {
			case isOurs && !strings.HasPrefix(name, "content/plain/") && !mayImport(allowed, ours):
				t.Errorf("%s imports %s, which its row does not allow", name, ours)
			case !isOurs:
				checkOutside(t, name, imported)
			}
		}
		if name == "content" {
			onlyStandard(t, pkg)
		}
	}
}

func mayImport(allowed, ours string) bool {
	return slices.ContainsFunc(strings.Fields(allowed), func(room string) bool {
		tree, whole := strings.CutPrefix(room, "*")
		return room == ours || whole && (ours == tree || strings.HasPrefix(ours, tree+"/"))
	})
}

func checkOutside(t *testing.T, name, imported string) {
	t.Helper()
	for module, homes := range onlyIn {
		if imported != module && !strings.HasPrefix(imported, module+"/") {
			continue
		}
		if !slices.ContainsFunc(strings.Fields(homes), func(home string) bool { return name == home || strings.HasPrefix(name, home+"/") }) {
			t.Errorf("%s imports %s; only %s may", name, imported, homes)
		}
	}
}

func onlyStandard(t *testing.T, pkg listed) {
	t.Helper()
	for _, imported := range pkg.Imports {
		if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") {
			t.Errorf("content imports %s; it may import the standard library only", imported)
		}
	}
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "klartext/...").Output()
	if err != nil {
		t.Fatalf("list packages: %v", err)
	}
	var list []listed
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var pkg listed
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, pkg)
	}
	if len(list) < 10 {
		t.Fatalf("only %d packages listed", len(list))
	}
	return list
}
