package publishertest

import (
	"os"
	"path/filepath"
	"testing"
)

// SharedData finds test data that stays outside the repository, and skips loudly without it.
func SharedData(t *testing.T, name string) string {
	t.Helper()
	if root := os.Getenv("KLARTEXT_TEST_DATA"); root != "" {
		return filepath.Join(root, name)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		path := filepath.Join(dir, "shared", "data", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Skipf("SKIPPED: the test data %s is not here; KLARTEXT_TEST_DATA names its folder", name)
	return ""
}
