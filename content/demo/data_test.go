package demo

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// Every file of the data is published by some change, and none that a change names is missing.
func TestEveryFileIsUsed(t *testing.T) {
	t.Parallel()
	_, steps, err := loadPlan()
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, s := range steps {
		for slug, names := range s.Publish {
			for _, name := range names {
				used = append(used, slug+"/"+name)
			}
		}
	}
	var there []string
	err = fs.WalkDir(files, "data/entries", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name := strings.TrimPrefix(path, "data/entries/")
			there = append(there, strings.TrimSuffix(strings.TrimSuffix(name, ".md"), ".json"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(used)
	slices.Sort(there)
	if !slices.Equal(used, there) {
		t.Errorf("published: %v\nfiles: %v", used, there)
	}
}

func TestReadText(t *testing.T) {
	t.Parallel()
	w, err := readText("data/entries/order-data/de.1.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(w.Body, "Ohne Namen") || strings.Contains(w.Body, "+++") || len(w.Choices) != 2 || w.Choices[0].URL != "/de/faq/delete-account" {
		t.Errorf("%+v", w)
	}
	if _, err := readText("data/site.json"); err == nil {
		t.Error("a file that is no text is taken for one")
	}
}
