package plain

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// checker is made once for all tests: the lists do not change.
var checker = sync.OnceValues(New)

func mustChecker(tb testing.TB) *Checker {
	tb.Helper()
	c, err := checker()
	if err != nil {
		tb.Fatalf("make checker: %v", err)
	}
	return c
}

func mustCheck(tb testing.TB, in Input) Result {
	tb.Helper()
	r, err := mustChecker(tb).Check(tb.Context(), in)
	if err != nil {
		tb.Fatalf("check %q: %v", clip(in.Source), err)
	}
	return r
}

// sharedData finds the folder of test texts: beside the repository, walking up, or
// where KLARTEXT_TEST_DATA points. Without it the test is skipped, loudly.
func sharedData(tb testing.TB, parts ...string) string {
	tb.Helper()
	if root := os.Getenv("KLARTEXT_TEST_DATA"); root != "" {
		return filepath.Join(append([]string{root}, parts...)...)
	}
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		root := filepath.Join(dir, "shared", "data")
		if _, err := os.Stat(root); err == nil {
			return filepath.Join(append([]string{root}, parts...)...)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			tb.Skip("SKIPPED: no shared/data beside the repository and KLARTEXT_TEST_DATA is not set")
		}
		dir = parent
	}
}

func eachTestLine(tb testing.TB, path string, f func(line string)) {
	tb.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		f(strings.TrimRight(line, "\r\n"))
	}
}

// rows reads a tab-separated file without its head.
func rows(tb testing.TB, parts ...string) [][]string {
	tb.Helper()
	var out [][]string
	head := true
	eachTestLine(tb, sharedData(tb, parts...), func(line string) {
		if !head {
			out = append(out, strings.Split(line, "\t"))
		}
		head = false
	})
	return out
}

// objects reads JSON Lines.
func objects(tb testing.TB, parts ...string) []map[string]any {
	tb.Helper()
	var out []map[string]any
	eachTestLine(tb, sharedData(tb, parts...), func(line string) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			tb.Fatal(err)
		}
		out = append(out, m)
	})
	return out
}

// pair is a hard text and a plain one that says the same.
type pair struct{ hard, plain string }

func germanPairs(tb testing.TB) []pair {
	var out []pair
	for _, r := range rows(tb, "plain", "de", "textcomplexityde_pairs.tsv") {
		out = append(out, pair{r[3], r[4]})
	}
	return out
}

func dataUsePairs(tb testing.TB, lang string) []pair {
	var out []pair
	for _, r := range rows(tb, "plain", lang, "datause_pairs.tsv") {
		out = append(out, pair{r[1], r[2]})
	}
	return out
}

func governmentPairs(tb testing.TB) []pair {
	var out []pair
	for _, m := range objects(tb, "plain", "en", "plainlanguage_gov_before_after.jsonl") {
		out = append(out, pair{m["before"].(string), m["after"].(string)})
	}
	return out
}
