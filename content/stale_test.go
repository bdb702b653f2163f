package content

import "testing"

func TestOldTextsAndOldFactsAreRefusedInTheirOwnWords(t *testing.T) {
	for lang, want := range map[Lang]Code{"de": CodeRevisionStale, NoLang: CodeFactsStale} {
		c := Change{ID: "c", State: Approved, Revisions: []RevisionRef{{ID: "old", Entry: "e", Lang: lang, Number: 1}}}
		in := PublishInput{
			Change: c, Entries: map[string]Entry{"e": {ID: "e", Slug: "location"}},
			Heads: map[Ref]Head{{"e", lang}: {Version: 2, Revision: "new", RevisionNumber: 2}},
		}
		_, err := decidePublication(in, c.Created, nil)
		if e, ok := err.(*Error); !ok || e.Code != want || e.Args["Entry"] != "location" { //nolint:errorlint // the very error
			t.Errorf("%q: %v, want %s", lang, err, want)
		}
	}
}
