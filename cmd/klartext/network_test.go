package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// docs/adding-a-network.md says what names a network outside its folder. The webhook driver proves it: in the program's
// code that is cmd's table alone; besides there are labels, which are data, and the row in the table of rooms.
func TestANetworkIsOneFolder(t *testing.T) {
	const root = "../.."
	code, labels := map[string]int{}, []string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == filepath.Join("publishers", "webhook") || name == filepath.Join("publishers", "publishertest") || name == "node_modules" || strings.HasPrefix(name, ".git")):
			return filepath.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			if n := namesOfWebhook(t, path); n > 0 {
				code[name] = n
			}
		case strings.HasPrefix(name, filepath.Join("server", "locale", "messages")) && strings.HasSuffix(name, ".json"):
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if strings.Contains(string(raw), `"network.webhook"`) || strings.Contains(string(raw), `"channel.webhook.`) {
				labels = append(labels, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	table := filepath.Join("cmd", "klartext", "program.go")
	if len(code) != 1 || code[table] != 2 {
		t.Errorf("the driver is named in %v; want the import and one line in %s", code, table)
	}
	if langs, err := os.ReadDir(filepath.Join(root, "server", "locale", "messages")); err != nil || len(labels) != len(langs) {
		t.Errorf("its labels stand in %v, %v; want one file for each language", labels, err)
	}
	if _, ok := rooms["publishers/webhook"]; !ok {
		t.Error("the table of rooms has no row for it")
	}
}

// namesOfWebhook counts how often a file names the driver: by its import, by its package, or by the network's name.
func namesOfWebhook(t *testing.T, path string) (n int) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BasicLit:
			if slices.Contains([]string{`"webhook"`, `"klartext/publishers/webhook"`}, node.Value) || strings.Contains(node.Value, "channel.webhook") {
				n++
			}
		case *ast.SelectorExpr:
			if x, ok := node.X.(*ast.Ident); ok && x.Name == "webhook" {
				n++
			}
		}
		return true
	})
	return n
}
