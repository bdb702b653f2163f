package markdown

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// dataFolder finds the public test data beside the repository.
func dataFolder(tb testing.TB) string {
	tb.Helper()
	if dir := os.Getenv("KLARTEXT_TEST_DATA"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		found := filepath.Join(dir, "shared", "data")
		if info, err := os.Stat(found); err == nil && info.IsDir() {
			return found
		}
	}
	tb.Skip("SKIPPED: the test data is not here: no shared/data beside the repository, KLARTEXT_TEST_DATA not set")
	return ""
}

func mustRead(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(dataFolder(tb), name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// state is one line of a history.
type state struct {
	Key, Kind, Lang, Date, Title, Status, Markdown string
}

func mustHistory(tb testing.TB, name string) []state {
	tb.Helper()
	var states []state
	lines := bufio.NewScanner(strings.NewReader(string(mustRead(tb, "histories/"+name))))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s state
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			tb.Fatal(err)
		}
		states = append(states, s)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return states
}

func mustHistories(tb testing.TB) []state {
	tb.Helper()
	states := append(mustHistory(tb, "cwa-faq.jsonl"), mustHistory(tb, "github-site-policy.jsonl")...)
	if len(states) != 1264+194 {
		tb.Fatalf("the histories hold %d states, want 1458", len(states))
	}
	return states
}

// mustHostile returns every input of the small hostile corpora.
func mustHostile(tb testing.TB) []string {
	tb.Helper()
	var inputs []string
	for _, name := range []string{"owasp-xss-filter-evasion", "owasp-java-html-sanitizer", "rgrove-sanitize-malicious", "blns"} {
		var list []string
		mustDecode(tb, "hostile/"+name+".json", &list)
		inputs = append(inputs, list...)
	}
	var pairs []struct{ In string }
	mustDecode(tb, "hostile/bluemonday-tests.json", &pairs)
	for _, p := range pairs {
		inputs = append(inputs, p.In)
	}
	for _, name := range []string{"xss", "fatal", "proto", "commonmark-extras"} {
		text := string(mustRead(tb, "hostile/markdown-it-"+name+".txt"))
		inputs = append(inputs, text)
		for i, part := range strings.Split(text, "\n.\n") {
			if i%2 == 1 {
				inputs = append(inputs, part)
			}
		}
	}
	return append(inputs, mustSpec(tb)...)
}

func mustSpec(tb testing.TB) []string {
	tb.Helper()
	var examples []struct{ Markdown string }
	mustDecode(tb, "hostile/commonmark-spec.json", &examples)
	inputs := make([]string, len(examples))
	for i, e := range examples {
		inputs[i] = e.Markdown
	}
	return inputs
}

func mustDecode(tb testing.TB, name string, into any) {
	tb.Helper()
	if err := json.Unmarshal(mustRead(tb, name), into); err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
}

// mustPathological returns the files that make parsers quadratic, by name.
func mustPathological(tb testing.TB) map[string]string {
	tb.Helper()
	unzipped, err := gzip.NewReader(strings.NewReader(string(mustRead(tb, "hostile/pathological-inputs.tar.gz"))))
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string]string{}
	archive := tar.NewReader(unzipped)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			tb.Fatal(err)
		}
		if header.Typeflag != tar.TypeReg || !strings.HasSuffix(header.Name, ".md") {
			continue
		}
		data, err := io.ReadAll(archive)
		if err != nil {
			tb.Fatal(err)
		}
		files[filepath.Base(header.Name)] = string(data)
	}
}
