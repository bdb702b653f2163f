package site

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"klartext/content"
)

// TestSearchOfGrownEqualsRebuilt: entries that come, go and come back are found alike however the index came to be.
func TestSearchOfGrownEqualsRebuilt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		value := New(titled(w.whole()))
		value.MakeSearch()
		for range rapid.IntRange(1, 12).Draw(t, "publications") {
			value = value.With(titled(w.publish(t)))
			value.MakeSearch()
			checkWithdrawn(t, value)
		}
		rebuilt := New(titled(w.whole()))
		for _, query := range []string{"e0", "e1 e2", "seite", "e3 seite"} {
			for _, lang := range value.Languages() {
				if got, want := describeFound(value.Search(lang, query, 5)), describeFound(rebuilt.Search(lang, query, 5)); !reflect.DeepEqual(got, want) {
					t.Fatalf("%s %q: With gives\n%v\nrebuilt\n%v", lang, query, got, want)
				}
			}
		}
	})
}

// titled gives all versions a title, as real ones have.
func titled(data content.SiteData) content.SiteData {
	data.Entries = slices.Clone(data.Entries)
	for i := range data.Entries {
		e := &data.Entries[i]
		e.Versions = slices.Clone(e.Versions)
		for n := range e.Versions {
			e.Versions[n].Title = e.ID + " Seite"
		}
	}
	return data
}

// checkWithdrawn: each entry is found as what its address shows, and what is gone comes last.
func checkWithdrawn(t *rapid.T, v *Value) {
	for id, entry := range v.entries {
		for _, lang := range v.Languages() {
			found := v.Search(lang, id, 20)
			gone := entry.Withdrawn(lang) != nil || len(v.Langs(entry)) == 0
			i := slices.IndexFunc(found.Results, func(r Result) bool { return r.Entry != nil && r.Entry.ID == id })
			if i < 0 || (found.Results[i].Withdrawn != nil) != gone {
				t.Fatalf("%s in %s: found %v, gone %v", id, lang, describeFound(found), gone)
			}
			last := slices.ContainsFunc(found.Results[i:], func(r Result) bool { return r.Withdrawn == nil })
			if gone && last {
				t.Fatalf("%s in %s stands before what is still there: %v", id, lang, describeFound(found))
			}
		}
	}
}

func describeFound(f Found) []string {
	out := []string{f.Instead, fmt.Sprint(f.Also, f.Nearest)}
	for _, r := range f.Results {
		name := r.Topic.ID
		if r.Entry != nil {
			name = r.Entry.ID
		}
		out = append(out, fmt.Sprint(name, r.Lang, r.Title, r.Excerpt, r.FoundIn, r.Withdrawn))
	}
	return out
}
